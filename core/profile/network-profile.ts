/**
 * Flow through a network of signals in one common cycle: every stream has a queue, and what leaves it arrives at the streams
 * behind it, dispersed. Only offsets move here: greens come as the capacity of each second after the signal's own zero.
 */
import { runQueue } from "./cyclic-queue.ts";
import { addDispersed } from "./dispersion.ts";

export interface ProfileFeeder {
  readonly from: number;
  /** Veh/h that come from there. */
  readonly flow_h: number;
  readonly travel_s: number;
}

export interface ProfileStream {
  readonly signal: number;
  readonly flow_h: number;
  /** Veh per step that may leave, from the signal's zero on. */
  readonly capacity: Float64Array;
  readonly feeders: readonly ProfileFeeder[];
  /** Of those whom no feeder sends, how the cycle's share of each step is, by the clock; evenly unless given. */
  readonly entering?: Float64Array;
  /** Vehicles that fit between this stop line and the one before. */
  readonly room: number;
}

const step_s = 1;
/** What a stop is worth, in seconds of delay. */
const stop_s = 4;
/** What a vehicle beyond the room is worth, in vehicles that wait. */
const spillback = 4;

export class NetworkProfile {
  readonly streams: readonly ProfileStream[];
  readonly signals: number;
  readonly #steps: number;
  readonly #outflow: readonly Float64Array[];
  readonly #costs: Float64Array;
  readonly #waiting: Float64Array;
  readonly #stops: Float64Array;
  readonly #inflow: Float64Array;
  readonly #capacity: Float64Array;
  readonly #ofSignal: readonly number[][];
  /** Streams that a signal feeds. */
  readonly #after: readonly number[][];
  readonly offsets: Int32Array;

  /** All capacities are one cycle long. */
  constructor(streams: readonly ProfileStream[], signals: number) {
    this.streams = streams;
    this.signals = signals;
    this.#steps = streams[0]?.capacity.length ?? 1;
    this.#outflow = streams.map(({ flow_h }) => new Float64Array(this.#steps).fill((flow_h * step_s) / 3600));
    this.#costs = new Float64Array(streams.length);
    this.#waiting = new Float64Array(streams.length);
    this.#stops = new Float64Array(streams.length);
    this.#inflow = new Float64Array(this.#steps);
    this.#capacity = new Float64Array(this.#steps);
    this.offsets = new Int32Array(signals);
    const ofSignal: number[][] = Array.from({ length: signals }, () => []);
    const after: Set<number>[] = Array.from({ length: signals }, () => new Set());
    for (const [at, stream] of streams.entries()) {
      ofSignal[stream.signal]?.push(at);
      for (const { from } of stream.feeders) after[streams[from]?.signal as number]?.add(at);
    }
    this.#ofSignal = ofSignal;
    this.#after = after.map((set, signal) => [...set].filter((at) => streams[at]?.signal !== signal));
  }

  get steps(): number {
    return this.#steps;
  }

  /** Vehicles that wait, stops and spillback, as one number. */
  cost(): number {
    return this.#costs.reduce((sum, cost) => sum + cost, 0);
  }

  /** Vehicles that wait, and how many a second come to stand, as last run. */
  totals(): { readonly waiting: number; readonly stopsPerSecond: number } {
    const sum = (values: Float64Array): number => values.reduce((all, value) => all + value, 0);
    return { waiting: sum(this.#waiting), stopsPerSecond: sum(this.#stops) / (this.#steps * step_s) };
  }

  /** All queues, so often that flows settle. */
  settle(times = 3): void {
    for (let time = 0; time < times; time += 1) for (let at = 0; at < this.streams.length; at += 1) this.#run(at);
  }

  /** Cost of a signal's streams and of those that it feeds, at this offset; flows stay as that leaves them. */
  tryOffset(signal: number, offset: number): number {
    this.offsets[signal] = offset;
    let sum = 0;
    for (const at of this.#ofSignal[signal] as number[]) sum += this.#run(at);
    for (const at of this.#after[signal] as number[]) sum += this.#run(at);
    return sum;
  }

  #arrivals(stream: ProfileStream): void {
    const inflow = this.#inflow;
    const fed_h = stream.feeders.reduce((sum, feeder) => sum + feeder.flow_h, 0);
    const entering = (Math.max(0, stream.flow_h - fed_h) * step_s) / 3600;
    if (stream.entering === undefined) inflow.fill(entering);
    else
      for (let t = 0; t < inflow.length; t += 1) inflow[t] = entering * inflow.length * (stream.entering[t] as number);
    for (const { from, flow_h, travel_s } of stream.feeders) {
      const outflow = this.#outflow[from] as Float64Array;
      const all_h = this.streams[from]?.flow_h as number;
      if (all_h > 0) addDispersed(outflow, inflow, flow_h / all_h, travel_s, step_s);
    }
  }

  #run(at: number): number {
    const stream = this.streams[at] as ProfileStream;
    this.#arrivals(stream);
    const offset = this.offsets[stream.signal] as number;
    const steps = this.#steps;
    this.#capacity.set(stream.capacity.subarray(0, steps - offset), offset);
    this.#capacity.set(stream.capacity.subarray(steps - offset), 0);
    const { waiting, stops, longest } = runQueue(this.#inflow, this.#capacity, this.#outflow[at] as Float64Array);
    const over = Math.max(0, longest - stream.room);
    const cycle_s = steps * step_s;
    const cost = waiting + (stops * stop_s) / cycle_s + spillback * over;
    this.#costs[at] = cost;
    this.#waiting[at] = waiting;
    this.#stops[at] = stops;
    return cost;
  }
}
