/**
 * Platoon dispersion (Robertson 1969, TRANSYT, RRL report LR 253): what leaves one stop line arrives at the next spread out,
 * q'(t + T) = F q(t) + (1 - F) q'(t + T - 1), with T = 0.8 of the mean travel time and F = 1 / (1 + 0.35 T) for one-second steps.
 */

/** Share of the mean travel time after which the first of a platoon arrive; spread of the others. */
const dispersion = { least: 0.8, spread: 0.35 } as const;

export const smoothing = (travel_s: number): number => 1 / (1 + dispersion.spread * dispersion.least * travel_s);

/**
 * Adds `share` of a cyclic outflow, veh per step, to a cyclic inflow, delayed and spread over `travel_s`. The flow of a whole
 * cycle is kept. Both arrays are one cycle long, in steps of `step_s`.
 */
export function addDispersed(
  outflow: Float64Array,
  inflow: Float64Array,
  share: number,
  travel_s: number,
  step_s: number,
): void {
  const steps = outflow.length;
  const delay = Math.round((dispersion.least * travel_s) / step_s) % steps;
  const f = 1 - (1 - smoothing(travel_s)) ** step_s;
  // The steady state of the cyclic recursion: once around with nothing before, and what is left over from that.
  let before = 0;
  for (let t = 0; t < steps; t += 1) before = f * (outflow[t] as number) + (1 - f) * before;
  before /= 1 - (1 - f) ** steps;
  for (let t = 0; t < steps; t += 1) {
    before = f * (outflow[t] as number) + (1 - f) * before;
    const at = t + delay < steps ? t + delay : t + delay - steps;
    inflow[at] = (inflow[at] as number) + share * before;
  }
}
