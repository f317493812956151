import { createHash } from "node:crypto";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { Simulation } from "../../../../sim/engine/simulation.ts";
import type { World } from "../../../../sim/engine/world.ts";
import type { RoadNetwork } from "../../../../sim/network/road-network.ts";
import { demandOf, trips, twoJunctions } from "../../../support/two-junctions.ts";

const NONE = -1;
const kinds = `
<vType id="car" vClass="passenger" length="4.5" width="1.8"/>
<vType id="bus" vClass="bus" length="11.5" width="2.5" accel="1.2" decel="4.0" maxSpeed="20"/>
<vType id="motorbike" vClass="motorcycle" length="1.9" width="0.75" minGap="0.6" minGapLat="0.3" accel="2.8" decel="5.0"/>`;
let network: RoadNetwork;

beforeAll(async () => {
  network = await twoJunctions();
});

/** Four of five ride motorcycles, one in twenty drives a bus. */
const kindOf = (at: number): string => (at % 5 !== 0 ? "motorbike" : at % 20 === 0 ? "bus" : "car");

async function mixed(seed: number, count = 400, every_s = 0.8): Promise<Simulation> {
  const plain = trips(count, every_s, (at) => (at * 7919 + seed * 104_729) % 1009);
  let at = 0;
  const typed = plain.replaceAll("<trip ", () => `<trip type="${kindOf(at++)}" `);
  const demand = await demandOf(network, kinds + typed);
  return new Simulation({ network, demand, seed, begin_s: 0, end_s: 900, lateral_resolution_m: 0.8 });
}

const offsets = (world: World): Float64Array => world.sideBySide?.offset_m ?? new Float64Array();

interface Body {
  readonly v: number;
  readonly front_m: number;
  readonly rear_m: number;
  readonly right_m: number;
  readonly left_m: number;
}

/** Bodies of every edge, measured from its start and from its right border. */
function* roads(world: World): Generator<readonly Body[]> {
  const { edges, lanes } = world.network;
  for (let edge = 0; edge < edges.ids.length; edge += 1) {
    const bodies: Body[] = [];
    let border = 0;
    for (let lane = edges.firstLane[edge] as number; lane < (edges.firstLane[edge + 1] as number); lane += 1) {
      const width = lanes.width_m[lane] as number;
      for (let v = world.front[lane] as number; v !== NONE; v = world.behind[v] as number) {
        const middle = border + width / 2 + (offsets(world)[v] as number);
        const half = (world.sideBySide?.width_m[v] as number) / 2;
        const front_m = world.pos[v] as number;
        const rear_m = front_m - (world.length[v] as number);
        bodies.push({ v, front_m, rear_m, right_m: middle - half, left_m: middle + half });
      }
      border += width;
    }
    yield bodies;
  }
}

const touch = (a: Body, b: Body): boolean =>
  a.rear_m < b.front_m - 0.01 &&
  b.rear_m < a.front_m - 0.01 &&
  a.right_m < b.left_m - 0.001 &&
  b.right_m < a.left_m - 0.001;

/** How many pairs drive or stand beside each other in one lane's width. */
function expectBodiesApart(world: World): number {
  let abreast = 0;
  for (const bodies of roads(world)) {
    for (const [at, a] of bodies.entries()) {
      for (const b of bodies.slice(at + 1)) {
        if (a.rear_m >= b.front_m || b.rear_m >= a.front_m) continue;
        expect(touch(a, b), `${a.v} and ${b.v} at ${world.now_s} s`).toBe(false);
        if (world.lane[a.v] === world.lane[b.v]) abreast += 1;
      }
    }
  }
  return abreast;
}

function expectNobodyLost(world: World): void {
  let here = 0;
  for (const bodies of roads(world)) here += bodies.length;
  const gone = world.arrived_s.filter((at) => !Number.isNaN(at)).length;
  const came = world.departed_s.filter((at) => !Number.isNaN(at)).length;
  expect(here).toBe(came - gone);
}

describe("mixed traffic, side by side", () => {
  it("keeps bodies apart as rectangles and speeds above zero, and loses nobody, whatever the seed", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 1_000_000 }), async (seed) => {
        const simulation = await mixed(seed, 250, 0.8);
        const { world } = simulation;
        let abreast = 0;
        for (let step = 0; step < 240; step += 1) {
          simulation.step();
          abreast += expectBodiesApart(world);
          expect(Math.min(...world.speed)).toBeGreaterThanOrEqual(0);
          expectNobodyLost(world);
        }
        expect(abreast).toBeGreaterThan(50);
      }),
      { numRuns: 6 },
    );
  });

  it("keeps everybody's middle within the lane that it is told to be on", async () => {
    const simulation = await mixed(3);
    const { world } = simulation;
    while (!simulation.over) {
      simulation.step();
      for (const [v, lane] of world.lane.entries()) {
        if (lane === NONE) continue;
        const off = Math.abs(offsets(world)[v] as number);
        expect(off).toBeLessThanOrEqual((network.lanes.width_m[lane] as number) / 2 + 1e-9);
      }
    }
  });

  it("gives the same bytes as when this was written, places across the road included", async () => {
    const simulation = await mixed(11);
    const bytes = createHash("sha256");
    const { world } = simulation;
    while (!simulation.over) {
      simulation.step();
      bytes.update(new Uint8Array(offsets(world).slice().buffer));
    }
    for (const field of [world.departed_s, world.arrived_s, world.loss_s, world.waiting_s]) {
      bytes.update(new Uint8Array(field.buffer));
    }
    expect(simulation.result().lock).toEqual([]);
    expect(bytes.digest("hex").slice(0, 16)).toMatchInlineSnapshot(`"870c3f9442e546a8"`);
  });
});
