/** From lanes to phases, laid out by rings and barriers. */
import type { Intersection, Lane } from "../network/schema.ts";
import { clearance_ds, leadAtMost_ds, minSplit_s } from "../signal/needs.ts";
import type { RingRows, TimedPhase } from "../timing/critical-path.ts";
import type { LaneDemand } from "../traffic/lane-demand.ts";

/** Yellow, red clearance and the wait for longer intergreens are its lost time. */
export interface PhaseDemand extends TimedPhase {
  /** Of the lane with the largest flow ratio; 0 and 0 for a phase without lanes. */
  readonly flow_pcu_h: number;
  readonly saturation_pcu_h: number;
  readonly lanes: readonly { readonly lane: Lane; readonly flow_pcu_h: number }[];
}

export type DemandByLane = ReadonlyMap<string, LaneDemand>;

/** Effective green is the green shown: start-up loss and use of yellow are both taken as 2 s (HCM default). */
export function phaseDemands({ approaches, signal }: Intersection, demand: DemandByLane): readonly PhaseDemand[] {
  const lanes = approaches.flatMap((approach) => approach.lanes);
  return signal.phases.map((phase) => {
    const own = lanes
      .filter((lane) => lane.phase === phase.number)
      .map((lane) => ({ lane, flow_pcu_h: demand.get(lane.id)?.flow_pcu_h ?? 0 }));
    const ratio = ({ lane, flow_pcu_h }: (typeof own)[number]): number => flow_pcu_h / lane.saturation_pcu_h;
    const critical = own.reduce<(typeof own)[number] | null>(
      (best, one) => (best === null || ratio(one) > ratio(best) ? one : best),
      null,
    );
    return {
      phase: phase.number,
      flow_pcu_h: critical?.flow_pcu_h ?? 0,
      saturation_pcu_h: critical?.lane.saturation_pcu_h ?? 0,
      flow_ratio: critical === null ? 0 : ratio(critical),
      lost_s: (clearance_ds(signal, phase.number) + leadAtMost_ds(signal, phase.number)) / 10,
      min_split_s: minSplit_s(signal, phase),
      lanes: own,
    };
  });
}

/** `rows[group][ring]`: demands in order. */
export function ringRows({ signal }: Intersection, demands: readonly PhaseDemand[]): RingRows<PhaseDemand> {
  const byPhase = new Map(demands.map((demand) => [demand.phase, demand]));
  const groups = signal.rings[0]?.length ?? 0;
  return Array.from({ length: groups }, (_, g) =>
    signal.rings.map((ring) => (ring[g] ?? []).flatMap((phase) => byPhase.get(phase) ?? [])),
  );
}
