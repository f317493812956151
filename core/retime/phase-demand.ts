/** From lanes to phases, and from phases to the critical path through rings and barriers. */
import type { Intersection, Lane } from "../network/schema.ts";
import { clearance_ds, leadAtMost_ds, minSplit_s } from "../signal/needs.ts";
import type { LaneDemand } from "../traffic/lane-demand.ts";

export interface PhaseDemand {
  readonly phase: number;
  /** Of the lane with the largest flow ratio; 0 and 0 for a phase without lanes. */
  readonly flow_pcu_h: number;
  readonly saturation_pcu_h: number;
  readonly flow_ratio: number;
  /** Yellow, red clearance and the wait for longer intergreens: the part of a split that is not green. */
  readonly lost_s: number;
  readonly min_split_s: number;
  readonly lanes: readonly { readonly lane: Lane; readonly flow_pcu_h: number }[];
}

export interface CriticalPath {
  readonly flow_ratio: number;
  readonly lost_time_s: number;
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
export function ringRows({ signal }: Intersection, demands: readonly PhaseDemand[]) {
  const byPhase = new Map(demands.map((demand) => [demand.phase, demand]));
  const groups = signal.rings[0]?.length ?? 0;
  return Array.from({ length: groups }, (_, g) =>
    signal.rings.map((ring) => (ring[g] ?? []).flatMap((phase) => byPhase.get(phase) ?? [])),
  );
}

export type RingRows = ReturnType<typeof ringRows>;

const sum = <T>(items: readonly T[], value: (item: T) => number): number => items.reduce((s, i) => s + value(i), 0);

/** In every barrier group the ring with the largest flow ratio; of equal ones, that with more lost time. */
export function criticalPath(rows: RingRows): CriticalPath {
  const perGroup = rows.map((rings) =>
    rings
      .map((phases) => ({ flow_ratio: sum(phases, (p) => p.flow_ratio), lost_time_s: sum(phases, (p) => p.lost_s) }))
      .reduce((worst, one) =>
        one.flow_ratio > worst.flow_ratio ||
        (one.flow_ratio === worst.flow_ratio && one.lost_time_s > worst.lost_time_s)
          ? one
          : worst,
      ),
  );
  return { flow_ratio: sum(perGroup, (g) => g.flow_ratio), lost_time_s: sum(perGroup, (g) => g.lost_time_s) };
}
