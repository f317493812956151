import { beforeAll, describe, expect, it } from "vitest";
import { laneOrder } from "../../../sim/engine/lane-order.ts";
import { Simulation } from "../../../sim/engine/simulation.ts";
import type { RoadNetwork } from "../../../sim/network/road-network.ts";
import { demandOf, trips, twoJunctions } from "../../support/two-junctions.ts";

let network: RoadNetwork;

beforeAll(async () => {
  network = await twoJunctions();
});

/** The junction to which a lane leads, or inside which it is; -1 at the edge of the network. */
function junctionOf({ lanes, links }: RoadNetwork, lane: number): number {
  const own = lanes.junction[lane] as number;
  const first = lanes.firstLink[lane] as number;
  if (own !== -1 || first === lanes.firstLink[lane + 1]) return own;
  return lanes.junction[links.next[first] as number] as number;
}

async function drive(compiled: boolean, fewLanes: number): Promise<Simulation> {
  const demand = await demandOf(
    network,
    trips(100, 1.6, (at) => (at * 7919) % 1009),
  );
  return new Simulation({ network, demand, seed: 1, begin_s: 0, end_s: 240, compiled, fewLanes, fewSeated: 0 });
}

describe("the order of lanes", () => {
  it("has every lane once", () => {
    const order = laneOrder(network);
    expect([...order].toSorted((a, b) => a - b)).toEqual([...network.lanes.ids.keys()]);
  });

  it("keeps together the lanes of a junction and those that lead to it", () => {
    const junctions = [...laneOrder(network)].map((lane) => junctionOf(network, lane)).filter((at) => at !== -1);
    const runs = junctions.filter((at, i) => at !== junctions[i - 1]);
    expect(runs).toHaveLength(new Set(junctions).size);
  });

  it("does not need lanes to be drawn", () => {
    const undrawn = {
      ...network,
      lanes: { ...network.lanes, shape: network.lanes.shape.map(() => new Float64Array()) },
    };
    expect(laneOrder(undrawn)).toHaveLength(network.lanes.ids.length);
  });

  it("is the one in which vehicles drive where lanes are many, compiled or not, to the same numbers", async () => {
    const [compiled, classes] = [await drive(true, 0), await drive(false, 0)];
    const rank = laneOrder(network);
    const place = new Map([...rank].map((lane, at) => [lane, at]));
    for (let step = 0; step < 100; step += 1) {
      compiled.step();
      classes.step();
      const { active, activeCount } = classes.world;
      const places = [...active.subarray(0, activeCount)].map((lane) => place.get(lane) as number);
      expect(places).toEqual(places.toSorted((a, b) => a - b));
    }
    expect(compiled.run()).toEqual(classes.run());
  });
});
