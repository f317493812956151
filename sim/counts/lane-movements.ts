/**
 * Counts of lanes as counts of movements. Where two lanes lead the same way nobody can tell which of them a vehicle takes, so
 * lanes of an edge that share a way are counted together.
 */
import type { RoadNetwork } from "../network/road-network.ts";
import type { Movement, MovementCount } from "./count.ts";

export interface LaneCount {
  readonly lane: number;
  readonly begin_s: number;
  readonly end_s: number;
  readonly count: number;
}

/** Edges to which a lane leads. */
function aheadOf({ lanes, links }: RoadNetwork, lane: number): Set<number> {
  const ahead = new Set<number>();
  const end = lanes.firstLink[lane + 1] as number;
  for (let link = lanes.firstLink[lane] as number; link < end; link += 1) {
    ahead.add(lanes.edge[links.to[link] as number] as number);
  }
  return ahead;
}

interface Group {
  readonly lanes: number[];
  readonly ahead: Set<number>;
}

/** Lanes of an edge, together where they share a way. */
function groupsOf(network: RoadNetwork, edge: number): readonly Group[] {
  let groups: Group[] = [];
  const end = network.edges.firstLane[edge + 1] as number;
  for (let lane = network.edges.firstLane[edge] as number; lane < end; lane += 1) {
    const ahead = aheadOf(network, lane);
    if (ahead.size === 0) continue;
    const sharing = groups.filter((group) => [...ahead].some((to) => group.ahead.has(to)));
    groups = groups.filter((group) => !sharing.includes(group));
    groups.push({
      lanes: [...sharing.flatMap((group) => group.lanes), lane],
      ahead: new Set([...sharing.flatMap((group) => [...group.ahead]), ...ahead]),
    });
  }
  return groups;
}

/** `unclear`: lanes that share a way with one that was not counted; nothing can be made of those. */
export function laneMovements(
  network: RoadNetwork,
  counted: readonly LaneCount[],
): { readonly counts: readonly MovementCount[]; readonly unclear: readonly string[] } {
  const spans = new Map<string, LaneCount[]>();
  for (const each of counted) {
    const key = `${each.begin_s} ${each.end_s} ${network.lanes.edge[each.lane]}`;
    spans.set(key, [...(spans.get(key) ?? []), each]);
  }
  const counts: MovementCount[] = [];
  const unclear = new Set<string>();
  for (const list of spans.values()) {
    const { lane, begin_s, end_s } = list[0] as LaneCount;
    const edge = network.lanes.edge[lane] as number;
    const byLane = new Map(list.map((each) => [each.lane, each.count]));
    for (const group of groupsOf(network, edge)) {
      const known = group.lanes.filter((each) => byLane.has(each));
      if (known.length === group.lanes.length) {
        const count = known.reduce((sum, each) => sum + (byLane.get(each) ?? 0), 0);
        const movements = [...group.ahead].map((to): Movement => [edge, to]);
        counts.push({ name: known.map((each) => network.lanes.ids[each]).join(" "), movements, begin_s, end_s, count });
      } else for (const each of known) unclear.add(network.lanes.ids[each] ?? "");
    }
  }
  return { counts, unclear: [...unclear] };
}
