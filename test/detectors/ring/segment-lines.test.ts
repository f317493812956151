import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  differences,
  type PieceLine,
  readIndex,
  type SegmentLine,
  summed,
  writeLine,
} from "../../../detectors/ring/segment-lines.ts";

const head: SegmentLine = {
  segment: 1,
  camera: "north",
  session_ms: 1_795_330_010_039,
  began: "start",
  codec: "h264",
  fourcc: "H264",
  framing: "start_codes",
  width_px: 640,
  height_px: 360,
  tick: [1, 90_000],
  config: "AAAAAWdk",
};

const piece = (at: number): PieceLine => ({
  keys: [0],
  at,
  bytes: 30,
  sha256: "0".repeat(64),
  sizes: [10, 20],
  ticks: [7200, -3600],
  arrival_ms: [1_795_330_010_500, 40],
  damage: 0,
  guessed: [],
});

const pieces = [piece(0), piece(30), piece(60)];
const text = [head, ...pieces].map(writeLine).join("");

describe("the index of a segment", () => {
  test("is read as it was written", () => {
    expect(readIndex(text)).toEqual({ head, pieces, spoiled: 0 });
  });

  test("cut short anywhere holds whole pieces in order, and nothing else", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: text.length }), (length) => {
        const index = readIndex(text.slice(0, length));
        const whole = text.slice(0, length).split("\n").length - 2;
        if (whole < 0) expect(index).toBeNull();
        else expect(index).toEqual({ head, pieces: pieces.slice(0, whole), spoiled: 0 });
      }),
    );
  });

  test("with one byte changed never tells anything that was not written", () => {
    const digit = fc.constantFrom(..."0123456789abcdef".split(""));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: text.length - 1 }), digit, (at, sign) => {
        const index = readIndex(text.slice(0, at) + sign + text.slice(at + 1));
        const known = new Set(pieces.map((each) => JSON.stringify(each)));
        for (const each of index?.pieces ?? []) expect(known).toContain(JSON.stringify(each));
        if (index !== null) expect(index.head).toEqual(head);
      }),
    );
  });

  test("keeps times as differences without losing any", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2 ** 45 }), { maxLength: 50 }), (times) => {
        expect(summed(differences(Float64Array.from(times), times.length))).toEqual(times);
      }),
    );
  });
});
