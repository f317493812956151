import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type LineGroup, lineGroups } from "../../../detectors/plates/line-groups.ts";
import { angleOf, boundsOf, heightOf, type Quad, widened, widthOf } from "../../../detectors/plates/quad.ts";
import { rectified, unitSquareTo } from "../../../detectors/plates/rectify.ts";
import { textRegions } from "../../../detectors/plates/text-regions.ts";
import { vehicleLooks } from "../../../detectors/plates/vehicle-looks.ts";
import "../../support/property-seed.ts";

/** A rectangle of text: its middle, size, and turn in radians. */
function line(x: number, y: number, width: number, height: number, turn = 0): Quad {
  const at = (u: number, v: number) => ({
    x: x + u * width * Math.cos(turn) - v * height * Math.sin(turn),
    y: y + u * width * Math.sin(turn) + v * height * Math.cos(turn),
  });
  return [at(-0.5, -0.5), at(0.5, -0.5), at(0.5, 0.5), at(-0.5, 0.5)];
}

const mapped = (quad: Quad, u: number, v: number): [number, number] => {
  const [a, b, c, d, e, f, g, h] = unitSquareTo(quad);
  const w = g * u + h * v + 1;
  return [(a * u + b * v + c) / w, (d * u + e * v + f) / w];
};

describe("the map from a rectangle to a patch seen at an angle", () => {
  it("takes corners to corners and straight lines to straight lines", () => {
    const offset = fc.integer({ min: -12, max: 12 });
    fc.assert(
      fc.property(
        fc.array(offset, { minLength: 8, maxLength: 8 }),
        fc.double({ min: 0.1, max: 0.9, noNaN: true }),
        (o, u) => {
          const quad = line(100, 60, 120, 50).map(({ x, y }, i) => ({
            x: x + (o[2 * i] ?? 0),
            y: y + (o[2 * i + 1] ?? 0),
          }));
          const seen = quad as unknown as Quad;
          for (const [i, [cu, cv]] of [
            [0, 0],
            [1, 0],
            [1, 1],
            [0, 1],
          ].entries()) {
            const [x, y] = mapped(seen, cu ?? 0, cv ?? 0);
            expect(Math.hypot(x - (seen[i]?.x ?? 0), y - (seen[i]?.y ?? 0))).toBeLessThan(1e-6);
          }
          const [px, py] = mapped(seen, u, 0);
          const across = (seen[1].x - seen[0].x) * (py - seen[0].y) - (seen[1].y - seen[0].y) * (px - seen[0].x);
          expect(Math.abs(across)).toBeLessThan(1e-6);
        },
      ),
    );
  });

  it("straightens a patch", () => {
    const quad = line(40, 30, 48, 16, 0.3);
    const [width, height] = [80, 60];
    // Red grows along the patch, green across it.
    const rgb = new Uint8Array(width * height * 3);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const [dx, dy] = [x + 0.5 - 40, y + 0.5 - 30];
        rgb[(y * width + x) * 3] = Math.round(128 + 4 * (dx * Math.cos(0.3) + dy * Math.sin(0.3)));
        rgb[(y * width + x) * 3 + 1] = Math.round(128 + 4 * (dy * Math.cos(0.3) - dx * Math.sin(0.3)));
      }
    }
    const straight = rectified({ rgb, width, height }, quad, 24, 8);
    for (let y = 0; y < 8; y++) {
      for (let x = 0; x < 24; x++) {
        const at = (y * 24 + x) * 3;
        expect(Math.abs((straight.rgb[at] ?? 0) - (128 + 8 * (x + 0.5 - 12)))).toBeLessThan(3);
        expect(Math.abs((straight.rgb[at + 1] ?? 0) - (128 + 8 * (y + 0.5 - 4)))).toBeLessThan(3);
      }
    }
  });
});

/** A text map in which every pixel inside one of the patches is text. */
function mapOf(patches: readonly Quad[], width = 200, height = 120) {
  const values = new Float32Array(width * height);
  const inside = (quad: Quad, x: number, y: number): boolean =>
    quad.every((p, i) => {
      const q = quad[(i + 1) % 4] ?? p;
      return (q.x - p.x) * (y - p.y) - (q.y - p.y) * (x - p.x) >= 0;
    });
  for (let i = 0; i < values.length; i++) {
    if (patches.some((quad) => inside(quad, (i % width) + 0.5, Math.floor(i / width) + 0.5))) values[i] = 0.9;
  }
  return { values, width, height };
}

