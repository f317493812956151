import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { Simulation } from "../../../sim/engine/simulation.ts";
import type { RoadNetwork } from "../../../sim/network/road-network.ts";
import { readNet } from "../../../sim/sumo/read-net.ts";
import { demandOf } from "../../support/two-junctions.ts";

async function networkOf(name: string): Promise<RoadNetwork> {
  const read = await readNet(name, [await readFile(new URL(`../../fixtures/${name}`, import.meta.url), "utf8")]);
  if (!read.ok) throw new Error(read.problems.map(({ code }) => code).join());
  return read.value;
}

/** So many vehicles, `every_s` apart, on these routes by turns. */
const stream = (count: number, every_s: number, routes: readonly string[]): string =>
  Array.from(
    { length: count },
    (_, at) =>
      `<vehicle id="v${at}" depart="${(at * every_s).toFixed(1)}" departLane="best" departSpeed="max">` +
      `<route edges="${routes[at % routes.length]}"/></vehicle>`,
  ).join("\n");

async function simulate(network: RoadNetwork, vehicles: string, end_s: number): Promise<Simulation> {
  return new Simulation({ network, demand: await demandOf(network, vehicles), seed: 101, begin_s: 0, end_s });
}

describe("a zipper", () => {
  it("lets two full lanes close up into one without anybody having to stand", async () => {
    const network = await networkOf("zipper.net.xml");
    const simulation = await simulate(network, stream(250, 2.4, ["ab bc"]), 900);
    const { lanes } = network;
    const used = new Set<string>();
    const { world } = simulation;
    while (!simulation.over) {
      simulation.step();
      for (const id of ["ab_0", "ab_1"]) if ((world.front[lanes.ids.indexOf(id)] as number) !== -1) used.add(id);
    }
    const { delay_s, unfinished, waiting_s } = simulation.result();
    expect(used.size).toBe(2);
    expect(unfinished).toBe(0);
    expect(waiting_s).toBeLessThan(1);
    // SUMO 1.15 comes to 20 s a vehicle with random gaps.
    expect(delay_s).toBeLessThan(30);
  });
});

describe("a roundabout of two lanes", () => {
  it("is driven on its inner lane by those who pass an exit, on the outer one by those who leave at the next", async () => {
    const network = await networkOf("roundabout.net.xml");
    const { edges, lanes } = network;
    const inner = async (routes: readonly string[]): Promise<number> => {
      const simulation = await simulate(network, stream(200, 3, routes), 900);
      const { world } = simulation;
      const counts = [0, 0];
      while (!simulation.over) {
        simulation.step();
        for (let i = 0; i < world.activeCount; i += 1) {
          const lane = world.active[i] as number;
          if (!edges.ids[lanes.edge[lane] as number]?.startsWith("c")) continue;
          const index = world.indexOf(lane);
          counts[index] = (counts[index] as number) + (world.count[lane] as number);
        }
      }
      expect(simulation.result().unfinished).toBe(0);
      return (counts[1] as number) / ((counts[0] as number) + (counts[1] as number));
    };
    const far = await inner([0, 1, 2, 3].map((i) => `in${i} c${i} c${(i + 1) % 4} c${(i + 2) % 4} out${(i + 3) % 4}`));
    const near = await inner([0, 1, 2, 3].map((i) => `in${i} c${i} out${(i + 1) % 4}`));
    expect(far).toBeGreaterThan(0.3);
    expect(near).toBeLessThan(0.1);
  });

  it("knows its edges, and from how far one sees into it", async () => {
    const { links } = await networkOf("roundabout.net.xml");
    expect(links.intoRoundabout.filter((into) => into === 1).length).toBeGreaterThan(0);
    expect([...links.visibility_m].some((visibility_m) => visibility_m > 4.5)).toBe(true);
  });
});
