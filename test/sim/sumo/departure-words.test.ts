import { beforeAll, describe, expect, it } from "vitest";
import { listed, sentence } from "../../../core/problems/problem.ts";
import { Simulation } from "../../../sim/engine/simulation.ts";
import type { RoadNetwork } from "../../../sim/network/road-network.ts";
import { readNet } from "../../../sim/sumo/read-net.ts";
import { type Traffic, TrafficReader } from "../../../sim/sumo/read-traffic.ts";
import { routesOf, twoJunctions, twoJunctionsText } from "../../support/two-junctions.ts";

let network: RoadNetwork;
beforeAll(async () => {
  network = await twoJunctions();
});

async function traffic(vehicles: string, roads = network): Promise<Traffic | string> {
  const reader = new TrafficReader(roads, { begin_s: 0, end_s: 3600 });
  const read = await reader.read("t.rou.xml", [routesOf(vehicles)]);
  return read.ok ? reader.traffic : listed(read.problems);
}

/** One trip that says more than from and to. */
const trip = (more: string, type = "") => traffic(`${type}<trip id="x" from="wc" to="de" ${more}/>`);

async function accepted(more: string): Promise<Traffic> {
  const read = await trip(more);
  if (typeof read === "string") throw new Error(read);
  return read;
}

describe("a departure that cannot be, as SUMO refuses it", () => {
  it.each([
    ['depart="0" departLane="7"', "x departs on lane 7 of the edge wc"],
    ['depart="0" departLane="-1"', "x departs on lane -1"],
    ['depart="0" departLane="0.5"', "x departs on lane 0.5"],
    ['depart="0" departSpeed="200"', "drive at most 55.5"],
    ['depart="0" departSpeed="-3"', "a speed is 0 or more"],
    ['depart="-5"', "before the clock begins"],
  ])("%s is answered with a sentence", async (more, words) => {
    expect(await trip(more)).toMatch(/^t\.rou\.xml:1/);
    expect(await trip(more)).toContain(words);
  });

  it("is one of a flow, too", async () => {
    expect(await traffic('<flow id="f" begin="-5" end="20" period="5" from="wc" to="de"/>')).toContain(
      "f departs at -5 s",
    );
  });

  it("is one above the limit where all drivers of a type are alike", async () => {
    const alike = '<vType id="s" speedDev="0"/>';
    expect(await trip('type="s" depart="0" departSpeed="30"', alike)).toContain("give the type a speedDev");
    expect(await trip('type="s" depart="0" departSpeed="13"', alike)).not.toBeTypeOf("string");
  });

  it("is one on a lane that is closed to the vehicle", async () => {
    const text = (await twoJunctionsText()).replace('<lane id="wc_0"', '<lane id="wc_0" disallow="passenger"');
    const read = await readNet("closed.net.xml", [text]);
    if (!read.ok) throw new Error(listed(read.problems));
    const onLane = (lane: number) =>
      traffic(`<trip id="x" depart="0" departLane="${lane}" from="wc" to="de"/>`, read.value);
    expect(await onLane(0)).toContain("does not let it drive there");
    expect(await onLane(1)).not.toBeTypeOf("string");
  });
});

describe("a departure that SUMO puts right", () => {
  it.each(["9999", "-9999"])("begins at the edge's end for a departPos of %s, which is told", async (position) => {
    const { demand, notes } = await accepted(`depart="0" departPos="${position}"`);
    const lane = network.edges.firstLane[network.edges.byId.get("wc") as number] as number;
    expect(demand.departures[0]?.position).toBe(network.lanes.length_m[lane]);
    expect(notes.map(({ code }) => code)).toEqual(["SCENARIO_DEPART_POSITION"]);
    expect(sentence(notes[0] as (typeof notes)[0])).not.toMatch(/\{\w+\}/);
  });

  it("keeps a place that counts from the end", async () => {
    const { demand, notes } = await accepted('depart="0" departPos="-20"');
    expect([demand.departures[0]?.position, notes]).toEqual([-20, []]);
  });

  it("drives as fast as it departs from then on, in hundredths of the limit", async () => {
    const { demand, notes } = await accepted('depart="0" departSpeed="20"');
    expect(notes.map(({ code }) => code)).toEqual(["SCENARIO_DEPART_FAST"]);
    const simulation = new Simulation({ network, demand, seed: 3, begin_s: 0, end_s: 60 });
    const lane = network.edges.firstLane[network.edges.byId.get("wc") as number] as number;
    const limit = network.lanes.speed_m_s[lane] as number;
    expect(simulation.world.factor[0]).toBe(Math.ceil((100 * 20) / limit) / 100);
  });
});
