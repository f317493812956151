/**
 * Critical movements: the chain of phases, one after the other, that needs most of the cycle. The words are those of
 * Webster (Road Research Technical Paper 39, 1958): Y is the chain's sum of flow ratios, L its lost time.
 */

/** What timing must know of a phase, wherever it comes from: a site file or a network. */
export interface TimedPhase {
  readonly phase: number;
  /** Flow over saturation flow of the phase's critical lane. */
  readonly flow_ratio: number;
  /** The part of its split that serves nobody. */
  readonly lost_s: number;
  /** Shortest split, lost time included. */
  readonly min_split_s: number;
}

/** `rows[group][ring]`: phases in order. Stages that simply follow one another are one ring of one group. */
export type RingRows<P extends TimedPhase = TimedPhase> = readonly (readonly (readonly P[])[])[];

export interface CriticalPath {
  readonly flow_ratio: number;
  readonly lost_time_s: number;
  /** Phases of the chain, in order. */
  readonly phases: readonly number[];
}

type Chain = Pick<TimedPhase, "phase" | "flow_ratio" | "lost_s">;

function chainOf(phases: readonly Chain[]): CriticalPath {
  return {
    flow_ratio: phases.reduce((sum, one) => sum + one.flow_ratio, 0),
    lost_time_s: phases.reduce((sum, one) => sum + one.lost_s, 0),
    phases: phases.map((one) => one.phase),
  };
}

const heavier = (a: CriticalPath, b: CriticalPath): CriticalPath =>
  b.flow_ratio > a.flow_ratio || (b.flow_ratio === a.flow_ratio && b.lost_time_s > a.lost_time_s) ? b : a;

/** In every barrier group the ring with the largest flow ratio; of equal ones, that with more lost time. */
export function criticalPath(rows: readonly (readonly (readonly Chain[])[])[]): CriticalPath {
  const perGroup = rows.flatMap((rings) => (rings.length === 0 ? [] : [rings.map(chainOf).reduce(heavier)]));
  return {
    flow_ratio: perGroup.reduce((sum, one) => sum + one.flow_ratio, 0),
    lost_time_s: perGroup.reduce((sum, one) => sum + one.lost_time_s, 0),
    phases: perGroup.flatMap((one) => one.phases),
  };
}
