/** Where lanes inside junctions cross people's ways. */
import { linksBy, type Placed } from "./crossing-rules.ts";
import type { FootLaneDraft } from "./draft.ts";
import type { Meetings } from "./footways.ts";
import { packed, startsOf } from "./packed.ts";
import { lastMeeting, pathLength_m } from "./polyline.ts";
import type { Roads, WayList } from "./way-list.ts";

interface Meeting {
  readonly lane: number;
  readonly way: number;
  readonly behind_m: number;
  readonly size_m: number;
  readonly at_m: number;
  readonly fromLeft: boolean;
}

/** From the first to the last point of a path. */
function heading(path: Float64Array): readonly [number, number] {
  const [x = 0, y = 0] = path;
  return [(path.at(-2) as number) - x, (path.at(-1) as number) - y];
}

/** Do lanes that are drawn so come from the left of who walks along the other path? */
function comesFromLeft(lane: Float64Array, crossing: Float64Array): boolean {
  const [[x, y], [wx, wy]] = [heading(lane), heading(crossing)];
  return wx * y - wy * x < 0;
}

/** Where a lane inside a junction crosses people's way; null where it does not. After SUMO's conflict areas, as `conflicts.ts`. */
function meetingOf({ lanes }: Roads, lane: number, way: number, crossing: FootLaneDraft): Meeting | null {
  const shape = lanes.shape[lane] as Float64Array;
  const [here, there] = [lastMeeting(shape, crossing.shape), lastMeeting(crossing.shape, shape)];
  if (here === null || there === null) return null;
  const long = lanes.length_m[lane] as number;
  const size_m = Math.min(crossing.width_m, long);
  const from_m = Math.max(0, here - size_m / 2) * (long / pathLength_m(shape));
  const at_m = there * (crossing.length_m / pathLength_m(crossing.shape));
  return { lane, way, behind_m: long - from_m, size_m, at_m, fromLeft: comesFromLeft(shape, crossing.shape) };
}

/** `inner`: lanes inside junctions by link. */
export function meetingsOf(
  roads: Roads,
  list: WayList,
  inner: readonly (readonly number[])[],
  placed: Placed,
): Meetings {
  const all: Meeting[] = [];
  for (const [number, crossing] of list.crossings.entries()) {
    const way = list.edge.length + number;
    const at = placed.get(way);
    if (at === undefined) continue;
    for (const link of linksBy(at.junction.requests.get(at.index)?.foes ?? "", at.junction.links)) {
      all.push(...(inner[link] ?? []).flatMap((lane) => meetingOf(roads, lane, way, crossing) ?? []));
    }
  }
  all.sort((a, b) => a.lane - b.lane || a.way - b.way);
  const ofLane: number[][] = roads.lanes.ids.map(() => []);
  const ofWay: number[][] = Array.from({ length: list.edge.length + list.crossings.length }, () => []);
  for (const [at, { lane, way }] of all.entries()) {
    ofLane[lane]?.push(at);
    ofWay[way]?.push(at);
  }
  const { first: firstOfWay, all: byWay } = packed(ofWay);
  return {
    lane: Int32Array.from(all, ({ lane }) => lane),
    way: Int32Array.from(all, ({ way }) => way),
    behind_m: Float64Array.from(all, ({ behind_m }) => behind_m),
    size_m: Float64Array.from(all, ({ size_m }) => size_m),
    at_m: Float64Array.from(all, ({ at_m }) => at_m),
    fromLeft: Uint8Array.from(all, ({ fromLeft }) => (fromLeft ? 1 : 0)),
    firstOfLane: startsOf(ofLane),
    firstOfWay,
    ofWay: byWay,
  };
}
