import { beforeAll, describe, expect, it } from "vitest";
import { listed } from "../../../core/problems/problem.ts";
import { drawDemand } from "../../../sim/demand/draw.ts";
import type { RoadNetwork } from "../../../sim/network/road-network.ts";
import { type Traffic, TrafficReader } from "../../../sim/sumo/read-traffic.ts";
import { midblockCrossing } from "../../support/midblock-crossing.ts";
import { routesOf } from "../../support/two-junctions.ts";

let network: RoadNetwork;
beforeAll(async () => {
  network = await midblockCrossing("signal");
});

async function traffic(text: string): Promise<Traffic | string> {
  const reader = new TrafficReader(network, { begin_s: 0, end_s: 600 });
  const read = await reader.read("people.rou.xml", [routesOf(text)]);
  return read.ok ? reader.traffic : listed(read.problems);
}

async function accepted(text: string): Promise<Traffic> {
  const read = await traffic(text);
  if (typeof read === "string") throw new Error(read);
  return read;
}

describe("people of a route file", () => {
  it("walk between places, by default from the beginning of an edge to the middle of another, then on from there", async () => {
    const walks = '<walk from="wc" to="ce"/><walk to="cw" arrivalPos="-8"/>';
    const { demand, notes } = await accepted(`<person id="p" depart="3">${walks}</person>`);
    const [walker] = demand.walkers ?? [];
    expect(notes).toEqual([]);
    expect(walker).toMatchObject({ id: "p", depart_s: 3 });
    expect(walker?.walks.map(({ from_m, to_m }) => [from_m, to_m])).toEqual([
      [0, 49],
      [49, 90],
    ]);
    expect(demand.types[walker?.type ?? -1]?.class).toBe("pedestrian");
  });

  it("are refused where two have one name, which a vehicle may have beside them", async () => {
    const person = '<person id="p" depart="3"><walk from="wc" to="ce"/></person>';
    expect(await traffic(person + person)).toContain("the person has the name p, which was given before");
    expect(await traffic(`${person}<trip id="p" depart="3" from="wc" to="ce"/>`)).not.toBeTypeOf("string");
  });

  it("come in flows, by period, number, rate or chance", async () => {
    const walk = '<walk from="wc" to="ce"/></personFlow>';
    const { demand } = await accepted(
      `<personFlow id="a" begin="0" end="60" period="10">${walk}<personFlow id="b" begin="0" end="60" number="3">${walk}` +
        `<personFlow id="c" begin="0" end="60" personsPerHour="120">${walk}<personFlow id="d" begin="0" end="600" probability=".5">${walk}`,
    );
    const ids = demand.walkers?.map(({ id }) => id.slice(0, 1)).join("") ?? "";
    expect([..."abc"].map((flow) => ids.split(flow).length - 1)).toEqual([6, 3, 2]);
    const drawn = drawDemand(demand, 101).walkers?.filter(({ id }) => id.startsWith("d")) ?? [];
    expect(drawn.length).toBeGreaterThan(250);
    expect(drawn.length).toBeLessThan(350);
    expect(drawDemand(demand, 101)).toEqual(drawDemand(demand, 101));
    expect(drawDemand(demand, 102)).not.toEqual(drawDemand(demand, 101));
  });

  it("are left out, and that is told, where they ride, stop at places or cannot come there", async () => {
    const { demand, notes } = await accepted(
      '<person id="a" depart="0"><walk from="wc" to="ce"/><ride lines="ANY" to="cw"/></person>' +
        '<person id="b" depart="1"><personTrip from="wc" to="ce" modes="public"/></person>' +
        '<person id="c" depart="2"><walk edges="wc wc ce"/></person>' +
        '<person id="d" depart="3"><personTrip from="wc" to="ce"/></person>',
    );
    expect(demand.walkers?.map(({ id }) => id)).toEqual(["d"]);
    expect(notes.map(({ code, words }) => [code, words["element"], words["count"]])).toEqual([
      ["SCENARIO_PEOPLE_LEFT_OUT", "ride", 1],
      ["SCENARIO_PEOPLE_LEFT_OUT", "personTrip", 1],
      ["SCENARIO_WALK_LEFT_OUT", undefined, 1],
    ]);
  });

  it.each([
    ['<person id="p" depart="0"><walk from="nowhere" to="ce"/></person>', /no edge nowhere/],
    ['<person id="p" depart="0"><walk from="wc"/></person>', /to/],
    ['<person id="p" depart="0"><walk from="wc" to="ce" arrivalPos="far"/></person>', /far/],
    ['<person id="p" depart="0"><walk from="wc" to="ce" speed="-1"/></person>', /-1/],
    ['<person id="p" depart="0" type="ghost"><walk from="wc" to="ce"/></person>', /ghost/],
    ['<personFlow id="p" begin="0" end="9"><walk from="wc" to="ce"/></personFlow>', /p/],
  ])("are refused in a sentence: %s", async (text, told) => {
    const read = await traffic(text);
    expect(typeof read).toBe("string");
    expect(read).toMatch(told);
  });
});
