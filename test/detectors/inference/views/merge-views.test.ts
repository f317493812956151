import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { vehicleClasses } from "../../../../core/traffic/vehicle-class.ts";
import type { Detections } from "../../../../detectors/inference/detector.ts";
import { ViewMerger } from "../../../../detectors/inference/views/merge-views.ts";
import { tile, type View } from "../../../../detectors/inference/views/plan.ts";

type Box = readonly [x: number, y: number, w: number, h: number];

const frame = { width: 1280, height: 720 } as const;
const whole: View = { left: 0, top: 0, ...frame };
const car = vehicleClasses.indexOf("car");
const motorcycle = vehicleClasses.indexOf("motorcycle");

function detections(boxes: readonly Box[], scores: readonly number[], kind = car): Detections {
  return {
    count: boxes.length,
    boxes: Float32Array.from(boxes.flat()),
    scores: Float32Array.from(scores),
    classes: new Uint8Array(boxes.length).fill(kind),
  };
}

/** What a faultless network says of a view: the part of each object that is in it, unless hardly anything is. */
function seen(objects: readonly Box[], view: View): Detections {
  const boxes: Box[] = [];
  const scores: number[] = [];
  for (const [x, y, w, h] of objects) {
    const [left, top] = [Math.max(x, view.left), Math.max(y, view.top)];
    const right = Math.min(x + w, view.left + view.width);
    const bottom = Math.min(y + h, view.top + view.height);
    if (right - left < 8 || bottom - top < 8) continue;
    boxes.push([left - view.left, top - view.top, right - left, bottom - top]);
    // Less of it, less sure; never the same twice.
    scores.push(0.9 * Math.sqrt(((right - left) * (bottom - top)) / (w * h)) - boxes.length * 1e-4);
  }
  return detections(boxes, scores);
}

function merged(views: readonly View[], found: readonly Detections[]): Box[] {
  const merger = new ViewMerger(frame.width, frame.height, 500);
  for (const [index, view] of views.entries()) merger.add(found[index] as Detections, view, index);
  const { count, boxes } = merger.merge();
  return Array.from({ length: count }, (_, i) => [...boxes.subarray(i * 4, i * 4 + 4)] as unknown as Box);
}

const grid = (columns: number, rows: number, overlap: number): readonly View[] =>
  tile(whole, { columns, rows, overlap }, 416, frame.height);

const tilings = fc.record({
  columns: fc.integer({ min: 1, max: 5 }),
  rows: fc.integer({ min: 1, max: 4 }),
  overlap: fc.double({ min: 0.08, max: 0.5, noNaN: true }),
});

const object: fc.Arbitrary<Box> = fc
  .tuple(
    fc.integer({ min: 24, max: 700 }),
    fc.integer({ min: 24, max: 500 }),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.double({ min: 0, max: 1, noNaN: true }),
  )
  .map(([w, h, x, y]) => [Math.round(x * (frame.width - w)), Math.round(y * (frame.height - h)), w, h] as const);

const apart = ([ax, ay, aw, ah]: Box, [bx, by, bw, bh]: Box): boolean =>
  ax + aw < bx || bx + bw < ax || ay + ah < by || by + bh < ay;

describe("several views of one picture", () => {
  test("show an object anywhere in it exactly once, whole, whatever the tiling", () => {
    fc.assert(
      fc.property(tilings, object, ({ columns, rows, overlap }, box) => {
        const views = grid(columns, rows, overlap);
        const found = merged(
          views,
          views.map((view) => seen([box], view)),
        );
        expect(found).toHaveLength(1);
        // A sliver may stay unseen at each side.
        for (const side of [0, 1] as const) {
          const [start, end] = [found[0]?.[side] ?? 0, (found[0]?.[side] ?? 0) + (found[0]?.[side === 0 ? 2 : 3] ?? 0)];
          expect(Math.abs(start - box[side])).toBeLessThan(8);
          expect(Math.abs(end - box[side] - box[side === 0 ? 2 : 3])).toBeLessThan(8);
        }
      }),
    );
  });

  test("show many objects that stand apart once each", () => {
    fc.assert(
      fc.property(tilings, fc.array(object, { maxLength: 12 }), ({ columns, rows, overlap }, candidates) => {
        const objects: Box[] = [];
        for (const each of candidates) if (objects.every((other) => apart(each, other))) objects.push(each);
        const views = grid(columns, rows, overlap);
        const found = merged(
          views,
          views.map((view) => seen(objects, view)),
        );
        expect(found).toHaveLength(objects.length);
      }),
    );
  });

  test("cover the picture to its last pixel with equal parts", () => {
    fc.assert(
      fc.property(tilings, ({ columns, rows, overlap }) => {
        const views = grid(columns, rows, overlap);
        expect(views).toHaveLength(columns * rows);
        expect(new Set(views.map(({ width, height }) => `${width}x${height}`)).size).toBe(1);
        expect(Math.min(...views.map(({ left }) => left))).toBe(0);
        expect(Math.max(...views.map(({ left, width }) => left + width))).toBe(frame.width);
        expect(Math.max(...views.map(({ top, height }) => top + height))).toBe(frame.height);
        for (const [i, { left, width }] of views.entries()) {
          const next = views[i + 1];
          if (next !== undefined && next.left > left) expect(next.left).toBeLessThan(left + width);
        }
      }),
    );
  });

  test("keep the motorcycle in front of the car that it half hides", () => {
    const views = grid(2, 1, 0.2);
    const merger = new ViewMerger(frame.width, frame.height, 10);
    merger.add(detections([[560, 100, 60, 60]], [0.8]), views[0] as View, 0);
    merger.add(detections([[50, 110, 40, 60]], [0.7], motorcycle), views[1] as View, 1);
    expect(merger.merge().count).toBe(2);
  });

  test("do not take two boxes of one view for one", () => {
    const views = grid(2, 1, 0.2);
    const merger = new ViewMerger(frame.width, frame.height, 10);
    const pair: Box[] = [
      [100, 100, 200, 120],
      [110, 100, 180, 110],
    ];
    merger.add(detections(pair, [0.8, 0.7]), views[0] as View, 0);
    expect(merger.merge().count).toBe(2);
  });
});

describe("tiles by the height of a motorcycle", () => {
  const tilesFor = (motorcycle_height: number): number =>
    tile(whole, { motorcycle_height, overlap: 0.2 }, 416, frame.height).length;

  test("are not needed where a motorcycle is legible in the whole picture", () => {
    // 32 pixels of 416 wide input are 98 of 1280, and those are 0.137 of 720.
    expect(tilesFor(0.14)).toBe(1);
    expect(tilesFor(0.13)).toBeGreaterThan(1);
  });

  test("are as many as make it 32 pixels high on the input, and no more than 64", () => {
    const views = tile(whole, { motorcycle_height: 0.06, overlap: 0.2 }, 416, frame.height);
    const side = Math.max(...views.map(({ width, height }) => Math.max(width, height)));
    expect((0.06 * frame.height * 416) / side).toBeGreaterThanOrEqual(31);
    expect(tilesFor(0.005)).toBe(64);
  });
});