describe("lines of text in a text map", () => {
  it("lie as their cores lie, grown by what the network shrank them", () => {
    const turn = fc.double({ min: -0.6, max: 0.6, noNaN: true });
    fc.assert(
      fc.property(turn, fc.integer({ min: 40, max: 90 }), fc.integer({ min: 7, max: 14 }), (angle, width, height) => {
        const [region, ...others] = textRegions(mapOf([line(100, 60, width, height, angle)]));
        expect(others).toEqual([]);
        const quad = region?.quad ?? line(0, 0, 1, 1);
        const grown = (width * height * 1.5) / (width + height);
        expect(Math.abs(angleOf(quad) - angle)).toBeLessThan(0.08);
        expect(Math.abs(widthOf(quad) - width - grown)).toBeLessThan(4);
        expect(Math.abs(heightOf(quad) - height - grown)).toBeLessThan(3);
      }),
      { numRuns: 60 },
    );
  });

  it("are one region each, with what the map's edge cuts off marked", () => {
    const regions = textRegions(mapOf([line(60, 30, 60, 10), line(60, 70, 60, 10), line(195, 100, 40, 10)]));
    expect(regions.map(({ cut }) => cut)).toEqual([false, false, true]);
  });

  it("keep edges that converge, as on a plate seen from the side", () => {
    const seen: Quad = [
      { x: 50, y: 50 },
      { x: 150, y: 40 },
      { x: 150, y: 66 },
      { x: 50, y: 60 },
    ];
    const quad = textRegions(mapOf([seen]))[0]?.quad ?? line(0, 0, 1, 1);
    const left = quad[3].y - quad[0].y;
    const right = quad[2].y - quad[1].y;
    expect(right / left).toBeGreaterThan(1.15);
  });

  it("leave out specks and what is hardly text", () => {
    expect(textRegions(mapOf([line(50, 50, 2, 2)]))).toEqual([]);
    const faint = mapOf([line(100, 60, 60, 12)]);
    expect(textRegions({ ...faint, values: faint.values.map((value) => value * 0.4) })).toEqual([]);
  });
});

const rowsOf = (groups: readonly LineGroup[], layout: string): string[] =>
  groups.filter((group) => group.layout === layout).map(({ rows }) => rows.map((row) => row.join("+")).join("/"));

describe("lines that may form one plate", () => {
  it("stand one above the other, also on a leaning motorcycle", () => {
    for (const turn of [0, 0.3, -0.3]) {
      const below = { x: 100 - 34 * Math.sin(turn), y: 60 + 34 * Math.cos(turn) };
      const groups = lineGroups([line(100, 60, 80, 36, turn), line(below.x, below.y, 100, 38, turn)]);
      expect(rowsOf(groups, "two-line")).toEqual(["0/1"]);
    }
  });

  it("or side by side on one row", () => {
    const groups = lineGroups([line(60, 60, 50, 20), line(125, 61, 60, 21)]);
    expect(rowsOf(groups, "one-line").sort()).toEqual(["0", "0+1", "1"]);
  });

  it("but not far apart, of different height, or turned against each other", () => {
    expect(rowsOf(lineGroups([line(60, 60, 80, 30), line(60, 150, 80, 30)]), "two-line")).toEqual([]);
    expect(rowsOf(lineGroups([line(60, 60, 80, 40), line(60, 90, 80, 14)]), "two-line")).toEqual([]);
    expect(rowsOf(lineGroups([line(60, 60, 50, 20), line(125, 61, 60, 21, 0.4)]), "one-line").sort()).toEqual([
      "0",
      "1",
    ]);
    expect(rowsOf(lineGroups([line(60, 60, 50, 20), line(190, 60, 60, 20)]), "one-line").sort()).toEqual(["0", "1"]);
  });
});

describe("a patch", () => {
  it("grows by the same on every side", () => {
    const [x, y, width, height] = boundsOf([widened(line(100, 60, 80, 20), 5, 3)]);
    expect([x, y, width, height].map(Math.round)).toEqual([55, 47, 90, 26]);
  });
});

describe("closer looks at vehicles", () => {
  const picture = { rgb: new Uint8Array(0), width: 1280, height: 720 };

  it("go to those whose plate would be too small, the largest first, inside the picture", () => {
    const looks = vehicleLooks(
      picture,
      [
        [100, 100, 90, 80],
        [1200, 600, 120, 160],
        // Seen well enough without, and too small to read at all.
        [300, 100, 600, 500],
        [50, 50, 20, 20],
      ],
      1280,
    );
    expect(looks.map(({ window }) => [window.x, window.y])).toEqual([
      [1190, 587],
      [92, 93],
    ]);
    for (const { window } of looks) expect(window.x + window.width).toBeLessThanOrEqual(1280);
    for (const { window, longSide_px } of looks)
      expect(longSide_px).toBeLessThanOrEqual(3 * Math.max(window.width, window.height));
  });
});
