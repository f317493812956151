import { createHash } from "node:crypto";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { Simulation } from "../../../sim/engine/simulation.ts";
import type { World } from "../../../sim/engine/world.ts";
import type { RoadNetwork } from "../../../sim/network/road-network.ts";
import { demandOf, trips, twoJunctions } from "../../support/two-junctions.ts";

const NONE = -1;
const RED = "r".charCodeAt(0);
let network: RoadNetwork;

beforeAll(async () => {
  network = await twoJunctions();
});

async function busy(seed: number, count = 300, every_s = 1.6, step_s = 1, fewSeated?: number): Promise<Simulation> {
  const demand = await demandOf(
    network,
    trips(count, every_s, (at) => (at * 7919 + seed * 104_729) % 1009),
  );
  const seating = fewSeated === undefined ? {} : { fewSeated };
  return new Simulation({ network, demand, seed, begin_s: 0, end_s: 900, step_s, ...seating });
}

/** Vehicles of every lane from the foremost to the last. */
function* queues(world: World): Generator<readonly number[]> {
  for (let lane = 0; lane < world.front.length; lane += 1) {
    const queue: number[] = [];
    for (let v = world.front[lane] as number; v !== NONE; v = world.behind[v] as number) queue.push(v);
    yield queue;
  }
}

function expectBodiesApart(world: World): void {
  for (const queue of queues(world)) {
    for (const [at, v] of queue.entries()) {
      const ahead = queue[at - 1];
      if (ahead === undefined) continue;
      const gap = (world.pos[ahead] as number) - (world.length[ahead] as number) - (world.pos[v] as number);
      expect(gap, `${v} behind ${ahead} at ${world.now_s} s`).toBeGreaterThan(-0.01);
    }
  }
}

/** Links by which vehicles left the lanes on which they were. */
function passed(before: Int32Array, world: World): number[] {
  const { lanes, links } = network;
  const found: number[] = [];
  for (const [v, lane] of before.entries()) {
    if (lane === NONE || world.lane[v] === lane) continue;
    for (let link = lanes.firstLink[lane] as number; link < (lanes.firstLink[lane + 1] as number); link += 1) {
      if (links.next[link] === world.lane[v]) found.push(link);
    }
  }
  return found;
}

/** Who is foremost, and near the line, on lanes all of whose links show red. */
function* foremostAtRed(world: World): Generator<number> {
  const { lanes, links } = network;
  for (let lane = 0; lane < lanes.ids.length; lane += 1) {
    const v = world.front[lane] as number;
    if (v === NONE || (lanes.length_m[lane] as number) - (world.pos[v] as number) > 1.5) continue;
    const [first, end] = [lanes.firstLink[lane] as number, lanes.firstLink[lane + 1] as number];
    const ruled = first < end && links.signal.slice(first, end).every((signal) => signal !== NONE);
    if (ruled && world.state.slice(first, end).every((state) => state === RED)) yield v;
  }
}

