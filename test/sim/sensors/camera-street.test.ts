import { beforeAll, describe, expect, it } from "vitest";
import type { RoadNetwork } from "../../../sim/network/road-network.ts";
import { type CameraErrors, standardErrors } from "../../../sim/sensors/camera-errors.ts";
import { type CameraFault, faultKinds, randomFaults } from "../../../sim/sensors/camera-faults.ts";
import { CameraStreet } from "../../../sim/sensors/camera-street.ts";
import { lanesBelow, lanesInSight } from "../../../sim/sensors/camera-ways.ts";
import { GuardedStreet } from "../../../sim/street/guarded-street.ts";
import { OwnStreet } from "../../../sim/street/own-street.ts";
import { demandOf, trips, twoJunctions } from "../../support/two-junctions.ts";

let network: RoadNetwork;
beforeAll(async () => {
  network = await twoJunctions();
});

const place = (id: string): number => network.lanes.ids.indexOf(id);
const lengthOf = (id: string): number => network.lanes.length_m[place(id)] as number;
const exact: CameraErrors = { range_m: 80, missed: 0, doubled: 0, latency_s: 0 };

async function streets(errors: CameraErrors, faults: readonly CameraFault[] = []) {
  const demand = await demandOf(
    network,
    trips(300, 2, (at) => (at * 7919) % 1009),
  );
  const truth = new GuardedStreet(new OwnStreet({ network, demand, seed: 7, begin_s: 0, end_s: 600 }), null);
  const seen = new CameraStreet(truth, 7, errors, faults);
  seen.watch(network.lanes.ids.keys());
  return { truth, seen };
}

const fronts = ({ count, position_m }: { count: number; position_m: Float64Array }): readonly number[] => [
  ...position_m.subarray(0, count),
];

describe("the way that a camera sees", () => {
  it("goes back over junctions without a signal, wherever the map cuts it into lanes", () => {
    const seen = lanesInSight(network, 320);
    const before = lengthOf("dc_0") + lengthOf(":d_0_0");
    expect(seen.get(place("dc_0"))).toMatchObject({ ahead_m: 0, from_m: 0, next: -1, stop: place("dc_0") });
    expect(seen.get(place(":d_0_0"))).toMatchObject({ next: place("dc_0"), stop: place("dc_0") });
    expect(seen.get(place("ed_0"))?.ahead_m).toBeCloseTo(before, 6);
    expect(seen.get(place("ed_0"))?.from_m).toBeCloseTo(lengthOf("ed_0") - (320 - before), 6);
  });

  it("ends at its range, and shows nothing of what lies behind the intersection", () => {
    const seen = lanesInSight(network, 80);
    expect(seen.has(place("ed_0"))).toBe(false);
    expect(seen.has(place("cd_0"))).toBe(false);
  });

  it("begins below the mast: what is between it and the stop line is seen", () => {
    const below = lanesBelow(network, 15);
    expect(below.get(place(":c_1_0"))).toEqual({ stop: place("nc_0"), to_m: 15 });
    // A left turn waits on the first of its two lanes.
    expect(below.get(place(":c_2_0"))?.to_m).toBe(15);
    expect(below.get(place(":c_14_0"))?.to_m).toBeCloseTo(15 - lengthOf(":c_2_0"), 6);
  });
});

describe("a street that cameras see", () => {
  it("is the street itself as far as they see, where they have no errors", async () => {
    const { truth, seen } = await streets(exact);
    let compared = 0;
    while (truth.now_s < 300) {
      await truth.step();
      for (const id of ["dc_0", "wc_1", "nc_0", "sc_0"]) {
        const inRange = fronts(truth.lane(place(id))).filter((front_m) => front_m >= lengthOf(id) - 80);
        expect(fronts(seen.lane(place(id)))).toEqual(inRange);
        compared += inRange.length;
      }
      expect(seen.lane(place("cd_0")).count).toBe(0);
      const inside = fronts(truth.lane(place(":c_1_0"))).filter((front_m) => front_m <= 15);
      expect(fronts(seen.lane(place(":c_1_0")))).toEqual(inside);
    }
    expect(compared).toBeGreaterThan(1000);
  });

  it("tells of which moment a picture is", async () => {
    const { truth, seen } = await streets(standardErrors);
    await truth.step();
    expect(seen.cameras.told_s(place("nc_0"))).toBeCloseTo(truth.now_s - 0.3, 6);
  });

  it.each(faultKinds)("shows what a fault makes of it, for as long as it lasts: %s", async (kind) => {
    const fault = { lane: "wc_1", kind, from_s: 100, to_s: 150 };
    const { truth, seen } = await streets(exact, [fault]);
    const lane = place("wc_1");
    const [shown, true_m, age_s]: [(readonly number[])[], (readonly number[])[], number[]] = [[], [], []];
    while (truth.now_s < 160) {
      await truth.step();
      const now_s = truth.now_s;
      shown[now_s] = fronts(seen.lane(lane));
      true_m[now_s] = fronts(truth.lane(lane)).filter((front_m) => front_m >= lengthOf("wc_1") - 80);
      age_s[now_s] = now_s - seen.cameras.told_s(lane);
    }
    const during = shown.slice(100, 150);
    const expected: Record<typeof kind, readonly (readonly number[])[]> = {
      dark: during.map(() => true_m[99] as readonly number[]),
      repeated: during.map(() => true_m[99] as readonly number[]),
      late: true_m.slice(90, 140),
      stuck: true_m.slice(100, 150).map((each) => [lengthOf("wc_1") - 1, ...each].toSorted((a, b) => b - a)),
      silent: during.map(() => []),
    };
    expect(during).toEqual(expected[kind]);
    expect(age_s[149]).toBe({ dark: 50, late: 10, repeated: 0, stuck: 0, silent: 0 }[kind]);
    // Something was there to be seen, and is seen again.
    expect(true_m.slice(100, 150).flat().length).toBeGreaterThan(0);
    expect(shown.slice(150)).toEqual(true_m.slice(150));
    expect(age_s[150]).toBe(0);
  });
});

describe("faults by chance", () => {
  const draw = (seed: number) => randomFaults(["a", "b", "c", "d"], 3, seed, { begin_s: 0, end_s: 360_000 });

  it("come as often as was asked, each for a minute at least, the same for the same seed", () => {
    const faults = draw(5);
    // Less than three an hour, as nothing breaks that is broken.
    expect(faults.length / 400).toBeGreaterThan(2);
    expect(faults.length / 400).toBeLessThan(3);
    expect(faults.every(({ from_s, to_s }) => to_s - from_s >= 59)).toBe(true);
    expect(new Set(faults.map(({ kind }) => kind)).size).toBe(faultKinds.length);
    expect(draw(5)).toEqual(faults);
    expect(draw(6)).not.toEqual(faults);
  });
});
