/**
 * Who is on his way from the neighbours: what they tell of those they let go, as arrivals at the stop lines here, beyond what is seen
 * here; and whoever should have come into sight and did not, as somebody who may stand here unseen.
 */
import { AFTER_STOP, type Junction } from "../junction.ts";
import type { JunctionSight, LaneSight } from "../sight.ts";
import type { Outflow } from "./outflow.ts";

/** So much longer than at free speed it takes from there, as most begin at a stop line, s. */
export const starting_s = 3;

/** One way by which vehicles come: what is told of it, and how long it takes from there to the stop lines here. */
export interface Feed {
  readonly told: () => Outflow | null;
  readonly travel_s: number;
}

/** Lanes side by side, by their places in the junction, to all of which the same ways lead. */
export interface FedApproach {
  readonly lanes: readonly number[];
  readonly feeds: readonly Feed[];
}

export interface ComingSettings {
  /** As far ahead as arrivals are told, s. */
  readonly horizon_s: number;
  /** Who comes into sight is looked for from so long before his time until so long after it, s. */
  readonly early_s: number;
  readonly late_s: number;
  /** Each of those who were told and did not come counts for so many: he has waited, and will go on to wait. */
  readonly unseen: number;
  /** What was learned of lanes and of what neighbours do not tell halves in so many vehicles. */
  readonly memory: number;
}

export const usualComing: ComingSettings = { horizon_s: 50, early_s: 5, late_s: 6, unseen: 2, memory: 100 };

/** Green for so long lets one go who is not seen, s. */
const unseenHeadway_s = 2;
/** No more than so many are believed to stand on a lane unseen. */
const mostUnseen = 3;

/** Nothing is made of less than so many, of those who were told and of those who came. */
const unlearned = 20;

interface Due {
  readonly at_s: number;
  left: number;
}

class Approach {
  readonly #own: FedApproach;
  readonly #settings: ComingSettings;
  /** From the end of sight to the stop line, s. */
  readonly #seen_s: number;
  /** Who was told and has not come into sight yet, the earliest first. */
  readonly #due: Due[] = [];
  /** By place in `lanes`: who came into sight. */
  readonly #entered: Float64Array;
  /** How many should have come by now, and how many did: at first one is as likely as the other. */
  #told = unlearned;
  #came = unlearned;
  readonly #unseen: Float64Array;
  readonly #beyond: readonly Float64Array[];
  /** Up to which second what was told has been noted, by feed. */
  readonly #noted_s: Float64Array;

