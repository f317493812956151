import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type DirectedLine,
  directedLine,
  lineTouchesRectangle,
  pathMeetsLine,
  positionAlong,
  signedDistance,
} from "../../../core/geometry/segment.ts";

const coordinate = fc.integer({ min: -500, max: 500 });
const line = fc
  .tuple(coordinate, coordinate, coordinate, coordinate)
  .filter(([x1, y1, x2, y2]) => Math.hypot(x2 - x1, y2 - y1) > 1)
  .map(([x1, y1, x2, y2]) => directedLine(x1, y1, x2, y2));
const place = fc.tuple(coordinate, coordinate);

const turned = ({ x1, y1, x2, y2 }: DirectedLine): DirectedLine => directedLine(x2, y2, x1, y1);

describe("the sides of a counting line", () => {
  test("walking down the picture, its left edge is on the right hand", () => {
    const down = directedLine(100, 0, 100, 200);
    expect(signedDistance(down, 90, 50)).toBe(10);
    expect(signedDistance(down, 130, 50)).toBe(-30);
  });

  test("walking to the right, the bottom of the picture is on the right hand", () => {
    expect(signedDistance(directedLine(0, 50, 100, 50), 20, 80)).toBe(30);
  });

  test("walking the other way swaps the hands", () => {
    fc.assert(
      fc.property(line, place, (walked, [x, y]) => {
        expect(signedDistance(turned(walked), x, y)).toBeCloseTo(-signedDistance(walked, x, y), 6);
      }),
    );
  });
});

describe("where a path meets a line", () => {
  test("halfway through a path straight across its middle", () => {
    expect(pathMeetsLine(directedLine(0, 50, 100, 50), 50, 40, 50, 60)).toBe(0.5);
  });

  test("nowhere when it passes beyond an end", () => {
    expect(pathMeetsLine(directedLine(0, 50, 100, 50), 101, 40, 101, 60)).toBeNaN();
  });

  test("the meeting point lies on the line, between its ends", () => {
    fc.assert(
      fc.property(line, place, place, (walked, [ax, ay], [bx, by]) => {
        const share = pathMeetsLine(walked, ax, ay, bx, by);
        fc.pre(!Number.isNaN(share));
        const [x, y] = [ax + (bx - ax) * share, ay + (by - ay) * share];
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1);
        expect(signedDistance(walked, x, y)).toBeCloseTo(0, 6);
        expect(positionAlong(walked, x, y)).toBeGreaterThan(-1e-9);
        expect(positionAlong(walked, x, y)).toBeLessThan(1 + 1e-9);
      }),
    );
  });

  test("two joined paths across an endless line meet it as often as their ends change sides, wherever they join", () => {
    // Endless for everything inside the picture, so that only sides matter.
    const endless = directedLine(-10_000, 0, 10_000, 0);
    const off = fc.tuple(coordinate, fc.integer({ min: 1, max: 500 }));
    fc.assert(
      fc.property(off, place, off, ([ax, up], [mx, my], [bx, down]) => {
        const first = pathMeetsLine(endless, ax, -up, mx, my);
        const second = pathMeetsLine(endless, mx, my, bx, down);
        expect([first, second].filter((share) => !Number.isNaN(share))).toHaveLength(1);
      }),
    );
  });
});

describe("does a line touch a rectangle?", () => {
  const rectangle = fc.tuple(
    coordinate,
    coordinate,
    fc.integer({ min: 1, max: 300 }),
    fc.integer({ min: 1, max: 300 }),
  );

  test("yes, when one of its points is inside", () => {
    fc.assert(
      fc.property(line, fc.double({ min: 0.001, max: 0.999, noNaN: true }), rectangle, (walked, at, [, , w, h]) => {
        const x = walked.x1 + (walked.x2 - walked.x1) * at;
        const y = walked.y1 + (walked.y2 - walked.y1) * at;
        expect(lineTouchesRectangle(walked, x - w, y - h, x + w, y + h)).toBe(true);
      }),
    );
  });

  test("no, when the whole rectangle is on one side of it", () => {
    fc.assert(
      fc.property(line, rectangle, (walked, [x, y, w, h]) => {
        const corners = [
          [x, y],
          [x + w, y],
          [x, y + h],
          [x + w, y + h],
        ].map(([cx, cy]) => signedDistance(walked, cx as number, cy as number));
        fc.pre(corners.every((distance) => distance > 1e-6) || corners.every((distance) => distance < -1e-6));
        expect(lineTouchesRectangle(walked, x, y, x + w, y + h)).toBe(false);
      }),
    );
  });

  test("no, when it ends before", () => {
    expect(lineTouchesRectangle(directedLine(0, 0, 10, 0), 11, -5, 20, 5)).toBe(false);
  });
});
