/**
 * Counts of a camera's lanes over windows that start at whole multiples of their length on the wall clock. A window is
 * closed a little after it ended, since a crossing is certain only once the vehicle is clearly past the line; one that
 * comes later still counts in the oldest open window: no crossing is lost, and none counts twice.
 */
import type { FlowInterval } from "../../core/traffic/flow-interval.ts";
import { type VehicleClass, vehicleClasses } from "../../core/traffic/vehicle-class.ts";

export interface FlowLane {
  readonly intersection: string;
  readonly lane: string;
}

export interface FlowWindowsOptions {
  readonly feed: string;
  readonly lanes: readonly FlowLane[];
  readonly interval_s: number;
  /** The window that holds this instant is the first; what came before the first picture is a gap. */
  readonly from_ms: number;
}

/** Pictures farther apart than this leave a gap between them: tracks do not outlive it, so crossings may be missing. */
export const hole_ms = 1000;
const grace_ms = 2000;
/** With less than this share seen, a window says nothing. */
const leastSeen = 0.1;
/** After a longer silence (the machine slept), only this many empty windows say so. */
const mostEmpty = 60;

const classes = vehicleClasses.length;

/** One window of all lanes. */
class Tally {
  readonly start_ms: number;
  readonly counts: Uint32Array;
  readonly covered_ms: Float64Array;
  frames = 0;
  seen_ms = 0;
  /** Crossings of each lane since the last hole, the first and last of them, and what earlier stretches gave. */
  readonly #run: Uint32Array;
  readonly #first_ms: Float64Array;
  readonly #last_ms: Float64Array;
  readonly #headways: Uint32Array;
  readonly #headway_ms: Float64Array;

  constructor(start_ms: number, lanes: number) {
    this.start_ms = start_ms;
    this.counts = new Uint32Array(lanes * classes);
    this.covered_ms = new Float64Array(lanes);
    this.#run = new Uint32Array(lanes);
    this.#first_ms = new Float64Array(lanes);
    this.#last_ms = new Float64Array(lanes);
    this.#headways = new Uint32Array(lanes);
    this.#headway_ms = new Float64Array(lanes);
  }

  crossed(lane: number, at_ms: number, vehicleClass: number): void {
    const cell = lane * classes + vehicleClass;
    this.counts[cell] = (this.counts[cell] ?? 0) + 1;
    const first = this.#run[lane] === 0;
    this.#run[lane] = (this.#run[lane] ?? 0) + 1;
    // Crossings become certain in another order than they happened.
    this.#first_ms[lane] = first ? at_ms : Math.min(at_ms, this.#first_ms[lane] ?? 0);
    this.#last_ms[lane] = first ? at_ms : Math.max(at_ms, this.#last_ms[lane] ?? 0);
  }

