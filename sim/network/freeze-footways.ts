/** Footways as numbers, from what a network file says of them. */
import { CornerList } from "./corner-list.ts";
import { type CrossedJunction, placedOf, rulesOf } from "./crossing-rules.ts";
import type { FootDraft, FootLaneDraft } from "./draft.ts";
import { meetingsOf } from "./foot-meetings.ts";
import type { Footways } from "./footways.ts";
import { type Roads, waysOf } from "./way-list.ts";

const NONE = -1;

export interface FootwayMatter {
  readonly draft: FootDraft;
  readonly junctions: readonly CrossedJunction[];
  /** Lanes inside junctions by link. */
  readonly inner: readonly (readonly number[])[];
}

export function footwaysOf(roads: Roads, { draft, junctions, inner }: FootwayMatter): Footways {
  const crossings = draft.lanes.filter(({ crossing }) => crossing);
  const list = waysOf(roads, crossings);
  const corners = new CornerList(list.edge.length + crossings.length, draft.nodes);
  for (const lane of draft.lanes) if (!lane.crossing) corners.add(lane);
  for (const join of draft.joins) corners.join(join, list);
  corners.fill(list, draft.ends);
  const placed = placedOf(list, junctions);
  const ofEdge = new Int32Array(roads.edges.ids.length).fill(NONE);
  for (const [way, edge] of list.edge.entries()) ofEdge[edge] = way;
  const { lanes } = roads;
  const both = <T>(ofLane: (lane: number) => T, of: (crossing: FootLaneDraft) => T): T[] => [
    ...list.lane.map(ofLane),
    ...crossings.map(of),
  ];
  return {
    length_m: Float64Array.from(
      both(
        (lane) => lanes.length_m[lane] as number,
        (crossing) => crossing.length_m,
      ),
    ),
    width_m: Float64Array.from(
      both(
        (lane) => lanes.width_m[lane] as number,
        (crossing) => crossing.width_m,
      ),
    ),
    shape: both(
      (lane) => lanes.shape[lane] as Float64Array,
      (crossing) => crossing.shape,
    ),
    edge: Int32Array.from([...list.edge, ...crossings.map(() => NONE)]),
    ofEdge,
    corner: corners.corner,
    corners: corners.frozen,
    crossings: rulesOf(roads, list, draft.joins, placed),
    meetings: meetingsOf(roads, list, inner, placed),
  };
}
