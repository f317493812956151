/** Delay at a signal, seconds per vehicle. Flows in any unit, as long as both are the same. */

/**
 * Uniform delay d = C (1 - g/C)² / (2 (1 - v/s)): Webster's first term (Road Research Technical Paper 39, 1958).
 * Meant for v/s below g/C.
 */
export function uniformDelay_s(cycle_s: number, green_s: number, flowRatio: number): number {
  return (cycle_s * (1 - green_s / cycle_s) ** 2) / (2 * (1 - flowRatio));
}

/**
 * Webster's delay with all three terms, for flow and saturation flow per second. Infinite at and above saturation,
 * where the formula does not hold; use `controlDelay_s` there.
 */
export function websterDelay_s(cycle_s: number, green_s: number, flow_s: number, saturation_s: number): number {
  const share = green_s / cycle_s;
  const x = flow_s / (saturation_s * share);
  if (x >= 1) return Number.POSITIVE_INFINITY;
  if (flow_s === 0) return uniformDelay_s(cycle_s, green_s, 0);
  const random = x ** 2 / (2 * flow_s * (1 - x));
  const correction = 0.65 * (cycle_s / flow_s ** 2) ** (1 / 3) * x ** (2 + 5 * share);
  return uniformDelay_s(cycle_s, green_s, flow_s / saturation_s) + random - correction;
}

export interface ControlDelayInput {
  readonly cycle_s: number;
  readonly green_s: number;
  readonly flow_h: number;
  readonly capacity_h: number;
  /** Analysis period; a quarter of an hour unless said. */
  readonly period_h?: number;
}

/**
 * HCM 2000 (eq. 16-9 to 16-12) control delay without initial queue and with random arrivals (PF = 1):
 * d1 = 0.5 C (1 - g/C)² / (1 - min(1, X) g/C), d2 = 900 T [(X - 1) + sqrt((X - 1)² + 8 k I X / (c T))],
 * pretimed k = 0.5, isolated I = 1. Holds above saturation too.
 */
export function controlDelay_s({ cycle_s, green_s, flow_h, capacity_h, period_h = 0.25 }: ControlDelayInput): number {
  if (flow_h === 0) return uniformDelay_s(cycle_s, green_s, 0);
  const x = flow_h / capacity_h;
  return hcmUniform_s(cycle_s, green_s / cycle_s, x) + hcmIncremental_s(x, capacity_h, period_h);
}

export function hcmUniform_s(cycle_s: number, greenShare: number, x: number): number {
  return (0.5 * cycle_s * (1 - greenShare) ** 2) / (1 - Math.min(1, x) * greenShare);
}

export function hcmIncremental_s(x: number, capacity_h: number, period_h: number): number {
  return 900 * period_h * (x - 1 + Math.sqrt((x - 1) ** 2 + (4 * x) / (capacity_h * period_h)));
}
