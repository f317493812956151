/** Demand of every lane of some intersections, from what the service knows now. */
import type { Intersection, Volume } from "../network/schema.ts";
import type { Plan } from "../signal/plan.ts";
import { timeline } from "../signal/timeline.ts";
import type { FlowInterval } from "../traffic/flow-interval.ts";
import { type LaneDemand, type LaneDemandInput, laneDemand } from "../traffic/lane-demand.ts";
import type { PcuTable } from "../traffic/pcu.ts";

export interface DemandSources {
  readonly intersections: readonly Intersection[];
  /** Recent ones and those of earlier days, together. */
  readonly intervals: readonly FlowInterval[];
  readonly volumes: readonly Volume[];
  readonly now_ms: number;
  /** Plans in force, to know what a green could serve. */
  readonly plans?: readonly Plan[];
  readonly pcu?: PcuTable;
  readonly assumed_pcu_per_veh?: number;
}

export function gatherDemand(sources: DemandSources): readonly LaneDemand[] {
  const { intervals, volumes, now_ms, pcu, assumed_pcu_per_veh } = sources;
  const volumeOf = new Map(volumes.map((volume) => [volume.lane, volume.flow_veh_h]));
  const byLane = new Map<string, FlowInterval[]>();
  for (const interval of intervals) {
    const own = byLane.get(interval.lane);
    if (own === undefined) byLane.set(interval.lane, [interval]);
    else own.push(interval);
  }
  return sources.intersections.flatMap((intersection) => {
    const greens = greensInForce(intersection, sources.plans ?? []);
    return intersection.approaches.flatMap((approach) =>
      approach.lanes.map((lane) => {
        const served = greens.get(lane.phase);
        return laneDemand({
          lane: lane.id,
          now_ms,
          intervals: byLane.get(lane.id) ?? [],
          assumed_veh_h: volumeOf.get(lane.id) ?? 0,
          ...(assumed_pcu_per_veh === undefined ? {} : { assumed_pcu_per_veh }),
          ...(pcu === undefined ? {} : { pcu }),
          ...(served === undefined ? {} : { served: { saturation_pcu_h: lane.saturation_pcu_h, ...served } }),
        });
      }),
    );
  });
}

type Served = Pick<NonNullable<LaneDemandInput["served"]>, "green_s" | "cycle_s">;

function greensInForce(intersection: Intersection, plans: readonly Plan[]): ReadonlyMap<number, Served> {
  const plan = plans.find((one) => one.intersection === intersection.id);
  const laidOut = plan === undefined ? null : timeline(intersection, plan);
  if (laidOut === null || !laidOut.ok) return new Map();
  const { cycle_s, phases } = laidOut.value;
  return new Map(phases.map(({ phase, green }) => [phase, { green_s: green.to_s - green.from_s, cycle_s }]));
}
