import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sentence } from "../../../core/problems/problem.ts";
import { readFlows, readRoadnet } from "../../../sim/cityflow/read-cityflow.ts";
import { Simulation } from "../../../sim/engine/simulation.ts";
import type { RoadNetwork } from "../../../sim/network/road-network.ts";
import { crossFlow, crossRoadnet } from "../../support/cityflow-cross.ts";

const roadnetText = JSON.stringify(crossRoadnet, null, 1);
const flowText = JSON.stringify(crossFlow, null, 1);

function network(): RoadNetwork {
  const read = readRoadnet({ file: "roadnet.json", text: roadnetText });
  if (!read.ok) throw new Error(read.problems.map(({ code }) => code).join());
  return read.value;
}

describe("a CityFlow road network", () => {
  it("has lanes that end where the junction begins", () => {
    const { edges, lanes } = network();
    const lane = edges.firstLane[edges.byId.get("in_w") as number] as number;
    expect(lanes.length_m[lane]).toBeCloseTo(190, 6);
  });

  it("lets who turns left give way to who comes straight from the other side", () => {
    const { lanes, links } = network();
    const names = (link: number) => [lanes.ids[links.from[link] as number], lanes.ids[links.to[link] as number]].join();
    const linkOf = (name: string) => [...links.from.keys()].findIndex((link) => names(link) === name);
    const [left, straight] = [linkOf("in_w_0,out_n_0"), linkOf("in_e_0,out_w_0")];
    const yieldsOf = (link: number) => [
      ...links.yieldTo.subarray(links.firstYield[link] as number, links.firstYield[link + 1] as number),
    ];
    expect(yieldsOf(left)).toContain(straight);
    expect(yieldsOf(straight)).not.toContain(left);
  });

  it("shows a letter for each road link: who gives way in a phase has the small one", () => {
    expect(network().programs[0]?.phases.map(({ state }) => state)).toEqual([
      "GgrrGgrr",
      "rrrrrrrr",
      "rrGgrrGg",
      "rrrrrrrr",
    ]);
  });

  it("says on which line a value is wrong", () => {
    const text = roadnetText.replace('"maxSpeed": 11.111', '"maxSpeed": -3');
    const line = text.slice(0, text.indexOf("-3")).split("\n").length;
    const read = readRoadnet({ file: "roadnet.json", text });
    expect(read.ok ? null : read.problems[0]).toMatchObject({ at: { file: "roadnet.json", line } });
  });

  it("says on which line it is no JSON", () => {
    const at = roadnetText.indexOf('"maxSpeed"');
    const line = roadnetText.slice(0, at).split("\n").length;
    const read = readRoadnet({ file: "roadnet.json", text: `${roadnetText.slice(0, at)}!${roadnetText.slice(at)}` });
    expect(read.ok ? null : read.problems[0]).toMatchObject({ code: "SCENARIO_JSON_BROKEN", at: { line } });
  });

  it("says which lane of which road is not there", () => {
    const text = roadnetText.replace('"startLaneIndex": 0', '"startLaneIndex": 4');
    const read = readRoadnet({ file: "roadnet.json", text });
    expect(read.ok ? null : read.problems[0]).toMatchObject({
      code: "CITYFLOW_LANE_UNKNOWN",
      words: { intersection: "cross", road: "in_w", lane: 4 },
      at: { file: "roadnet.json" },
    });
  });
});

describe("CityFlow's flows", () => {
  it("send one vehicle each interval, the first and the last moment included", () => {
    const read = readFlows({ file: "flow.json", text: flowText }, network(), 3600);
    const departures = read.ok ? read.value.departures : [];
    expect(departures.filter(({ id }) => id.startsWith("flow_1_")).map(({ depart_s }) => depart_s)).toEqual([
      10, 40, 70, 100, 130, 160, 190, 220, 250, 280,
    ]);
    expect(departures).toHaveLength(51 + 10);
  });

  it("arrive", () => {
    const roads = network();
    const read = readFlows({ file: "flow.json", text: flowText }, roads, 3600);
    if (!read.ok) throw new Error("flows were refused");
    const result = new Simulation({ network: roads, demand: read.value, seed: 101, begin_s: 0, end_s: 600 }).run();
    expect(result).toMatchObject({ inserted: 61, unfinished: 0, lock: [] });
  });

  it("that drive along a road which is not there are refused", () => {
    const read = readFlows({ file: "flow.json", text: flowText.replace("out_e", "out_x") }, network(), 3600);
    expect(read.ok ? null : read.problems[0]).toMatchObject({
      code: "CITYFLOW_ROAD_UNKNOWN",
      words: { road: "out_x" },
    });
  });

  it("and road networks, cut or garbled, are read or refused in a sentence", () => {
    const roads = network();
    const part = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(20), fc.string({ maxLength: 8 }));
    fc.assert(
      fc.property(part, fc.boolean(), ([share, gone, put], ofRoads) => {
        const text = ofRoads ? roadnetText : flowText;
        const at = Math.floor(share * text.length);
        const damaged = { file: "x.json", text: text.slice(0, at) + put + text.slice(at + gone) };
        const read = ofRoads ? readRoadnet(damaged) : readFlows(damaged, roads, 3600);
        if (!read.ok) for (const found of read.problems) expect(sentence(found)).not.toMatch(/\{\w+\}/);
      }),
      { numRuns: 200 },
    );
  });
});
