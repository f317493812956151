/**
 * Who is on his way from the neighbours: what they tell of those they let go, as arrivals at the stop lines here, beyond what is seen
 * here; and whoever should have come into sight and did not, as somebody who may stand here unseen.
 */
import { AFTER_STOP, type Junction } from "../junction.ts";
import { usualQueues } from "../queue-model.ts";
import { type JunctionSight, type LaneSight, missedShare } from "../sight.ts";
import { Due } from "./due.ts";
import { addArrivals, type FedApproach, type Heard, heardFrom } from "./feeds.ts";

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

export const usualComing: ComingSettings = {
  horizon_s: usualQueues.horizon_s,
  early_s: 5,
  late_s: 6,
  unseen: 2,
  memory: 100,
};

/** Green for so long lets one go who is not seen, s. */
const unseenHeadway_s = 2;
/** No more than so many are believed to stand on a lane unseen. */
const mostUnseen = 3;

/** Nothing is made of less than so many, of those who were told and of those who came. */
const unlearned = 20;

class Approach {
  readonly #own: FedApproach;
  readonly #settings: ComingSettings;
  /** From the end of sight to the stop line, s. */
  readonly #seen_s: number;
  readonly #due = new Due();
  /** By place in `lanes`: who came into sight. */
  readonly #entered: Float64Array;
  /** How many should have come by now, and how many did: at first one is as likely as the other. */
  #told = unlearned;
  #came = unlearned;
  /** Of those who should have come, who did not. */
  #lost = unlearned * missedShare;
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
    const heard = heardFrom(this.#own.feeds);
    if (heard === null) {
      this.#forget(lanes);
      return;
    }
    for (const [feed, each] of heard.entries()) this.#note(feed, each);
    this.#match(lanes, now_s);
    this.#miss(lanes, now_s);
    this.#age(lanes);
    this.#serve(given, dt_s);
    this.#tell(lanes, heard, now_s);
  }

  /** While one of the neighbours says nothing, nothing is known of those who come. */
  #forget(lanes: readonly LaneSight[]): void {
    this.#due.clear();
    this.#unseen.fill(0);
    this.#noted_s.fill(Number.NaN);
    for (const lane of lanes) lane.hear(null, 0, 0);
  }

  /** Those who have left the neighbour since the look before will come into sight. */
  #note(feed: number, { outflow: { from_s, now_s, vehicles }, travel_s }: Heard): void {
    const noted_s = this.#noted_s[feed] as number;
    const first_s = Number.isNaN(noted_s) ? now_s : Math.max(from_s, noted_s);
    for (let second = first_s; second < now_s; second += 1) {
      const left = vehicles[second - from_s] as number;
      if (left > 0) this.#due.expect(second + Math.max(0, travel_s - this.#seen_s), left);
    }
    this.#noted_s[feed] = now_s;
  }

  /** Whoever comes into sight is the first of those who are due. */
  #match(lanes: readonly LaneSight[], now_s: number): void {
    let came = 0;
    for (const [i, { entered }] of lanes.entries()) {
      came += entered;
      this.#entered[i] = (this.#entered[i] as number) + entered;
    }
    this.#came += came;
    const until_s = now_s + this.#settings.early_s;
    for (let due = this.#due.take(came, until_s); due > 0; due = this.#due.take(came, until_s)) {
      came -= due;
      this.#told += due;
    }
  }

  /** Who is overdue is there, and not seen; where more are overdue than cameras miss the others went another way, or took longer. */
  #miss(lanes: readonly LaneSight[], now_s: number): void {
    const { late_s, unseen } = this.#settings;
    for (let due = this.#due.miss(now_s, late_s); due > 0; due = this.#due.miss(now_s, late_s)) {
      this.#told += due;
      this.#lost += due;
      const there = due * Math.min(1, (missedShare * this.#told) / this.#lost);
      for (const i of lanes.keys()) {
        const more = there * unseen * this.#share(i);
        this.#unseen[i] = Math.min(mostUnseen, (this.#unseen[i] as number) + more);
      }
    }
  }

  /** What was learned long ago counts for less. */
  #age(lanes: readonly LaneSight[]): void {
    if (this.#told + this.#came < 2 * this.#settings.memory) return;
    this.#told /= 2;
    this.#came /= 2;
    this.#lost /= 2;
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
  #tell(lanes: readonly LaneSight[], heard: readonly Heard[], now_s: number): void {
    const explained = Math.min(1, this.#came / this.#told);
    for (const [i, lane] of lanes.entries()) {
      const beyond = this.#beyond[i] as Float64Array;
      beyond.fill(0);
      const share = this.#share(i) * explained;
      for (const each of heard) addArrivals(beyond, each, now_s, share);
      lane.arriving = beyond[0] as number;
      // They are seen, or should be.
      beyond.fill(0, 0, Math.ceil(this.#seen_s));
      lane.hear(beyond, Math.min(1, this.#told / this.#came), this.#unseen[i] as number);
    }
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
