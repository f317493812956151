import { describe, expect, it } from "vitest";
import { createCandidates } from "../../../detectors/inference/candidates.ts";
import { type Decoding, decodeLevel, type Level } from "../../../detectors/inference/decode.ts";

const decoding: Decoding = {
  scoresPerCell: 8,
  bins: 3,
  wanted: Int32Array.of(2, 7),
  vehicleClass: Uint8Array.of(2, 4),
  scoreThreshold: 0.4,
  scaleX: 2,
  scaleY: 2,
  frameWidth: 100,
  frameHeight: 60,
};

/** A 3x2 level whose every box reaches one stride to each side. */
const level = (): Level => ({
  stride: 16,
  columns: 3,
  rows: 2,
  scores: new Float32Array(6 * 8),
  bins: Float32Array.from({ length: 6 * 4 * 3 }, (_, i) => (i % 3 === 1 ? 50 : 0)),
});

const decode = (grid: Level) => {
  const found = createCandidates(6);
  decodeLevel(grid, decoding, found);
  return found;
};

describe("decoding a level", () => {
  it("takes the best wanted class of a cell and leaves the others out", () => {
    const grid = level();
    grid.scores.set([0, 0, 0.5, 0, 0, 0.99, 0, 0.6], 4 * 8);
    const found = decode(grid);
    expect(found.count).toBe(1);
    expect([found.classes[0], found.scores[0]]).toEqual([4, Math.fround(0.6)]);
  });

  it("places the box around the cell's centre and cuts it at the frame's edge", () => {
    const grid = level();
    grid.scores[4 * 8 + 2] = 0.5;
    // Cell 4 is column 1, row 1: centre (24, 24) on the input, (48, 48) on the frame, reaching 32 frame pixels.
    expect([...decode(grid).corners.subarray(0, 4)]).toEqual([16, 16, 80, 60]);
  });

  it("drops a cell below the threshold and a box that lies wholly in the grey", () => {
    const grid = level();
    grid.scores[2] = 0.39;
    // Cell 5 is column 2: centre x 80 on the frame; moved past the right edge it shows nothing.
    grid.scores[5 * 8 + 2] = 0.9;
    grid.bins.set([50, 0, 0], 5 * 12);
    const outside = { ...decoding, frameWidth: 80 };
    const found = createCandidates(6);
    decodeLevel(grid, outside, found);
    expect(found.count).toBe(0);
  });
});