  /** The time between the crossings before and after a hole is no headway. */
  hole(): void {
    for (let lane = 0; lane < this.#run.length; lane += 1) {
      const crossings = this.#run[lane] ?? 0;
      if (crossings > 1) {
        this.#headways[lane] = (this.#headways[lane] ?? 0) + crossings - 1;
        this.#headway_ms[lane] =
          (this.#headway_ms[lane] ?? 0) + (this.#last_ms[lane] ?? 0) - (this.#first_ms[lane] ?? 0);
      }
      this.#run[lane] = 0;
    }
  }

  /** Call `hole` first. */
  meanHeadway_s(lane: number): number | null {
    const headways = this.#headways[lane] ?? 0;
    return headways === 0 ? null : (this.#headway_ms[lane] ?? 0) / headways / 1000;
  }
}

export class FlowWindows {
  readonly #options: FlowWindowsOptions;
  readonly #length_ms: number;
  /** Windows about which something is known, oldest first. */
  readonly #open: Tally[] = [];
  /** Start of the oldest window that is not closed. */
  #next_ms: number;
  #lastFrame_ms = Number.NaN;

  constructor(options: FlowWindowsOptions) {
    this.#options = options;
    this.#length_ms = options.interval_s * 1000;
    this.#next_ms = this.#startOf(options.from_ms);
  }

  /** Start of the oldest window still open: all before it was handed out. */
  get next_ms(): number {
    return this.#next_ms;
  }

  /** A picture was looked at. */
  frame(at_ms: number): void {
    const before_ms = this.#lastFrame_ms;
    this.#lastFrame_ms = at_ms;
    this.#window(at_ms).frames += 1;
    if (at_ms >= before_ms && at_ms - before_ms <= hole_ms) {
      this.#spread(before_ms, at_ms, (tally, ms) => {
        tally.seen_ms += ms;
      });
    } else {
      for (const tally of this.#open) tally.hole();
    }
  }

  /** The lane's stop-line zone was covered from one picture to the next. */
  covered(lane: number, from_ms: number, to_ms: number): void {
    this.#spread(from_ms, to_ms, (tally, ms) => {
      tally.covered_ms[lane] = (tally.covered_ms[lane] ?? 0) + ms;
    });
  }

  /** `vehicleClass` is an index into `vehicleClasses`. */
  crossed(lane: number, at_ms: number, vehicleClass: number): void {
    const tally = this.#window(at_ms);
    tally.crossed(lane, Math.max(at_ms, tally.start_ms), vehicleClass);
  }

  /** The windows that are over, oldest first. Seen by nobody, they are missing, which never means no traffic. */
  due(now_ms: number): readonly FlowInterval[] {
    return this.#handOut(now_ms - grace_ms - this.#length_ms);
  }

  /** Everything that is open, cut at `now_ms`; of the window that is running only if there is something to say. */
  cut(now_ms: number): readonly FlowInterval[] {
    const running_ms = this.#startOf(now_ms);
    return this.#handOut(now_ms).filter(({ start_ms, frames_seen }) => start_ms < running_ms || frames_seen > 0);
  }

  /** All windows that start at `last_ms` or before. */
  #handOut(last_ms: number): readonly FlowInterval[] {
    const intervals: FlowInterval[] = [];
    const silentBefore_ms = this.#startOf(last_ms) - mostEmpty * this.#length_ms;
    while (this.#next_ms <= last_ms) {
      const known = this.#open[0];
      if (known?.start_ms === this.#next_ms) this.#open.shift();
      else if (this.#next_ms < silentBefore_ms) {
        this.#next_ms = Math.min(silentBefore_ms, known?.start_ms ?? silentBefore_ms);
        continue;
      }
      const tally = known?.start_ms === this.#next_ms ? known : new Tally(this.#next_ms, this.#options.lanes.length);
      tally.hole();
      for (const lane of this.#options.lanes.keys()) intervals.push(this.#interval(tally, lane));
      this.#next_ms += this.#length_ms;
    }
    return intervals;
  }

  #interval(tally: Tally, index: number): FlowInterval {
    const { feed, interval_s, lanes } = this.#options;
    const { intersection, lane } = lanes[index] as FlowLane;
    const seen_ms = Math.min(this.#length_ms, tally.seen_ms);
    const quality = qualityOf(seen_ms / this.#length_ms);
    const counts = tally.counts.subarray(index * classes, (index + 1) * classes);
    const covered = (tally.covered_ms[index] ?? 0) / seen_ms;
    return {
      intersection,
      lane,
      feed,
      origin: "camera",
      start_ms: tally.start_ms,
      length_s: interval_s,
      total: counts.reduce((sum, count) => sum + count, 0),
      by_class: byClass(counts),
      occupancy: quality === "missing" ? null : Math.min(1, covered),
      mean_headway_s: tally.meanHeadway_s(index),
      quality,
      frames_seen: tally.frames,
      gap_s: (this.#length_ms - seen_ms) / 1000,
    };
  }

  #startOf(at_ms: number): number {
    return Math.floor(at_ms / this.#length_ms) * this.#length_ms;
  }

  /** The open window that holds the instant, or the oldest one for what comes too late. */
  #window(at_ms: number): Tally {
    const start_ms = Math.max(this.#next_ms, this.#startOf(at_ms));
    let place = this.#open.length;
    while (place > 0 && (this.#open[place - 1] as Tally).start_ms > start_ms) place -= 1;
    const there = this.#open[place - 1];
    if (there?.start_ms === start_ms) return there;
    const tally = new Tally(start_ms, this.#options.lanes.length);
    this.#open.splice(place, 0, tally);
    return tally;
  }

  #spread(from_ms: number, to_ms: number, add: (tally: Tally, ms: number) => void): void {
    let at_ms = Math.max(from_ms, this.#next_ms);
    while (at_ms < to_ms) {
      const tally = this.#window(at_ms);
      const until_ms = Math.min(to_ms, tally.start_ms + this.#length_ms);
      add(tally, until_ms - at_ms);
      at_ms = until_ms;
    }
  }
}

function qualityOf(seen: number): FlowInterval["quality"] {
  if (seen < leastSeen) return "missing";
  return seen < 1 ? "partial" : "valid";
}

function byClass(counts: Uint32Array): Partial<Record<VehicleClass, number>> {
  const counted = vehicleClasses.map((name, index) => [name, counts[index] ?? 0] as const);
  return Object.fromEntries(counted.filter(([, count]) => count > 0));
}
