import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Kriging } from "../../../core/retime/kriging.ts";

const like = (a: number, b: number): number => Math.exp(-((a - b) ** 2) / 2);

function given(places: readonly number[], values: readonly number[], noise: number) {
  const covariance = Float64Array.from(places.flatMap((a) => places.map((b) => like(a, b))));
  const known = new Kriging(covariance, Float64Array.from(values), new Float64Array(places.length).fill(noise));
  const at = (place: number) =>
    known.expected(
      Float64Array.from(places, (other) => like(place, other)),
      1,
    );
  return { at, fit: known.logLikelihood };
}

const places = fc.uniqueArray(fc.integer({ min: -10, max: 10 }), { minLength: 1, maxLength: 8 });

describe("what is expected at a place", () => {
  it("is what was seen there, where looking is exact", () => {
    fc.assert(
      fc.property(places, (some) => {
        const values = some.map((place) => Math.sin(place));
        const { at } = given(some, values, 1e-9);
        for (const [k, place] of some.entries()) {
          expect(at(place).mean).toBeCloseTo(values[k] ?? 0, 3);
          expect(at(place).variance).toBeCloseTo(0, 3);
        }
      }),
    );
  });

  it("is nothing in particular far from all that was seen", () => {
    const { mean, variance } = given([0, 1, 2], [3, 4, 5], 0.01).at(40);
    expect(mean).toBeCloseTo(0, 9);
    expect(variance).toBeCloseTo(1, 9);
  });

  it("is, after one value, that value less what its noise makes doubtful", () => {
    const { mean, variance } = given([0], [6], 0.5).at(0);
    expect(mean).toBeCloseTo(6 / 1.5, 9);
    expect(variance).toBeCloseTo(1 - 1 / 1.5, 9);
  });

  it("is surer with every value more, wherever that was seen", () => {
    fc.assert(
      fc.property(places, fc.double({ min: -12, max: 12, noNaN: true }), (some, place) => {
        const before = given(some.slice(1), some.slice(1), 0.1).at(place).variance;
        expect(given(some, some, 0.1).at(place).variance).toBeLessThanOrEqual(before + 1e-9);
      }),
    );
  });
});

it("noise that there was is likelier than none, and none likelier where there was none", () => {
  const line = Array.from({ length: 20 }, (_, k) => k / 4);
  const smooth = line.map((place) => Math.sin(place));
  const rough = smooth.map((value, k) => value + (k % 2 === 0 ? 0.4 : -0.4));
  expect(given(line, rough, 0.16).fit).toBeGreaterThan(given(line, rough, 1e-4).fit);
  expect(given(line, smooth, 1e-4).fit).toBeGreaterThan(given(line, smooth, 0.16).fit);
});
