/** What the times of coded pictures tell about a source. Pure: packets in, measures out. */
import type { Packet } from "./packets.ts";

export interface Keyframes {
  readonly count: number;
  /** Over whole gaps, from one keyframe to the next; null when fewer than two came. */
  readonly gap_mean_s: number | null;
  readonly gap_max_s: number | null;
  /** The longest time seen without one, the open ends of the sample among them. */
  readonly gap_at_least_s: number;
}

export interface Rate {
  readonly measured_rate_fps: number | null;
  readonly frame_interval_ms: { readonly median: number; readonly p95: number; readonly max: number } | null;
}

export interface Arrival {
  /** 95th percentile of how far the time between two arrivals is from the time between their pictures. */
  readonly jitter_p95_ms: number;
  readonly longest_silence_ms: number;
  /** How much later the last picture came than the source's clock says, by a straight line through all arrivals. */
  readonly drift_ms: number;
  readonly observed_s: number;
}

/** ffmpeg opens a stream by reading ahead, and then hands over what it read all at once. */
const settling_ms = 500;
const fewest = 10;
const rounding_s = 1e-6;

export const settled = (packets: readonly Packet[]): readonly Packet[] =>
  packets.filter(({ arrival_ms }) => arrival_ms - (packets[0]?.arrival_ms ?? 0) >= settling_ms);

/** Nearest rank: the least value that at least a share `p` of all does not exceed. `sorted` is not empty. */
const percentile = (sorted: ArrayLike<number>, p: number): number =>
  sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)] ?? Number.NaN;

const ascending = (values: Iterable<number>): Float64Array => Float64Array.from(values).sort();

function shownTimes(packets: readonly Packet[]): Float64Array {
  return ascending(packets.map(({ pts_s }) => pts_s).filter((pts_s) => pts_s !== null));
}

const milli = (value: number): number => Math.round(value * 1000) / 1000;
const tenth = (value: number): number => Math.round(value * 10) / 10;

/** From the first picture to the end of the last, in s. */
export function span_s(packets: readonly Packet[]): number {
  const times = shownTimes(packets);
  const span = (times.at(-1) ?? 0) - (times[0] ?? 0);
  return milli(times.length > 1 ? span + span / (times.length - 1) : span);
}

export function keyframes(packets: readonly Packet[]): Keyframes {
  const times = shownTimes(packets);
  const keys = shownTimes(packets.filter(({ key }) => key));
  const gaps = [...keys.subarray(1)].map((at, i) => at - (keys[i] ?? at));
  const [first, last] = [times[0] ?? 0, times.at(-1) ?? 0];
  const open = keys.length === 0 ? [last - first] : [(keys[0] ?? 0) - first, last - (keys.at(-1) ?? 0)];
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  return {
    count: packets.filter(({ key }) => key).length,
    gap_mean_s: gaps.length === 0 ? null : milli(mean),
    gap_max_s: gaps.length === 0 ? null : milli(Math.max(...gaps)),
    gap_at_least_s: milli(Math.max(...gaps, ...open)),
  };
}

/**
 * Presentation times between which no picture is missing. With B-frames a sample begins and ends with pictures whose
 * neighbours in time lie outside: those shown before `first decoding time + longest delay`, or after the last decoding.
 */
function wholeTimes(packets: readonly Packet[]): Float64Array {
  const decoded = packets.map(({ dts_s }) => dts_s).filter((dts_s) => dts_s !== null);
  const delays = packets.map(({ pts_s, dts_s }) => (pts_s === null || dts_s === null ? 0 : pts_s - dts_s));
  const from_s = (decoded[0] ?? Number.NEGATIVE_INFINITY) + Math.max(0, ...delays) - rounding_s;
  const to_s = (decoded.at(-1) ?? Number.POSITIVE_INFINITY) + rounding_s;
  return shownTimes(packets).filter((pts_s) => pts_s >= from_s && pts_s <= to_s);
}

export function rate(packets: readonly Packet[]): Rate {
  const times = wholeTimes(packets);
  const span = (times.at(-1) ?? 0) - (times[0] ?? 0);
  if (times.length < 2 || span <= 0) return { measured_rate_fps: null, frame_interval_ms: null };
  const intervals = ascending(Array.from(times.subarray(1), (at, i) => (at - (times[i] ?? at)) * 1000));
  const [median, p95, max] = [percentile(intervals, 0.5), percentile(intervals, 0.95), intervals.at(-1) ?? 0];
  return {
    measured_rate_fps: milli((times.length - 1) / span),
    frame_interval_ms: { median: tenth(median), p95: tenth(p95), max: tenth(max) },
  };
}

/**
 * Arrivals of a live stream. Packets come in the order of decoding, so it is that time they are compared with. The drift
 * is the slope of the least-squares line of arrival over stream time, less one, times the time observed.
 */
export function arrival(packets: readonly Packet[]): Arrival | null {
  const timed = packets.flatMap(({ dts_s, arrival_ms }) =>
    dts_s === null ? [] : [{ x: dts_s * 1000, y: arrival_ms }],
  );
  const [first, last] = [timed[0], timed.at(-1)];
  if (first === undefined || last === undefined || timed.length < fewest || last.x <= first.x) return null;
  const steps = timed.slice(1).map(({ x, y }, i) => ({ x: x - (timed[i]?.x ?? x), y: y - (timed[i]?.y ?? y) }));
  const observed_ms = last.x - first.x;
  const [meanX, meanY] = [mean(timed.map(({ x }) => x)), mean(timed.map(({ y }) => y))];
  const covariance = mean(timed.map(({ x, y }) => (x - meanX) * (y - meanY)));
  const variance = mean(timed.map(({ x }) => (x - meanX) ** 2));
  return {
    jitter_p95_ms: tenth(percentile(ascending(steps.map(({ x, y }) => Math.abs(y - x))), 0.95)),
    longest_silence_ms: tenth(Math.max(...steps.map(({ y }) => y))),
    drift_ms: tenth((covariance / variance - 1) * observed_ms),
    observed_s: milli(observed_ms / 1000),
  };
}

const mean = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0) / values.length;

/** Mean bits per second of the coded pictures. */
export function bitrate_kbps(packets: readonly Packet[]): number | null {
  const s = span_s(packets);
  if (s <= 0) return null;
  return Math.round((packets.reduce((sum, { size_bytes }) => sum + size_bytes, 0) * 8) / s / 1000);
}
