import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type VehicleClass, vehicleClasses } from "../../../core/traffic/vehicle-class.ts";
import type { Detections } from "../../../detectors/inference/detector.ts";
import { createTwoWheelerFusion, type TwoWheelerSettings } from "../../../detectors/inference/two-wheelers.ts";

type Box = readonly [x: number, y: number, w: number, h: number];
type Seen = readonly [name: VehicleClass, score: number, box: Box];

function detections(seen: readonly Seen[]): Detections {
  const sorted = [...seen].sort((a, b) => b[1] - a[1]);
  return {
    count: sorted.length,
    boxes: Float32Array.from(sorted.flatMap(([, , box]) => box)),
    scores: Float32Array.from(sorted, ([, score]) => score),
    classes: Uint8Array.from(sorted, ([name]) => vehicleClasses.indexOf(name)),
  };
}

function fuse(seen: readonly Seen[], settings: Partial<TwoWheelerSettings> = {}): Seen[] {
  const found = detections(seen);
  const { count, boxes, scores, classes } = createTwoWheelerFusion(found.count, {
    scoreThreshold: 0.4,
    ...settings,
  }).fuse(found);
  return Array.from({ length: count }, (_, i) => [
    vehicleClasses[classes[i] ?? 0] as VehicleClass,
    Math.round((scores[i] ?? 0) * 100) / 100,
    [...boxes.subarray(i * 4, i * 4 + 4)].map((v) => Math.round(v * 10) / 10) as unknown as Box,
  ]);
}

describe("two-wheelers with their riders", () => {
  it("makes one of a motorcycle and the person on it, as large as both", () => {
    expect(
      fuse([
        ["motorcycle", 0.6, [100, 140, 40, 60]],
        ["pedestrian", 0.7, [102, 100, 36, 90]],
      ]),
    ).toEqual([["motorcycle", 0.6, [100, 100, 40, 100]]]);
  });

  it("seats two riders on one motorcycle", () => {
    const fused = fuse([
      ["motorcycle", 0.6, [100, 120, 60, 80]],
      ["pedestrian", 0.7, [102, 110, 30, 70]],
      ["pedestrian", 0.5, [128, 110, 28, 70]],
    ]);
    expect(fused.map(([name]) => name)).toEqual(["motorcycle"]);
  });

  it("lets a person beside a motorcycle walk on", () => {
    const fused = fuse([
      ["motorcycle", 0.6, [100, 120, 40, 80]],
      ["pedestrian", 0.7, [142, 110, 30, 90]],
    ]);
    expect(fused.map(([name]) => name)).toEqual(["pedestrian", "motorcycle"]);
  });

  it("takes a wheel inside a motorcycle for a part of it", () => {
    expect(
      fuse([
        ["motorcycle", 0.8, [100, 100, 60, 100]],
        ["bicycle", 0.5, [105, 150, 30, 50]],
      ]),
    ).toEqual([["motorcycle", 0.8, [100, 100, 60, 100]]]);
  });

  it("keeps two motorcycles that stand close", () => {
    const fused = fuse([
      ["motorcycle", 0.8, [100, 100, 40, 80]],
      ["motorcycle", 0.7, [125, 100, 40, 80]],
    ]);
    expect(fused).toHaveLength(2);
  });

  it("believes a lone short person to ride where a weak two-wheeler bears witness", () => {
    const rider: Seen = ["pedestrian", 0.6, [100, 100, 40, 70]];
    expect(fuse([rider, ["motorcycle", 0.3, [98, 105, 44, 80]]])).toEqual([["motorcycle", 0.6, [96, 100, 48, 91]]]);
    expect(fuse([rider])).toEqual([rider]);
  });

  it("believes no witness that is much weaker than the threshold", () => {
    const rider: Seen = ["pedestrian", 0.6, [100, 100, 40, 70]];
    expect(fuse([rider, ["motorcycle", 0.25, [98, 105, 44, 80]]])).toEqual([rider]);
  });

  it("does not grow a motorcycle over the neighbour's rider who is nearly in its box", () => {
    const motorcycle: Seen = ["motorcycle", 0.6, [100, 100, 60, 100]];
    expect(fuse([motorcycle, ["pedestrian", 0.5, [135, 105, 30, 60]]])).toEqual([motorcycle]);
  });

  it("lets a tall person walk whatever weak two-wheeler is there", () => {
    const walker: Seen = ["pedestrian", 0.6, [100, 100, 30, 90]];
    expect(fuse([walker, ["motorcycle", 0.35, [98, 100, 34, 95]]])).toEqual([walker]);
  });

  it("may ask less of two-wheelers than of cars and people", () => {
    const weak = (name: VehicleClass, x: number): Seen => [name, 0.35, [x, 100, 40, 70]];
    const fused = fuse([weak("motorcycle", 0), weak("car", 100), weak("pedestrian", 200)], {
      twoWheelerThreshold: 0.3,
      scoreThreshold: 0.36,
    });
    expect(fused.map(([name]) => name)).toEqual(["motorcycle"]);
  });

  it("takes every lone person on the carriageway for a rider, and nobody beside it", () => {
    const onCarriageway = (x: number) => x < 200;
    const fused = fuse(
      [
        ["pedestrian", 0.6, [100, 100, 30, 90]],
        ["pedestrian", 0.5, [300, 100, 30, 90]],
      ],
      { onCarriageway },
    );
    expect(fused.map(([name]) => name)).toEqual(["motorcycle", "pedestrian"]);
  });

  const box = fc.tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 400 }), side(), side());
  const someone = fc.tuple(fc.constantFrom(...vehicleClasses), fc.integer({ min: 10, max: 99 }), box);
  const street = fc
    .array(someone, { maxLength: 25 })
    .map((all): Seen[] => all.map(([name, score, place]) => [name, score / 100, place]));

  it("answers by falling score, above the threshold, with never more than it was given", () => {
    fc.assert(
      fc.property(street, (seen) => {
        const fused = fuse(seen);
        expect(fused.length).toBeLessThanOrEqual(seen.length);
        const scores = fused.map(([, score]) => score);
        expect(scores).toEqual([...scores].sort((a, b) => b - a));
        expect(scores.every((score) => score >= 0.4)).toBe(true);
      }),
    );
  });

  it("leaves cars, buses and trucks as they are", () => {
    fc.assert(
      fc.property(street, (seen) => {
        const four = ([name, score]: Seen): boolean => ["car", "bus", "truck"].includes(name) && score >= 0.4;
        const order = (all: Seen[]) => all.map((each) => JSON.stringify(each)).sort();
        expect(order(fuse(seen).filter(four))).toEqual(order(seen.filter(four)));
      }),
    );
  });

  it("leaves no two-wheeler inside another that was kept, unless a rider made it grow", () => {
    fc.assert(
      fc.property(street, (seen) => {
        const fused = fuse(seen.filter(([name]) => name !== "pedestrian"));
        const two = fused.filter(([name]) => name === "motorcycle" || name === "bicycle");
        for (const [i, [, , a]] of two.entries()) {
          for (const [, , b] of two.slice(i + 1)) {
            const w = Math.min(a[0] + a[2], b[0] + b[2]) - Math.max(a[0], b[0]);
            const h = Math.min(a[1] + a[3], b[1] + b[3]) - Math.max(a[1], b[1]);
            const shared = Math.max(0, w) * Math.max(0, h);
            expect(shared).toBeLessThanOrEqual(0.6 * Math.min(a[2] * a[3], b[2] * b[3]) + 0.001);
          }
        }
      }),
    );
  });
});

function side(): fc.Arbitrary<number> {
  return fc.integer({ min: 4, max: 150 });
}
