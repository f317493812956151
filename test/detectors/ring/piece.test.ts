import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fillTimes, Piece } from "../../../detectors/ring/piece.ts";

function pieceOf(times: readonly number[]): Piece {
  const piece = new Piece();
  piece.clear();
  for (const [n, time] of times.entries()) {
    piece.room(1);
    piece.add(1, time, n === 0, 1000 + n);
  }
  return piece;
}

const filled = (times: readonly number[]) => {
  const piece = pieceOf(times);
  fillTimes(piece, 3600);
  const { ticks, guesses, count } = piece;
  return { times: [...ticks.subarray(0, count)], guessed: [...guesses.subarray(0, count)] };
};

describe("the times of a piece's pictures", () => {
  test("stay as the source gave them", () => {
    expect(filled([0, 10_800, 3600, 7200])).toEqual({ times: [0, 10_800, 3600, 7200], guessed: [0, 0, 0, 0] });
  });

  test("of a first picture without one is a picture before the earliest that follows", () => {
    expect(filled([Number.NaN, 10_800, 3600, 7200])).toEqual({ times: [0, 10_800, 3600, 7200], guessed: [1, 0, 0, 0] });
  });

  test("that repeat move on by a tick", () => {
    expect(filled([0, 7200, 7200])).toEqual({ times: [0, 7200, 7201], guessed: [0, 0, 1] });
  });

  test("are made up, evenly, where the source gives none at all", () => {
    expect(filled([Number.NaN, Number.NaN, Number.NaN])).toEqual({ times: [0, 3600, 7200], guessed: [1, 1, 1] });
  });

  test("are whole, differ, and are true wherever one was given once", () => {
    const time = fc.oneof(fc.integer({ min: -1e6, max: 1e9 }), fc.constant(Number.NaN));
    fc.assert(
      fc.property(fc.array(time, { minLength: 1, maxLength: 60 }), (given) => {
        const { times, guessed } = filled(given);
        expect(new Set(times).size).toBe(given.length);
        for (const [n, each] of times.entries()) {
          expect(Number.isInteger(each)).toBe(true);
          if (guessed[n] === 0) expect(each).toBe(given[n]);
        }
      }),
    );
  });
});
