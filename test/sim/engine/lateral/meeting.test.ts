import { beforeAll, describe, expect, it } from "vitest";
import { Simulation } from "../../../../sim/engine/simulation.ts";
import type { RoadNetwork } from "../../../../sim/network/road-network.ts";
import { demandOf, twoJunctions } from "../../../support/two-junctions.ts";

let network: RoadNetwork;

beforeAll(async () => {
  network = await twoJunctions();
});

const riders = `<vType id="motorbike" vClass="motorcycle" length="1.9" width="0.75" minGap="0.6" minGapLat="0.3"/>`;

/** Two who stand at the stop line, each where the other has to go: right to the south, left to the north. */
async function crosswise(type: string): Promise<Simulation> {
  const vehicle = (id: string, lane: number, to: string): string =>
    `<vehicle id="${id}" ${type} depart="0" departLane="${lane}" departPos="-4" departSpeed="0"><route edges="wc ${to}"/></vehicle>`;
  const demand = await demandOf(network, riders + vehicle("left", 0, "cn") + vehicle("right", 1, "cs"));
  return new Simulation({ network, demand, seed: 5, begin_s: 0, end_s: 240, lateral_resolution_m: 0.8 });
}

describe("two at the stop line, each of whom has to come to the other's lane", () => {
  it.each([
    ["motorcycles", 'type="motorbike"'],
    ["cars", ""],
  ])("come across, if they are %s, and go their ways", async (_, type) => {
    const { unfinished, never_inserted, lock } = (await crosswise(type)).run();
    expect({ unfinished, never_inserted, lock }).toEqual({ unfinished: 0, never_inserted: 0, lock: [] });
  });
});
