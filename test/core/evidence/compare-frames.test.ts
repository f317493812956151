import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareFrames } from "../../../core/evidence/package/compare-frames.ts";

const sealedOf = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    pts: index * 40,
    at_ms: 1000 + index * 40,
    sha256: `picture ${index}`,
  }));
const foundOf = (count: number) => sealedOf(count).map(({ pts, sha256 }) => ({ pts, sha256 }));
const told = (found: readonly { pts: number; sha256: string }[], count = 10) =>
  compareFrames("clip.mp4", sealedOf(count), found).map(({ code, words }) => [code, words["first"], words["count"]]);

describe("the pictures of a clip against the sealed ones", () => {
  test("the same pictures at the same times are the same clip", () => {
    expect(told(foundOf(10))).toEqual([]);
  });

  test("dropped pictures are counted, and the first is named", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(9), { minLength: 1, maxLength: 10 }), (drop) => {
        const left = foundOf(10).filter((_, index) => !drop.includes(index));
        expect(told(left)).toEqual([["FRAMES_DROPPED", Math.min(...drop) + 1, drop.length]]);
      }),
    );
  });

  test("a picture put in is named by its place", () => {
    fc.assert(
      fc.property(fc.nat(10), (place) => {
        const found = foundOf(10);
        found.splice(place, 0, { pts: place * 40 - 20, sha256: "stranger" });
        expect(told(found)).toEqual([["FRAMES_INSERTED", place + 1, 1]]);
      }),
    );
  });

  test("a picture put in a second time is put in", () => {
    const found = foundOf(10);
    found.push({ pts: 400, sha256: "picture 3" });
    expect(told(found)).toEqual([["FRAMES_INSERTED", 11, 1]]);
  });

  test("changed pictures are neither dropped nor put in", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(9), { minLength: 1, maxLength: 10 }), (change) => {
        const found = foundOf(10).map((each, index) =>
          change.includes(index) ? { ...each, sha256: `other ${index}` } : each,
        );
        expect(told(found)).toEqual([["FRAMES_ALTERED", Math.min(...change) + 1, change.length]]);
      }),
    );
  });

  test("pictures in another order are out of order, whatever times they were given", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6, maxLength: 6 }), (order) => {
        fc.pre(order.some((number, place) => number !== place));
        const found = order.map((number, place) => ({ pts: place * 40, sha256: `picture ${number}` }));
        const codes = told(found, 6).map(([code]) => code);
        expect(codes).toContain("FRAMES_REORDERED");
        expect(codes).not.toContain("FRAMES_DROPPED");
      }),
    );
  });

  test("pictures at other times are retimed", () => {
    const found = foundOf(10).map((each, index) => (index < 4 ? each : { ...each, pts: each.pts + 1 }));
    expect(told(found)).toEqual([["FRAMES_RETIMED", 5, 6]]);
  });

  test("dropped and put in elsewhere are both told", () => {
    const found = foundOf(10).filter((_, index) => index !== 2);
    found.push({ pts: 400, sha256: "stranger" });
    expect(told(found)).toEqual([
      ["FRAMES_DROPPED", 3, 1],
      ["FRAMES_INSERTED", 10, 1],
    ]);
  });
});
