import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createCandidates } from "../../../detectors/inference/candidates.ts";
import { type Decoding, decodeLevel } from "../../../detectors/inference/decode.ts";
import { fitLetterbox, type Letterbox } from "../../../detectors/inference/letterbox.ts";

const bins = 11;
const stride = 32;

const side = fc.integer({ min: 64, max: 4096 });
const letterboxes = fc
  .record({ width: side, height: side, longSide: fc.integer({ min: 4, max: 40 }).map((n) => n * 32) })
  .filter(({ width, height }) => Math.max(width, height) < 8 * Math.min(width, height))
  .map(({ width, height, longSide }) => ({ longSide, box: fitLetterbox(width, height, longSide, 32) }));

const decodingOf = (box: Letterbox): Decoding => ({
  scoresPerCell: 1,
  bins,
  wanted: Int32Array.of(0),
  vehicleClass: Uint8Array.of(2),
  scoreThreshold: 0.5,
  scaleX: box.scaleX,
  scaleY: box.scaleY,
  frameWidth: box.frameWidth,
  frameHeight: box.frameHeight,
});

/** Logits whose softmax has mean `distance`: all weight on the two whole numbers around it. */
function distribution(distance: number, into: Float32Array, at: number): void {
  const whole = Math.min(Math.floor(distance), bins - 2);
  into.fill(-1e3, at, at + bins);
  into[at + whole] = Math.log(Math.max(1e-30, 1 - (distance - whole)));
  into[at + whole + 1] = Math.log(Math.max(1e-30, distance - whole));
}

describe("the letterbox", () => {
  it("shows the whole frame, its longer side filling the input, with less than 32 pixels of grey", () => {
    fc.assert(
      fc.property(letterboxes, ({ box, longSide }) => {
        expect(Math.max(box.pictureWidth, box.pictureHeight)).toBe(longSide);
        for (const [input, picture] of [
          [box.width, box.pictureWidth],
          [box.height, box.pictureHeight],
        ] as const) {
          expect(input % 32).toBe(0);
          expect(input - picture).toBeGreaterThanOrEqual(0);
          expect(input - picture).toBeLessThan(32);
        }
      }),
    );
  });

  it("makes a frame smaller rather than give the network more pixels than it may have, and no smaller than it must", () => {
    const most = fc.integer({ min: 32 * 32, max: 1024 * 1024 });
    fc.assert(
      fc.property(letterboxes, most, ({ box, longSide }, mostPixels) => {
        const { frameWidth, frameHeight } = box;
        const fitted = fitLetterbox(frameWidth, frameHeight, longSide, 32, mostPixels);
        const side = Math.max(fitted.width, fitted.height);
        if (side > 32) expect(fitted.width * fitted.height).toBeLessThanOrEqual(mostPixels);
        if (side === longSide) return;
        const larger = fitLetterbox(frameWidth, frameHeight, side + 32, 32);
        expect(larger.width * larger.height).toBeGreaterThan(mostPixels);
      }),
    );
  });

  it("never stretches: the two scales differ by no more than the rounding of the shorter side", () => {
    fc.assert(
      fc.property(letterboxes, ({ box }) => {
        const shorter = Math.min(box.pictureWidth, box.pictureHeight);
        expect(Math.abs(box.scaleX / box.scaleY - 1)).toBeLessThanOrEqual(0.51 / (shorter - 0.5));
      }),
    );
  });

  it("brings a box that was mapped to the input back to where it was on the frame", () => {
    const part = fc.double({ min: 0.001, max: 1, noNaN: true });
    fc.assert(
      fc.property(letterboxes, part, part, part, part, fc.nat(), ({ box }, l, t, r, b, pick) => {
        const columns = Math.floor(box.pictureWidth / stride);
        const rows = Math.floor(box.pictureHeight / stride);
        fc.pre(columns > 0 && rows > 0);
        const cell = pick % (columns * rows);
        const x = ((cell % columns) + 0.5) * stride;
        const y = (Math.floor(cell / columns) + 0.5) * stride;
        const reach = (bins - 1) * stride;
        // A box on the frame around the cell, and its distances in strides once it is on the input.
        const left = (x - l * Math.min(x, reach)) * box.scaleX;
        const top = (y - t * Math.min(y, reach)) * box.scaleY;
        const right = (x + r * Math.min(box.pictureWidth - x, reach)) * box.scaleX;
        const bottom = (y + b * Math.min(box.pictureHeight - y, reach)) * box.scaleY;
        const scores = new Float32Array(columns * rows);
        scores[cell] = 0.9;
        const bin = new Float32Array(columns * rows * 4 * bins);
        distribution((x - left / box.scaleX) / stride, bin, cell * 4 * bins);
        distribution((y - top / box.scaleY) / stride, bin, (cell * 4 + 1) * bins);
        distribution((right / box.scaleX - x) / stride, bin, (cell * 4 + 2) * bins);
        distribution((bottom / box.scaleY - y) / stride, bin, (cell * 4 + 3) * bins);

        const found = createCandidates(columns * rows);
        decodeLevel({ stride, columns, rows, scores, bins: bin }, decodingOf(box), found);

        expect(found.count).toBe(1);
        const tolerance = 1e-3 * Math.max(box.frameWidth, box.frameHeight);
        [left, top, right, bottom].forEach((edge, i) => {
          expect(Math.abs((found.corners[i] ?? Number.NaN) - edge)).toBeLessThan(tolerance);
        });
      }),
    );
  });
});
