import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { vehicleClasses } from "../../../core/traffic/vehicle-class.ts";
import { createCandidates } from "../../../detectors/inference/candidates.ts";
import type { Detections } from "../../../detectors/inference/detector.ts";
import { createSuppressor } from "../../../detectors/inference/suppress.ts";

interface Box {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  readonly score: number;
  readonly name: (typeof vehicleClasses)[number];
}

const limit = 0.6;
const room = 64;

const bodies: readonly (readonly Box["name"][])[] = [
  ["pedestrian"],
  ["bicycle", "motorcycle"],
  ["car", "bus", "truck"],
];
const sameBody = (a: Box, b: Box): boolean => bodies.some((body) => body.includes(a.name) && body.includes(b.name));

function iou(a: Box, b: Box): number {
  const width = Math.max(0, Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x));
  const height = Math.max(0, Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y));
  return (width * height) / (a.w * a.h + b.w * b.h - width * height);
}

function read(detections: Detections): Box[] {
  return Array.from({ length: detections.count }, (_, i) => {
    const [x = 0, y = 0, w = 0, h = 0] = detections.boxes.subarray(i * 4, i * 4 + 4);
    return { x, y, w, h, score: detections.scores[i] ?? 0, name: vehicleClasses[detections.classes[i] ?? 0] ?? "car" };
  });
}

function suppress(boxes: readonly Box[]): Box[] {
  const candidates = createCandidates(room);
  boxes.forEach(({ x, y, w, h, score, name }, i) => {
    candidates.corners.set([x, y, x + w, y + h], i * 4);
    candidates.scores[i] = score;
    candidates.classes[i] = vehicleClasses.indexOf(name);
  });
  candidates.count = boxes.length;
  return read(createSuppressor(room, limit).suppress(candidates));
}

const whole = (min: number, max: number) => fc.integer({ min, max });
const boxes = fc
  .array(
    fc.record({
      x: whole(0, 40),
      y: whole(0, 40),
      w: whole(10, 40),
      h: whole(10, 40),
      name: fc.constantFrom(...vehicleClasses),
    }),
    { maxLength: room },
  )
  .chain((list) =>
    fc
      .uniqueArray(whole(1, 1024), { minLength: list.length, maxLength: list.length })
      .map((scores) => list.map((box, i): Box => ({ ...box, score: (scores[i] ?? 0) / 1024 }))),
  );

const car: Box = { x: 10, y: 10, w: 40, h: 20, score: 0.8, name: "car" };

describe("suppression", () => {
  it("keeps boxes by falling score, none overlapping a better one of its body, and loses none without such a reason", () => {
    fc.assert(
      fc.property(boxes, (given) => {
        const kept = suppress(given);
        kept.forEach((box, i) => {
          expect(given).toContainEqual(box);
          for (const better of kept.slice(0, i)) {
            expect(better.score).toBeGreaterThan(box.score);
            expect(sameBody(box, better) && iou(box, better) > limit + 1e-6).toBe(false);
          }
        });
        for (const box of given.filter(({ score }) => !kept.some((k) => k.score === score))) {
          const reason = kept.some((k) => k.score > box.score && sameBody(k, box) && iou(k, box) > limit - 1e-6);
          expect(reason).toBe(true);
        }
      }),
    );
  });

  it("does not depend on the order in which boxes come", () => {
    fc.assert(
      fc.property(boxes, (given) => {
        expect(suppress([...given].reverse())).toEqual(suppress(given));
      }),
    );
  });

  it("takes a car and a truck on the same spot for one vehicle", () => {
    expect(suppress([{ ...car, name: "truck", score: 0.7 }, car])).toEqual([expect.objectContaining({ name: "car" })]);
  });

  it("keeps a rider and the motorcycle below apart", () => {
    expect(
      suppress([
        { ...car, name: "motorcycle" },
        { ...car, name: "pedestrian", score: 0.5 },
      ]),
    ).toHaveLength(2);
  });
});
