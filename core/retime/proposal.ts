/** What retiming is asked and what it answers. Both travel as JSON. */
import type { Corridor, Intersection } from "../network/schema.ts";
import type { Problem } from "../problems/problem.ts";
import type { Plan } from "../signal/plan.ts";
import type { DemandOrigin, LaneDemand } from "../traffic/lane-demand.ts";

export interface RetimeRequest {
  readonly corridor: Corridor;
  /** Must hold the corridor's members; others are passed over. */
  readonly intersections: readonly Intersection[];
  /** By lane; a lane that is not here counts as empty. */
  readonly demand: readonly LaneDemand[];
  /** Number the plans are written to, 1 to 253. */
  readonly pattern: number;
  /** The widest bands unless given. */
  readonly objective?: CorridorObjective;
}

/** What a corridor's cycle, splits and offsets are chosen for: the widest bands, or the least delay with platoons looked at. */
export type CorridorObjective = "band" | "delay";

export interface PhaseProposal {
  readonly phase: number;
  /** Of the critical lane. */
  readonly flow_pcu_h: number;
  readonly saturation_pcu_h: number;
  readonly flow_ratio: number;
  readonly split_s: number;
  /** Green that is shown when the phase is used in full. */
  readonly green_s: number;
  readonly degree_of_saturation: number;
  /** HCM control delay, mean over the phase's lanes by flow. */
  readonly delay_s: number;
}

export interface IntersectionProposal {
  readonly id: string;
  readonly critical_flow_ratio: number;
  readonly lost_time_s: number;
  /** Critical flow ratio above 0.9. */
  readonly oversaturated: boolean;
  readonly phases: readonly PhaseProposal[];
}

export interface LaneReason {
  readonly lane: string;
  readonly flow_pcu_h: number;
  readonly origin: DemandOrigin;
  readonly simulated: boolean;
  readonly saturated: boolean;
}

export interface RetimeProposal {
  /** Null for an intersection on its own. */
  readonly corridor: string | null;
  /** Null for an intersection on its own. */
  readonly objective: CorridorObjective | null;
  readonly cycle_s: number;
  readonly plans: readonly Plan[];
  readonly intersections: readonly IntersectionProposal[];
  readonly lanes: readonly LaneReason[];
  /** Null for an intersection on its own. */
  readonly bands: { readonly outbound_s: number; readonly inbound_s: number } | null;
  /**
   * The best bands for the corridor's weights at this cycle and these splits, were offsets not whole seconds: what
   * `bands` falls short of them is the price of whole seconds. Proved by looking at every case.
   */
  readonly widest_bands: { readonly outbound_s: number; readonly inbound_s: number; readonly proved: boolean } | null;
  /** Mean over all vehicles of all intersections; progression is not counted as a gain. */
  readonly predicted_delay_s_per_veh: number;
  /** The same with platoons looked at, and stops at a stop line, by cyclic profiles; null for an intersection on its own. */
  readonly with_platoons: { readonly delay_s_per_veh: number; readonly stops_per_veh: number } | null;
  /** What a person should know about this proposal; `sentence()` gives the words. */
  readonly notes: readonly Problem[];
}
