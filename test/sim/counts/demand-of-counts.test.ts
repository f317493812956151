import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { listed } from "../../../core/problems/problem.ts";
import { geh } from "../../../sim/counts/count.ts";
import { demandOfCounts, mixOf } from "../../../sim/counts/demand-of-counts.ts";
import { pathFlows, wholeFlows } from "../../../sim/counts/path-flows.ts";
import { readCounts } from "../../../sim/counts/read-counts.ts";
import { drawDemand } from "../../../sim/demand/draw.ts";
import { Simulation } from "../../../sim/engine/simulation.ts";
import type { RoadNetwork } from "../../../sim/network/road-network.ts";
import { demandOf, trips, twoJunctions } from "../../support/two-junctions.ts";

const NONE = -1;
const span = { begin_s: 0, end_s: 3600 };
let network: RoadNetwork;
beforeAll(async () => {
  network = await twoJunctions();
});

/** Drives a demand, and counts who goes from which edge into which. */
function driven(demand: Parameters<typeof drawDemand>[0], seed: number): Map<string, number> {
  const simulation = new Simulation({ network, demand, seed, ...span });
  const { world } = simulation;
  const last = new Int32Array(world.demand.departures.length).fill(NONE);
  const counts = new Map<string, number>();
  const note = (v: number, edge: number): void => {
    if (last[v] === edge) return;
    if (last[v] !== NONE) {
      const name = `${network.edges.ids[last[v] as number]},${network.edges.ids[edge]}`;
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    last[v] = edge;
  };
  while (!simulation.over) {
    simulation.step();
    for (let at = 0; at < world.activeCount; at += 1) {
      const lane = world.active[at] as number;
      const edge = network.lanes.edge[lane] as number;
      if (network.edges.inside[edge] === 1) continue;
      for (let v = world.front[lane] as number; v !== NONE; v = world.behind[v] as number) note(v, edge);
    }
  }
  return counts;
}

const csvOf = (counts: ReadonlyMap<string, number>): string =>
  `from,to,count\n${[...counts].map(([name, count]) => `${name},${count}`).join("\n")}`;

describe("a demand from counts", () => {
  it("reproduces a scenario's own counts: GEH under 5 on at least 95 of 100 movements", async () => {
    const own = await demandOf(
      network,
      trips(600, 5, (at) => at * 13 + (at >> 2)),
    );
    const counts = driven(own, 101);
    const read = readCounts("c.csv", csvOf(counts), network, span);
    if (!read.ok) throw new Error(listed(read.problems));
    const made = demandOfCounts(network, read.value.counts, mixOf(own));
    if (!made.ok) throw new Error(listed(made.problems));
    expect(made.value.notes).toEqual([]);
    const again = driven(made.value.demand, 102);
    const good = [...counts].filter(([name, count]) => geh(again.get(name) ?? 0, count) < 5);
    expect(counts.size).toBeGreaterThan(8);
    expect(good.length).toBeGreaterThanOrEqual(0.95 * counts.size);
  });

  it("is the same for the same seed, and departs at other moments with another", async () => {
    const read = readCounts("c.csv", "from,to,count\nwc,cd,40", network, span);
    const made = read.ok ? demandOfCounts(network, read.value.counts, mixOf(await demandOf(network, ""))) : read;
    if (!made.ok) throw new Error(listed(made.problems));
    const times = (seed: number) => drawDemand(made.value.demand, seed).departures.map(({ depart_s }) => depart_s);
    expect(times(7)).toEqual(times(7));
    expect(times(7)).not.toEqual(times(8));
    expect(times(7)).toHaveLength(40);
  });

  it("is driven by whom the scenario has, those who depart by chance among them", async () => {
    const cars = '<flow id="c" begin="0" end="100" period="1" from="wc" to="de"/>';
    const riders =
      '<vType id="m" vClass="motorcycle"/><flow id="f" type="m" begin="0" end="1000" probability="0.3" from="wc" to="de"/>';
    const shares = mixOf(await demandOf(network, cars + riders)).map(({ type, share }) => [type.class, share]);
    expect(shares).toEqual([
      ["passenger", 0.25],
      ["motorcycle", 0.75],
    ]);
  });

  it("lets people stay where more came than left", async () => {
    const csv = "from,to,count\nwc,cd,500\nsc,cd,0\nnc,cd,0\ncd,de,20\ncd,dm,20";
    const read = readCounts("c.csv", csv, network, span);
    const made = read.ok ? demandOfCounts(network, read.value.counts, mixOf(await demandOf(network, ""))) : read;
    if (!made.ok) throw new Error(listed(made.problems));
    expect(made.value.notes).toEqual([]);
    const cd = network.edges.byId.get("cd");
    const stay = made.value.demand.departures.filter(({ route }) => route.at(-1) === cd).length;
    expect(Math.abs(stay - 460)).toBeLessThan(20);
  });
});

describe("lane counts", () => {
  it("stand for the movements of lanes that share a way", () => {
    const { edges, lanes } = network;
    const first = edges.firstLane[edges.byId.get("wc") as number] as number;
    const names = [lanes.ids[first], lanes.ids[first + 1]];
    const read = readCounts("c.csv", `lane;count\n${names[0]};30\n${names[1]};12\n`, network, span);
    if (!read.ok) throw new Error(listed(read.problems));
    expect(read.value.counts.reduce((sum, { count }) => sum + count, 0)).toBe(42);
  });

  it.each([
    ["no heading", "1,2,3\n", /1 .*columns/],
    ["a strange edge", "from,to,count\nwc,cd,3\nwc,zz,1\n", /c\.csv:3 .*no edge zz/],
    ["edges apart", "from,to,count\nwc,de,3\n", /c\.csv:2 .*straight into/],
    ["no number", "from,to,count\nwc,cd,many\n", /c\.csv:2 .*no count/],
    ["time backwards", "from,to,count,begin_s,end_s\nwc,cd,3,60,0\n", /c\.csv:2 .*must come later/],
    ["nothing", "from,to,count\n", /nothing can be made/],
  ])("with %s are refused with their line", (_, text, said) => {
    const read = readCounts("c.csv", text, network, span);
    expect(read.ok ? "" : listed(read.problems)).toMatch(said);
  });
});

describe("flows along ways", () => {
  it("come to the counts wherever some flows do", () => {
    const ways = [[0], [0, 1], [1, 2], [2]];
    fc.assert(
      fc.property(fc.array(fc.nat(400), { minLength: 4, maxLength: 4 }), (truth) => {
        const counted = [0, 1, 2].map((count) =>
          ways.reduce((sum, way, w) => sum + (way.includes(count) ? (truth[w] as number) : 0), 0),
        );
        const flows = pathFlows(ways, counted);
        for (const [count, wanted] of counted.entries()) {
          const had = ways.reduce((sum, way, w) => sum + (way.includes(count) ? (flows[w] as number) : 0), 0);
          expect(Math.abs(had - wanted)).toBeLessThan(0.01 * wanted + 0.5);
        }
      }),
    );
  });

  it("are rounded so that no sum is off by a vehicle", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 50, noNaN: true })), (flows) => {
        const whole = wholeFlows(Float64Array.from(flows), 0.5);
        let [sum, given] = [0, 0];
        for (const [at, flow] of flows.entries()) {
          sum += flow;
          given += whole[at] as number;
          expect(Math.abs(sum - given)).toBeLessThanOrEqual(1);
          expect(whole[at]).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });
});
