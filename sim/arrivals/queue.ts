/**
 * Queues of many lanes at their stop lines. A queue stands upright: it takes no room on the road. It discharges at
 * saturation flow while its signal is green, and not at all otherwise. Pure: seeded, and told what time it is.
 */
import { assumedClassMix } from "../../core/network/class-mix.ts";
import { defaultPcu, vehicleClasses } from "../../core/traffic/vehicle-class.ts";
import { ArrivalTimes } from "./arrival-times.ts";

export interface QueueLane {
  readonly id: string;
  readonly flow_veh_h: number;
  readonly saturation_pcu_h: number;
}

/** Called in time order within a lane. `vehicleClass` is an index into `vehicleClasses`. */
export interface QueueListener {
  crossed(lane: number, at_ms: number, vehicleClass: number): void;
  detector(lane: number, at_ms: number, on: boolean): void;
}

/** More than stand in any kilometre of road; who arrives at a full queue turns away and is counted. */
const LONGEST_QUEUE = 2048;
/** The first driver sees green, and goes (HCM start-up lost time). */
const START_UP_MS = 2000;

const pcu = Float64Array.from(vehicleClasses, (each) => defaultPcu[each]);
const shares = Float64Array.from(vehicleClasses, (each) => assumedClassMix[each]);
/** How long each class covers a 2 m zone at the stop line at 8 m/s, from usual lengths: 2, 1.8, 4.5, 12, 9 m. */
const coverMs = Float64Array.of(500, 475, 812, 1750, 1375, 0);

function classAt(chance: number): number {
  let left = chance;
  for (let each = 0; each < shares.length; each += 1) {
    left -= shares[each] ?? 0;
    if (left < 0) return each;
  }
  return 0;
}

export class LaneQueues {
  readonly arrived: Uint32Array;
  readonly crossed: Uint32Array;
  readonly turnedAway: Uint32Array;
  readonly queued: Uint32Array;
  /** Since `takeCovered` last asked. */
  readonly #coveredMs: Float64Array;
  readonly #arrivals: ArrivalTimes;
  readonly #listener: QueueListener;
  /** Ring of classes for each lane, oldest at `#head`. */
  readonly #waiting: Uint8Array;
  readonly #head: Uint32Array;
  /** Earliest instant at which the stop line is free for the next vehicle. */
  readonly #freeAt: Float64Array;
  readonly #msPerPcu: Float64Array;
  readonly #wasGreen: Uint8Array;
  readonly #covered: Uint8Array;
  /** Coverage is counted up to here; it ends at `#clearAt` once nobody waits. */
  readonly #markAt: Float64Array;
  readonly #clearAt: Float64Array;

  constructor(lanes: readonly QueueLane[], seed: number, start_ms: number, listener: QueueListener) {
    const count = lanes.length;
    this.arrived = new Uint32Array(count);
    this.crossed = new Uint32Array(count);
    this.turnedAway = new Uint32Array(count);
    this.queued = new Uint32Array(count);
    this.#coveredMs = new Float64Array(count);
    this.#waiting = new Uint8Array(count * LONGEST_QUEUE);
    this.#head = new Uint32Array(count);
    this.#freeAt = new Float64Array(count).fill(start_ms);
    this.#msPerPcu = Float64Array.from(lanes, (lane) => 3_600_000 / lane.saturation_pcu_h);
    this.#wasGreen = new Uint8Array(count);
    this.#covered = new Uint8Array(count);
    this.#markAt = new Float64Array(count);
    this.#clearAt = new Float64Array(count);
    this.#listener = listener;
    const ids = lanes.map((lane) => lane.id);
    const flows = lanes.map((lane) => lane.flow_veh_h);
    this.#arrivals = new ArrivalTimes(ids, flows, seed, start_ms);
  }