describe("a simulation of a signal and a junction without one", () => {
  it.each([1, 0.5, 0.1])(
    "lets whoever has come to stand before a red stand there, in steps of %s s",
    async (step_s) => {
      const simulation = await busy(7, 60, 4, step_s);
      const { world } = simulation;
      let stood = new Map<number, number>();
      let seen = 0;
      while (world.now_s < 400) {
        simulation.step();
        const standing = new Map<number, number>();
        for (const v of foremostAtRed(world)) {
          const at_m = world.pos[v] as number;
          const place_m = stood.get(v) ?? (world.speed[v] === 0 ? at_m : null);
          if (place_m === null) continue;
          expect(at_m - place_m, `${v} at ${world.now_s} s`).toBeLessThan(0.05);
          standing.set(v, place_m);
          seen += 1;
        }
        stood = standing;
      }
      expect(seen).toBeGreaterThan(100);
    },
  );

  it("keeps bodies apart and speeds above zero, and loses nobody, whatever the seed", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 1_000_000 }), async (seed) => {
        const simulation = await busy(seed, 120, 1.5);
        const { world } = simulation;
        for (let step = 0; step < 300; step += 1) {
          simulation.step();
          expectBodiesApart(world);
          expect(Math.min(...world.speed)).toBeGreaterThanOrEqual(0);
          let here = 0;
          for (const queue of queues(world)) here += queue.length;
          const gone = world.arrived_s.filter((at) => !Number.isNaN(at)).length;
          const came = world.departed_s.filter((at) => !Number.isNaN(at)).length;
          expect(here).toBe(came - gone);
        }
      }),
      { numRuns: 6 },
    );
  });

  it.each([0.5, 0.1])("does so in steps of %d s too, and comes to much the same delay", async (step_s) => {
    const simulation = await busy(7, 150, 1.6, step_s);
    const { world } = simulation;
    for (let step = 0; step < 120 / step_s; step += 1) {
      simulation.step();
      expectBodiesApart(world);
      expect(Math.min(...world.speed)).toBeGreaterThanOrEqual(0);
    }
    expect(world.now_s).toBe(120);
    const coarse = (await busy(7, 150)).run().delay_s;
    const fine = simulation.run().delay_s;
    // Shorter steps react sooner: queues leave more quickly, as they do in SUMO.
    expect(fine / coarse).toBeGreaterThan(0.6);
    expect(fine / coarse).toBeLessThan(1.2);
  });

  it("lets nobody over a stop line that is red", async () => {
    const simulation = await busy(5);
    const { world } = simulation;
    let crossed = 0;
    while (!simulation.over) {
      const before = Int32Array.from(world.lane);
      simulation.step();
      for (const link of passed(before, world)) {
        crossed += 1;
        expect(world.state[link], `over ${link} at ${world.now_s} s`).not.toBe(RED);
      }
    }
    expect(crossed).toBeGreaterThan(200);
  });

  it("gives the same figures for the same seed, and others for another", async () => {
    const [a, b, c] = [(await busy(11)).run(), (await busy(11)).run(), (await busy(12)).run()];
    expect(a).toEqual(b);
    expect(a.delay_s).not.toBe(c.delay_s);
    expect(a.never_inserted).toBe(0);
  });

  it("gives each vehicle the same journey wherever it sits", async () => {
    const [still, moved] = [await busy(11), await busy(11, 300, 1.6, 1, 0)];
    expect(moved.run()).toEqual(still.run());
    const journeys = ({ world }: Simulation) =>
      Array.from(world.seats.of, (v) => [world.departed_s[v], world.arrived_s[v], world.loss_s[v], world.driven[v]]);
    expect(journeys(moved)).toEqual(journeys(still));
    expect(moved.world.seats.of).not.toEqual(still.world.seats.of);
  });

  it("gives the same bytes as when this was written", async () => {
    const simulation = await busy(11);
    simulation.run();
    const { world } = simulation;
    const bytes = createHash("sha256");
    for (const field of [world.departed_s, world.arrived_s, world.loss_s, world.waiting_s]) {
      bytes.update(new Uint8Array(field.buffer, field.byteOffset, field.byteLength));
    }
    expect(bytes.digest("hex").slice(0, 16)).toMatchInlineSnapshot(`"b3599e92af35da50"`);
  });

  it("discharges a queue as Krauss' drivers do: some 1,950 vehicles an hour and lane", async () => {
    const vehicles = Array.from(
      { length: 40 },
      (_, at) => `<vehicle id="q${at}" depart="0" departLane="0" departSpeed="0"><route edges="ed dc"/></vehicle>`,
    ).join("");
    const demand = await demandOf(network, vehicles);
    const simulation = new Simulation({ network, demand, seed: 3, begin_s: 0, end_s: 400 });
    const { world } = simulation;
    const target = network.edges.byId.get("dc") as number;
    const seen = new Set<number>();
    const times: number[] = [];
    while (!simulation.over) {
      simulation.step();
      for (let v = 0; v < 40; v += 1) {
        const lane = world.lane[v] as number;
        if (lane === NONE || seen.has(v) || network.lanes.edge[lane] !== target) continue;
        seen.add(v);
        times.push(world.now_s);
      }
    }
    const headway_s = ((times[30] as number) - (times[10] as number)) / 20;
    expect(3600 / headway_s).toBeGreaterThan(1200);
    expect(3600 / headway_s).toBeLessThan(2100);
  });
});
