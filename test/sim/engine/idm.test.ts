import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { VehicleType } from "../../../sim/demand/demand.ts";
import { usualType } from "../../../sim/demand/usual-types.ts";
import { Idm } from "../../../sim/engine/idm.ts";
import { Simulation } from "../../../sim/engine/simulation.ts";
import type { World } from "../../../sim/engine/world.ts";
import type { RoadNetwork } from "../../../sim/network/road-network.ts";
import { demandOf, trips, twoJunctions } from "../../support/two-junctions.ts";

const NONE = -1;
const car: VehicleType = { id: "car", class: "passenger", ...usualType("passenger") };
const usual = { delta: 4, stepping_s: 0.25 };
const rule = (step_s: number, driving = usual, type = car): Idm => new Idm(type, driving, step_s);
const speed = fc.double({ min: 0, max: 40, noNaN: true });
const gap = fc.double({ min: 0, max: 500, noNaN: true });
const step = fc.constantFrom(0.1, 0.5, 1);

describe("a driver after the Intelligent Driver Model", () => {
  it("keeps the model's own gap behind a steady leader", () => {
    // s = (s0 + v T) / sqrt(1 - (v / v0)^delta), of which s0 is not told.
    for (const [theirs, desired] of [
      [5, 13.89],
      [8, 13.89],
      [13, 20],
    ] as const) {
      let [v, free]: [number, number] = [theirs, 60];
      for (let i = 0; i < 6000; i += 1) {
        v = rule(0.1).follow(v, free, theirs, desired);
        free += (theirs - v) * 0.1;
      }
      const steady = (car.minGap_m + theirs * car.tau_s) / Math.sqrt(1 - (theirs / desired) ** 4);
      expect(v).toBeCloseTo(theirs, 3);
      expect(free + car.minGap_m).toBeCloseTo(steady, 2);
    }
  });

  it("gains speed the slower the nearer it comes to the one it wishes, and settles there", () => {
    fc.assert(
      fc.property(fc.double({ min: 5, max: 40, noNaN: true }), step, (desired, step_s) => {
        let [v, gained] = [0, Number.POSITIVE_INFINITY];
        for (let i = 0; i < 100 / step_s; i += 1) {
          const next = rule(step_s).free(v, 1e6, desired, desired);
          if (next < 0.99 * desired) expect(next - v).toBeLessThanOrEqual(gained);
          expect(next).toBeLessThanOrEqual(desired + car.accel_m_s2 * usual.stepping_s);
          [gained, v] = [next - v, next];
        }
        expect(v).toBeCloseTo(desired, 1);
      }),
    );
  });

  it("never drives backwards, whoever is ahead and however near", () => {
    fc.assert(
      fc.property(speed, gap, speed, step, (v, free, theirs, step_s) => {
        for (const next of [
          rule(step_s).follow(v, free, theirs, 13.89),
          rule(step_s).stop(v, free, 13.89),
          rule(step_s).free(v, free, theirs, 13.89),
          rule(step_s).enter(v, free, theirs, 13.89),
        ]) {
          expect(next).toBeGreaterThanOrEqual(0);
          expect(Number.isFinite(next)).toBe(true);
        }
      }),
    );
  });

  it("comes onto the road no faster than it wants, and as fast as that where the gap is safe", () => {
    fc.assert(
      fc.property(speed, gap, speed, (v, free, theirs) => {
        const one = rule(1);
        const entered = one.enter(v, free, theirs, 40);
        expect(entered).toBeLessThanOrEqual(v + car.accel_m_s2);
        if (free >= one.secureGap_m(v, theirs)) expect(entered).toBe(v);
      }),
    );
  });

  it("takes its exponent and the parts of a step from its type", () => {
    const follow = (driving: typeof usual): number => rule(1, driving).follow(10, 12, 6, 13.89);
    expect(follow({ ...usual, delta: 1 })).toBeLessThan(follow(usual));
    expect(follow({ ...usual, stepping_s: 1 })).not.toBe(follow(usual));
    expect(follow({ ...usual, stepping_s: 1e-9 })).toBe(follow({ ...usual, stepping_s: 0.01 }));
  });
});

describe("traffic of such drivers and others", () => {
  let network: RoadNetwork;
  const idm = '<vType id="DEFAULT_VEHTYPE" carFollowModel="IDM"/>';

  beforeAll(async () => {
    network = await twoJunctions();
  });

  function expectNobodyTouches(world: World): void {
    for (let lane = 0; lane < world.front.length; lane += 1) {
      for (let v = world.front[lane] as number; v !== NONE; v = world.behind[v] as number) {
        expect(world.speed[v]).toBeGreaterThanOrEqual(0);
        const leader = world.ahead[v] as number;
        if (leader !== NONE) expect(world.rear_m(leader) - (world.pos[v] as number)).toBeGreaterThanOrEqual(0);
      }
    }
  }

  it("touches nobody, loses nobody and gives the same numbers again, compiled or not", {
    timeout: 30_000,
  }, async () => {
    const mixed = (seed: number): string =>
      `${idm}<vType id="k"/>${trips(150, 1.5, (at) => (at * 7919 + seed * 31) % 104_729)}`.replaceAll(
        /<trip id="v(\d*[05])"/g,
        '<trip id="v$1" type="k"',
      );
    for (const seed of [101, 102]) {
      const demand = await demandOf(network, mixed(seed));
      const run = (compiled: boolean): Simulation => {
        const simulation = new Simulation({ network, demand, seed, begin_s: 0, end_s: 900, compiled });
        while (!simulation.over) {
          simulation.step();
          if (compiled) expectNobodyTouches(simulation.world);
        }
        return simulation;
      };
      const simulation = run(true);
      expect(simulation.world.following).not.toBeNull();
      expect(simulation.result().inserted).toBe(150);
      expect(simulation.result().unfinished).toBe(0);
      expect(run(false).result()).toEqual(simulation.result());
    }
  });

  it("is refused with an exponent or parts of a step that mean nothing", async () => {
    for (const wrong of ['delta="0"', 'stepping="-1"']) {
      const type = `<vType id="t" carFollowModel="IDM" ${wrong}/>`;
      await expect(demandOf(network, type)).rejects.toThrow("SCENARIO_TYPE_VALUE");
    }
  });

  it("is none where nobody is said to drive so", async () => {
    const demand = await demandOf(
      network,
      trips(5, 2, (at) => at),
    );
    expect(new Simulation({ network, demand, seed: 1, begin_s: 0, end_s: 10 }).world.following).toBeNull();
  });
});
