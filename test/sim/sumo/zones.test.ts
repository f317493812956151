import { beforeAll, describe, expect, it } from "vitest";
import { listed } from "../../../core/problems/problem.ts";
import type { RoadNetwork } from "../../../sim/network/road-network.ts";
import { TrafficReader } from "../../../sim/sumo/read-traffic.ts";
import { routesOf, twoJunctions } from "../../support/two-junctions.ts";

let network: RoadNetwork;
beforeAll(async () => {
  network = await twoJunctions();
});

/** The first route of a demand, or the sentence that refuses it. */
async function routeOf(zones: string, trips: string): Promise<string> {
  const reader = new TrafficReader(network, { begin_s: 0, end_s: 3600 });
  const files: readonly (readonly [string, string])[] = [
    ["zones.add.xml", `<additional>${zones}</additional>`],
    ["t.rou.xml", routesOf(trips)],
  ];
  for (const [file, text] of files) {
    const read = await reader.read(file, [text]);
    if (!read.ok) return listed(read.problems);
  }
  return [...(reader.traffic.demand.departures[0]?.route ?? [])].map((edge) => network.edges.ids[edge]).join(" ");
}

const trip = (more: string) => `<trip id="t" depart="0" ${more}/>`;
const betweenBoth = trip('fromTaz="a" toTaz="b"');

/** What SUMO 1.15 drives for the same files. */
describe("a trip between zones", () => {
  it("takes the quickest of all ways from an edge of one to an edge of the other, whatever the weights", async () => {
    const zones =
      '<tazs><taz id="a"><tazSource id="wc" weight="9"/><tazSource id="dc" weight="0"/></taz></tazs><taz id="b" edges="cn dm"/>';
    expect(await routeOf(zones, betweenBoth)).toBe("dc cn");
  });

  it("may stay on one edge, the shortest, where both zones have it", async () => {
    expect(await routeOf('<taz id="a" edges="wc cd"/><taz id="b" edges="wc cd"/>', betweenBoth)).toBe("cd");
  });

  it("goes by what it has to come to on the way", async () => {
    const zones = '<taz id="a" edges="wc nc"/><taz id="b" edges="cs dm"/>';
    expect(await routeOf(zones, trip('fromTaz="a" toTaz="b" via="cd"'))).toBe("wc cd dm");
  });

  it("may have an edge at one end, which also counts where both are named", async () => {
    const zone = '<taz id="a" edges="wc nc"/>';
    expect(await routeOf(zone, trip('fromTaz="a" to="dm" from="sc"'))).toBe("sc cd dm");
    expect(await routeOf(zone, trip('fromTaz="a" to="dm"'))).toBe("wc cd dm");
  });

  it.each([
    ["a zone that nobody defines", '<taz id="a" edges="wc"/>', "names the zone b"],
    ["a zone without sinks", '<taz id="a" edges="wc"/><taz id="b"><tazSource id="cd"/></taz>', "no edge for that end"],
    ["zones that no way joins", '<taz id="a" edges="de cn"/><taz id="b" edges="wc"/>', "no way leads from a to b"],
    ["two zones of one name", '<taz id="a" edges="wc"/><taz id="a" edges="cd"/>', "the taz a stands twice"],
    ["an edge that is not there", '<taz id="a" edges="nope"/>', "no edge nope"],
  ])("is refused with a sentence for %s", async (_, zones, words) => {
    expect(await routeOf(zones, betweenBoth)).toContain(words);
  });

  it("is refused between junctions", async () => {
    expect(await routeOf("", trip('fromJunction="w" toJunction="e"'))).toContain("goes between junctions");
  });
});
