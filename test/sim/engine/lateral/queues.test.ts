import { describe, expect, it } from "vitest";
import { discharge, type Kind } from "../../../../bench/queues/discharge.ts";

const bike: readonly Kind[] = ["motorbike"];
const lateral_resolution_m = 0.8;

/** Cao and Sano, "Estimating Capacity and Motorcycle Equivalent Units on Urban Roads in Hanoi" (2012). */
const hanoi = { twoLanes: 13_358, threeLanes: 21_725, fourLanes: 24_335, car: 3.4 };

describe("a queue that leaves side by side", () => {
  it("carries as many motorcycles as were counted in Hanoi: each road within 25 %, all together within 15 %", async () => {
    const over: number[] = [];
    for (const [lanes, counted] of [
      [2, hanoi.twoLanes],
      [3, hanoi.threeLanes],
      [4, hanoi.fourLanes],
    ] as const) {
      const { perHour } = await discharge({ lanes, laneWidth_m: 3.5, kinds: bike, seed: 101, lateral_resolution_m });
      over.push(perHour.motorbike / counted - 1);
    }
    for (const each of over) expect(Math.abs(each)).toBeLessThan(0.25);
    expect(Math.abs(over.reduce((sum, each) => sum + each, 0) / over.length)).toBeLessThan(0.15);
  });

  it("carries some 600 cars an hour and metre, as Indonesia's manual has it", async () => {
    const { perHourAndMetre } = await discharge({
      lanes: 1,
      laneWidth_m: 3.2,
      kinds: ["car"],
      seed: 106,
      lateral_resolution_m,
    });
    expect(Math.abs(perHourAndMetre / 600 - 1)).toBeLessThan(0.1);
  });

  it("takes as much green for a car as for 3.4 motorcycles, as in Hanoi, within 20 %", async () => {
    let [bikes, cars] = [0, 0];
    for (const seed of [101, 102, 103, 104]) {
      const lane = { lanes: 1, laneWidth_m: 3.5, lateral_resolution_m, seed };
      bikes += (await discharge({ ...lane, kinds: bike })).perHour.motorbike;
      cars += (await discharge({ ...lane, kinds: ["car"] })).perHour.car;
    }
    expect(Math.abs(bikes / cars / hanoi.car - 1)).toBeLessThan(0.2);
  });

  it("stands three abreast in a lane of 3.2 m, where a single file stands one behind the other", async () => {
    const lane = { lanes: 1, laneWidth_m: 3.2, kinds: bike, seed: 103 };
    const [abreast, file] = [await discharge({ ...lane, lateral_resolution_m }), await discharge(lane)];
    expect(file.standing).toBe(4);
    expect(abreast.standing).toBeGreaterThanOrEqual(11);
    expect(abreast.perHour.motorbike / file.perHour.motorbike).toBeGreaterThan(2.5);
  });

  it("carries as many cars as in single file, for they do not fit side by side", async () => {
    const lane = { lanes: 1, laneWidth_m: 3.2, kinds: ["car"] as const, seed: 104 };
    const [abreast, file] = [await discharge({ ...lane, lateral_resolution_m }), await discharge(lane)];
    expect(Math.abs(abreast.perHour.car / file.perHour.car - 1)).toBeLessThan(0.1);
  });

  it("lets motorcycles through between standing cars to the front", async () => {
    const kinds: readonly Kind[] = ["car", "car", "car", "car", "motorbike", "motorbike"];
    const lanes = { lanes: 2, laneWidth_m: 3.5, kinds, seed: 105 };
    const [abreast, file] = [await discharge({ ...lanes, lateral_resolution_m }), await discharge(lanes)];
    expect(abreast.standing).toBeGreaterThan(file.standing + 2);
  });
});
