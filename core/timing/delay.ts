/** Delay at a signal, seconds per vehicle. Flows in any unit, as long as both are the same. */

/**
 * Uniform delay d = C (1 - g/C)² / (2 (1 - v/s)): Webster's first term (Road Research Technical Paper 39, 1958).
 * Meant for v/s below g/C.
 */
export function uniformDelay_s(cycle_s: number, green_s: number, flowRatio: number): number {
  return (cycle_s * (1 - green_s / cycle_s) ** 2) / (2 * (1 - flowRatio));
}

export interface WebsterDelay {
  /** Degree of saturation. */
  readonly x: number;
  readonly uniform_s: number;
  readonly random_s: number;
  readonly correction_s: number;
}

/**
 * Webster's three terms (as printed in Salter, Highway Traffic Analysis and Design, ch. 43), for flow and saturation
 * flow per second: uniform + x² / (2 q (1 - x)) - 0.65 (c / q²)^(1/3) x^(2 + 5λ). The last two are 0 without flow and
 * do not hold from saturation on, where the random term is infinite.
 */
export function websterTerms(cycle_s: number, green_s: number, flow_s: number, saturation_s: number): WebsterDelay {
  const share = green_s / cycle_s;
  const x = flow_s / (saturation_s * share);
  const uniform_s = uniformDelay_s(cycle_s, green_s, flow_s / saturation_s);
  if (flow_s === 0) return { x, uniform_s, random_s: 0, correction_s: 0 };
  if (x >= 1) return { x, uniform_s, random_s: Number.POSITIVE_INFINITY, correction_s: 0 };
  return {
    x,
    uniform_s,
    random_s: x ** 2 / (2 * flow_s * (1 - x)),
    correction_s: 0.65 * (cycle_s / flow_s ** 2) ** (1 / 3) * x ** (2 + 5 * share),
  };
}

/** Sum of the terms. Infinite at and above saturation, where the formula does not hold; see `controlDelay_s`. */
export function websterDelay_s(cycle_s: number, green_s: number, flow_s: number, saturation_s: number): number {
  const { uniform_s, random_s, correction_s } = websterTerms(cycle_s, green_s, flow_s, saturation_s);
  return uniform_s + random_s - correction_s;
}

export interface ControlDelayInput {
  readonly cycle_s: number;
  readonly green_s: number;
  readonly flow_h: number;
  readonly capacity_h: number;
  /** Analysis period; a quarter of an hour unless said. */
  readonly period_h?: number;
  /** How well platoons meet the green, on the uniform part alone; 1 is chance (`progressionFactor`). */
  readonly progression?: number;
  /** Incremental delay factor: 0.5 for fixed greens, less for actuated ones. */
  readonly k?: number;
  /** Filtering by the signal upstream; 1 where there is none near (`upstreamFiltering`). */
  readonly filtering?: number;
  /** Vehicles that already wait when the period begins. */
  readonly queue_veh?: number;
}

export interface DelayParts {
  readonly x: number;
  readonly uniform_s: number;
  readonly incremental_s: number;
  readonly initial_queue_s: number;
}

/**
 * HCM 2000 (eq. 16-9 to 16-12, appendix F for an initial queue) control delay d = d1 PF + d2 + d3:
 * d1 = 0.5 C (1 - g/C)² / (1 - min(1, X) g/C), d2 = 900 T [(X - 1) + sqrt((X - 1)² + 8 k I X / (c T))]. Holds above
 * saturation too. HCM 6 keeps d2 and d3; its d1 is the same for one protected green with even arrivals.
 */
