import { beforeAll, describe, expect, it } from "vitest";
import { Simulation } from "../../../sim/engine/simulation.ts";
import type { World } from "../../../sim/engine/world.ts";
import type { RoadNetwork } from "../../../sim/network/road-network.ts";
import { demandOf, trips, twoJunctions } from "../../support/two-junctions.ts";

let network: RoadNetwork;

beforeAll(async () => {
  network = await twoJunctions();
});

async function busy(compiled: boolean, seed: number, step_s = 1): Promise<Simulation> {
  const demand = await demandOf(
    network,
    trips(300, 1.6, (at) => (at * 7919 + seed * 104_729) % 1009),
  );
  return new Simulation({ network, demand, seed, begin_s: 0, end_s: 600, step_s, compiled });
}

/** Where everybody is, and how fast. */
const places = ({ lane, pos, speed, loss_s }: World): string => [lane, pos, speed, loss_s].map(String).join(";");

describe("the compiled step", () => {
  it.each([1, 0.5, 0.1])("drives to the same numbers as the classes, in steps of %d s", async (step_s) => {
    for (const seed of [1, 2, 3]) {
      const [compiled, classes] = [await busy(true, seed, step_s), await busy(false, seed, step_s)];
      for (let step = 0; step < 300; step += 1) {
        compiled.step();
        classes.step();
        if (step % 20 === 0) expect(places(compiled.world)).toBe(places(classes.world));
      }
      expect(compiled.result()).toEqual(classes.result());
    }
  });

  it("works in the memory of the street's columns, and only where it was asked for", async () => {
    const { columns, speed } = (await busy(true, 1)).world;
    expect(columns.holds(speed)).toBe(true);
    expect((await busy(false, 1)).world.columns.memory).toBeNull();
  });
});
