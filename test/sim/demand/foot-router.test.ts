import { beforeAll, describe, expect, it } from "vitest";
import { FootRouter } from "../../../sim/demand/foot-router.ts";
import { directionFrom, type Footways, wayOf } from "../../../sim/network/footways.ts";
import type { RoadNetwork } from "../../../sim/network/road-network.ts";
import { midblockCrossing } from "../../support/midblock-crossing.ts";
import { twoJunctions } from "../../support/two-junctions.ts";

let network: RoadNetwork;
let ways: Footways;
beforeAll(async () => {
  network = await midblockCrossing("zebra");
  ways = network.footways.get();
});

const edge = (id: string): number => network.edges.byId.get(id) as number;
/** Edges in order, with a minus for those walked against their direction. */
const told = (route: Int32Array | null): string[] =>
  [...(route ?? [])].map((end) => {
    const id = network.edges.ids[ways.edge[wayOf(end)] as number] ?? "";
    return directionFrom(end) === 1 ? id : `-${id}`;
  });

describe("the way on foot", () => {
  it("leads straight on along sidewalks", () => {
    expect(told(new FootRouter(ways).route(edge("wc"), 0, edge("ce"), 50))).toEqual(["wc", "ce"]);
  });

  it("leads over the crossing where that is shorter, and round the end of the road where it is not", () => {
    const router = new FootRouter(ways);
    expect(told(router.route(edge("wc"), 90, edge("cw"), 10))).toEqual(["wc", "cw"]);
    expect(told(router.route(edge("wc"), 10, edge("cw"), 90))).toEqual(["-wc", "-cw"]);
  });

  it("stays on an edge in whichever direction its end lies", () => {
    const router = new FootRouter(ways);
    expect(told(router.route(edge("wc"), 10, edge("wc"), 60))).toEqual(["wc"]);
    expect(told(router.route(edge("wc"), 60, edge("wc"), 10))).toEqual(["-wc"]);
  });

  it("follows edges that are named, and none that do not hang together", () => {
    const router = new FootRouter(ways);
    expect(told(router.along(Int32Array.of(edge("wc"), edge("ec"))))).toEqual(["wc", "-ec"]);
    expect(told(router.along(Int32Array.of(edge("wc"), edge("ec"), edge("ce"))))).toEqual(["wc", "-ec", "-ce"]);
    expect(router.along(Int32Array.of(edge("wc"), edge("ce"), edge("wc")))).toBeNull();
  });

  it("crosses junctions that have no corners of their own anywhere", async () => {
    const bare = await twoJunctions();
    const all = bare.footways.get();
    const [from, to] = [bare.edges.byId.get("wc") as number, bare.edges.byId.get("de") as number];
    expect(new FootRouter(all).route(from, 0, to, 10)?.length).toBeGreaterThan(1);
  });
});

describe("a crossing", () => {
  it("is met by each lane that drives over it, in the middle of that lane", () => {
    const { lane, at_m, fromLeft } = ways.meetings;
    const met = Array.from(lane, (each, at) => [network.lanes.ids[each], at_m[at]?.toFixed(1), fromLeft[at]]);
    // It leads from north to south: those who drive to the west come from the left of who walks so.
    expect(met).toEqual([
      [":c_0_0", "1.6", 1],
      [":c_1_0", "4.8", 0],
    ]);
  });

  it("says who gives way: vehicles on a zebra, people where it has no priority", async () => {
    expect(ways.crossings.priority[ways.edge.indexOf(-1)]).toBe(1);
    expect(ways.crossings.yieldTo).toHaveLength(0);
    const gap = await midblockCrossing("gap");
    const { crossings, edge: edges } = gap.footways.get();
    expect(crossings.priority[edges.indexOf(-1)]).toBe(0);
    expect(crossings.yieldTo).toHaveLength(2);
  });
});