  /** Moves one lane from `from_ms` to `to_ms` (exclusive), its signal unchanged all that time. Steps must join up. */
  step(lane: number, from_ms: number, to_ms: number, green: boolean): void {
    if (green && this.#wasGreen[lane] === 0) {
      this.#freeAt[lane] = Math.max(this.#freeAt[lane] ?? 0, from_ms + START_UP_MS);
    }
    this.#wasGreen[lane] = green ? 1 : 0;
    for (;;) {
      const arrival = this.#arrivals.next[lane] ?? Number.POSITIVE_INFINITY;
      const departure = green ? this.#departure(lane, from_ms) : Number.POSITIVE_INFINITY;
      const at = Math.min(arrival, departure);
      if (at >= to_ms) break;
      this.#settle(lane, at);
      if (departure < arrival) this.#cross(lane, at);
      else this.#arrive(lane, at);
    }
    this.#settle(lane, to_ms);
  }

  /** Milliseconds the detector was covered since the last call. */
  takeCovered(lane: number): number {
    const covered = this.#coveredMs[lane] ?? 0;
    this.#coveredMs[lane] = 0;
    return covered;
  }

  isCovered(lane: number): boolean {
    return this.#covered[lane] === 1;
  }

  #departure(lane: number, from_ms: number): number {
    return this.queued[lane] === 0 ? Number.POSITIVE_INFINITY : Math.max(this.#freeAt[lane] ?? 0, from_ms);
  }

  #arrive(lane: number, at_ms: number): void {
    const vehicleClass = classAt(this.#arrivals.chance(lane));
    this.#arrivals.advance(lane);
    this.arrived[lane] = (this.arrived[lane] ?? 0) + 1;
    const queued = this.queued[lane] ?? 0;
    if (queued === LONGEST_QUEUE) {
      this.turnedAway[lane] = (this.turnedAway[lane] ?? 0) + 1;
      return;
    }
    this.#waiting[lane * LONGEST_QUEUE + (((this.#head[lane] ?? 0) + queued) % LONGEST_QUEUE)] = vehicleClass;
    this.queued[lane] = queued + 1;
    // With the line free, an arrival is a departure at the same instant.
    this.#freeAt[lane] = Math.max(this.#freeAt[lane] ?? 0, at_ms);
    if (this.#covered[lane] === 0) {
      this.#covered[lane] = 1;
      this.#markAt[lane] = at_ms;
      this.#listener.detector(lane, at_ms, true);
    }
  }

  #cross(lane: number, at_ms: number): void {
    const head = this.#head[lane] ?? 0;
    const vehicleClass = this.#waiting[lane * LONGEST_QUEUE + head] ?? 0;
    this.#head[lane] = (head + 1) % LONGEST_QUEUE;
    this.queued[lane] = (this.queued[lane] ?? 0) - 1;
    this.crossed[lane] = (this.crossed[lane] ?? 0) + 1;
    this.#freeAt[lane] = at_ms + (this.#msPerPcu[lane] ?? 0) * (pcu[vehicleClass] ?? 0);
    this.#clearAt[lane] = Math.max(this.#clearAt[lane] ?? 0, at_ms + (coverMs[vehicleClass] ?? 0));
    this.#listener.crossed(lane, at_ms, vehicleClass);
  }

  /** Counts coverage up to `at_ms`, and ends it where the last vehicle had cleared before. */
  #settle(lane: number, at_ms: number): void {
    if (this.#covered[lane] === 0) return;
    const clear = this.queued[lane] === 0 ? (this.#clearAt[lane] ?? 0) : Number.POSITIVE_INFINITY;
    const until = Math.min(clear, at_ms);
    this.#coveredMs[lane] = (this.#coveredMs[lane] ?? 0) + Math.max(0, until - (this.#markAt[lane] ?? 0));
    this.#markAt[lane] = until;
    if (clear > at_ms) return;
    this.#covered[lane] = 0;
    this.#listener.detector(lane, clear, false);
  }
}