export function delayParts(input: ControlDelayInput): DelayParts {
  const { cycle_s, green_s, flow_h, capacity_h, period_h = 0.25, progression = 1, queue_veh = 0 } = input;
  const x = capacity_h > 0 ? flow_h / capacity_h : flow_h > 0 ? Number.POSITIVE_INFINITY : 0;
  const share = green_s / cycle_s;
  const usual_s = hcmUniform_s(cycle_s, share, x) * progression;
  if (queue_veh <= 0 || x === Number.POSITIVE_INFINITY) {
    return { x, uniform_s: usual_s, incremental_s: incremental(input, x), initial_queue_s: 0 };
  }
  const spent_h = x < 1 ? Math.min(period_h, queue_veh / (capacity_h - flow_h)) : period_h;
  const full_s = hcmUniform_s(cycle_s, share, 1);
  return {
    x,
    // While the old queue stands every green is full; afterwards all is as usual (eq. F16-2).
    uniform_s: (full_s * spent_h + usual_s * (period_h - spent_h)) / period_h,
    incremental_s: incremental(input, x),
    initial_queue_s: initialQueue_s({ queue_veh, flow_h, capacity_h, period_h }, spent_h),
  };
}

function incremental({ flow_h, capacity_h, period_h = 0.25, k = 0.5, filtering = 1 }: ControlDelayInput, x: number) {
  return flow_h === 0 ? 0 : hcmIncremental_s(x, capacity_h, period_h, k * filtering);
}

/** Sum of the parts. */
export function controlDelay_s(input: ControlDelayInput): number {
  const { uniform_s, incremental_s, initial_queue_s } = delayParts(input);
  return uniform_s + incremental_s + initial_queue_s;
}

function hcmUniform_s(cycle_s: number, greenShare: number, x: number): number {
  return (0.5 * cycle_s * (1 - greenShare) ** 2) / (1 - Math.min(1, x) * greenShare);
}

/** `kI` is the product of k and I: 0.5 for a fixed green that no signal stands before. Infinite without capacity. */
export function hcmIncremental_s(x: number, capacity_h: number, period_h: number, kI = 0.5): number {
  if (x === Number.POSITIVE_INFINITY) return x;
  return 900 * period_h * (x - 1 + Math.sqrt((x - 1) ** 2 + (8 * kI * x) / (capacity_h * period_h)));
}

interface InitialQueue {
  readonly queue_veh: number;
  readonly flow_h: number;
  readonly capacity_h: number;
  readonly period_h: number;
}

/** d3 = 1800 Qb (1 + u) t / (c T) with t the time until the old queue is gone, u what of it is left (eq. F16-1). */
function initialQueue_s({ queue_veh, flow_h, capacity_h, period_h }: InitialQueue, spent_h: number): number {
  const spare = 1 - Math.min(1, flow_h / capacity_h);
  const gone = spent_h < period_h;
  const left = gone ? 0 : 1 - (capacity_h * period_h * spare) / queue_veh;
  return (1800 * queue_veh * (1 + left) * spent_h) / (capacity_h * period_h);
}

/**
 * PF = (1 - P) f / (1 - g/C), with P the share of vehicles that arrive on green (HCM 2000, eq. 16-10). `f` is the
 * supplementary factor of exhibit 16-12: 1 but for early (0.93) and late (1.15) platoons.
 */
export function progressionFactor(arrivalOnGreen: number, greenShare: number, f = 1): number {
  if (greenShare >= 1) return 1;
  return ((1 - arrivalOnGreen) * f) / (1 - greenShare);
}

/** I = 1 - 0.91 Xu^2.68, Xu the degree of saturation upstream; at least 0.09 (HCM 2000, exhibit 15-9). */
export function upstreamFiltering(upstreamDegree: number): number {
  return 1 - 0.91 * Math.min(1, Math.max(0, upstreamDegree)) ** 2.68;
}

const levels = [
  ["A", 10],
  ["B", 20],
  ["C", 35],
  ["D", 55],
  ["E", 80],
] as const;

export type LevelOfService = "A" | "B" | "C" | "D" | "E" | "F";

/** HCM 2000, exhibit 16-2. From HCM 2010 on, demand above capacity is F whatever the delay. */
export function levelOfService(delay_s: number, x: number): LevelOfService {
  if (x > 1) return "F";
  return levels.find(([, most_s]) => delay_s <= most_s)?.[0] ?? "F";
}
