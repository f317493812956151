/** Footways while they are made: sidewalks of edges, then crossings. */
import type { FootLaneDraft } from "./draft.ts";
import { classBit, type RoadNetwork } from "./road-network.ts";

export type Roads = Omit<RoadNetwork, "footways">;

const onFoot = classBit("pedestrian");
const NONE = -1;

/** The lane of an edge for people alone, else the first on which they may be. */
function sidewalkOf({ edges, lanes }: Roads, edge: number): number {
  let found = NONE;
  for (let lane = edges.firstLane[edge] as number; lane < (edges.firstLane[edge + 1] as number); lane += 1) {
    const allowed = lanes.allowed[lane] as number;
    if (allowed === onFoot) return lane;
    if (found === NONE && (allowed & onFoot) !== 0) found = lane;
  }
  return found;
}

/** Ways, numbered, and by the names of their edges. */
export interface WayList {
  readonly edge: readonly number[];
  readonly lane: readonly number[];
  readonly crossings: readonly FootLaneDraft[];
  readonly byEdge: ReadonlyMap<string, number>;
}

export function waysOf(roads: Roads, crossings: readonly FootLaneDraft[]): WayList {
  const edge: number[] = [];
  const lane: number[] = [];
  const byEdge = new Map<string, number>();
  for (const [at, id] of roads.edges.ids.entries()) {
    const sidewalk = roads.edges.inside[at] === 1 ? NONE : sidewalkOf(roads, at);
    if (sidewalk === NONE) continue;
    byEdge.set(id, edge.length);
    edge.push(at);
    lane.push(sidewalk);
  }
  for (const [at, crossing] of crossings.entries()) byEdge.set(crossing.edge, edge.length + at);
  return { edge, lane, crossings, byEdge };
}