  constructor(own: FedApproach, junction: Junction, settings: ComingSettings) {
    this.#own = own;
    this.#settings = settings;
    this.#seen_s = Math.max(
      ...own.lanes.map((at) => (junction.lanes[at]?.seen_m ?? 0) / (junction.lanes[at]?.speed_m_s ?? 1)),
    );
    this.#entered = new Float64Array(own.lanes.length).fill(1 / own.lanes.length);
    this.#unseen = new Float64Array(own.lanes.length);
    this.#beyond = own.lanes.map(() => new Float64Array(settings.horizon_s));
    this.#noted_s = new Float64Array(own.feeds.length).fill(Number.NaN);
  }

  look(sight: JunctionSight, given: Uint8Array, dt_s: number, now_s: number): void {
    const lanes = this.#own.lanes.map((at) => sight.lanes[at] as LaneSight);
    if (this.#own.feeds.some(({ told }) => told() === null)) {
      this.#forget(lanes);
      return;
    }
    for (const [i, feed] of this.#own.feeds.entries()) this.#note(i, feed);
    this.#match(lanes, now_s);
    this.#serve(given, dt_s);
    this.#tell(lanes, now_s);
  }

  /** While one of the neighbours says nothing, nothing is known of those who come. */
  #forget(lanes: readonly LaneSight[]): void {
    this.#due.length = 0;
    this.#unseen.fill(0);
    this.#noted_s.fill(Number.NaN);
    for (const lane of lanes) lane.hear(null, 0, 0);
  }

  /** Those who have left the neighbour since the look before will come into sight. */
  #note(feed: number, { told, travel_s }: Feed): void {
    const outflow = told();
    if (outflow === null) return;
    const { from_s, now_s, vehicles } = outflow;
    const noted_s = this.#noted_s[feed] as number;
    const first_s = Number.isNaN(noted_s) ? now_s : Math.max(from_s, noted_s);
    for (let second = first_s; second < now_s; second += 1) {
      const left = vehicles[second - from_s] as number;
      if (left > 0) this.#expect({ at_s: second + Math.max(0, travel_s - this.#seen_s), left });
    }
    this.#noted_s[feed] = now_s;
  }

  #expect(due: Due): void {
    let at = this.#due.length;
    while (at > 0 && (this.#due[at - 1] as Due).at_s > due.at_s) at -= 1;
    this.#due.splice(at, 0, due);
  }

  /** Whoever comes into sight is the first of those who are due; who is overdue is there, and not seen. */
  #match(lanes: readonly LaneSight[], now_s: number): void {
    const { early_s, late_s, memory, unseen } = this.#settings;
    let came = 0;
    for (const [i, { entered }] of lanes.entries()) {
      came += entered;
      this.#entered[i] = (this.#entered[i] as number) + entered;
    }
    this.#came += came;
    for (let first = this.#due[0]; came > 0 && first !== undefined && first.at_s <= now_s + early_s; ) {
      const one = Math.min(first.left, came);
      first.left -= one;
      came -= one;
      this.#told += one;
      if (first.left > 0) break;
      this.#due.shift();
      first = this.#due[0];
    }
    for (let first = this.#due[0]; first !== undefined && first.at_s + late_s < now_s; first = this.#due[0]) {
      this.#due.shift();
      this.#told += first.left;
      for (const i of lanes.keys()) {
        const more = first.left * unseen * this.#share(i);
        this.#unseen[i] = Math.min(mostUnseen, (this.#unseen[i] as number) + more);
      }
    }
    if (this.#told + this.#came < 2 * memory) return;
    this.#told /= 2;
    this.#came /= 2;
    for (const i of lanes.keys()) this.#entered[i] = (this.#entered[i] as number) / 2;
  }

  #all(): number {
    return this.#entered.reduce((sum, each) => sum + each, 0);
  }

  /** Of those who come, who comes on the `i`-th lane. */
  #share(i: number): number {
    return (this.#entered[i] as number) / this.#all();
  }

  #serve(given: Uint8Array, dt_s: number): void {
    for (const [i, at] of this.#own.lanes.entries()) {
      if ((given[at] as number) <= AFTER_STOP) continue;
      this.#unseen[i] = Math.max(0, (this.#unseen[i] as number) - dt_s / unseenHeadway_s);
    }
  }

  /** Into what is seen: those at the line whom nobody sees, and those beyond sight. */
  #tell(lanes: readonly LaneSight[], now_s: number): void {
    const explained = Math.min(1, this.#came / this.#told);
    for (const [i, lane] of lanes.entries()) {
      const beyond = this.#beyond[i] as Float64Array;
      beyond.fill(0);
      const share = this.#share(i) * explained;
      for (const { told, travel_s } of this.#own.feeds) {
        const outflow = told();
        if (outflow !== null) addArrivals(beyond, outflow, travel_s, now_s, share);
      }
      lane.arriving = beyond[0] as number;
      // They are seen, or should be.
      beyond.fill(0, 0, Math.ceil(this.#seen_s));
      lane.hear(beyond, Math.min(1, this.#told / this.#came), this.#unseen[i] as number);
    }
  }
}

/** Arrivals at the stop line by second from `now_s` on. */
function addArrivals(
  beyond: Float64Array,
  { from_s, vehicles }: Outflow,
  travel_s: number,
  now_s: number,
  share: number,
): void {
  for (let t = 0; t < beyond.length; t += 1) {
    const at = Math.round(now_s + t - travel_s) - from_s;
    if (at >= 0 && at < vehicles.length) beyond[t] = (beyond[t] as number) + share * (vehicles[at] as number);
  }
}

export class Coming {
  readonly #approaches: readonly Approach[];

  constructor(fed: readonly FedApproach[], junction: Junction, settings: ComingSettings = usualComing) {
    this.#approaches = fed.map((each) => new Approach(each, junction, settings));
  }

  /** Once a second, after everything has been looked at. `given`: what each lane has been given since the look before. */
  look(sight: JunctionSight, given: Uint8Array, dt_s: number, now_s: number): void {
    for (const approach of this.#approaches) approach.look(sight, given, dt_s, now_s);
  }
}
