import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { COMBINED, scoreTracks } from "../../../../core/measures/tracking/score-tracks.ts";
import { crowd, frames, scoresOf, standing } from "./scenes.ts";

const seeds = fc.integer();

/** HOTA where every overlap is 1: the same at each threshold. */
const hota = (detection: number, association: number): number => Math.sqrt(detection * association);

describe("one car over ten frames", () => {
  const car = standing(1, 0, frames(1, 10));

  it("followed by two tracks of five frames is one switch, and half an identity", () => {
    const scores = scoresOf(car, [...standing(7, 0, frames(1, 5)), ...standing(8, 0, frames(6, 10))]);
    expect(scores).toMatchObject({ FP: 0, FN: 0, IDSW: 1, Frag: 0, MT: 1, IDTP: 5 });
    expect(scores.MOTA).toBeCloseTo(0.9, 12);
    expect(scores.IDF1).toBeCloseTo(0.5, 12);
    expect([scores.DetA, scores.AssA]).toEqual([expect.closeTo(1, 12), expect.closeTo(0.5, 12)]);
    expect(scores.HOTA).toBeCloseTo(hota(1, 0.5), 12);
  });

  it("lost for two frames by a track that comes back is one fragmentation and no switch", () => {
    const other = standing(2, 5, frames(1, 10));
    const scores = scoresOf([...car, ...other], [...standing(7, 0, [1, 2, 3, 6, 7, 8, 9, 10]), ...other]);
    expect(scores).toMatchObject({ FP: 0, FN: 2, IDSW: 0, Frag: 1, MT: 1, PT: 1, IDTP: 18 });
    expect(scores.MOTA).toBeCloseTo(18 / 20, 12);
    expect(scores.IDF1).toBeCloseTo(36 / 38, 12);
    expect(scores.AssA).toBeCloseTo((8 * 0.8 + 10) / 18, 12);
  });

  it("seen with two thirds of its area in common counts up to that overlap and no further", () => {
    const scores = scoresOf(car, standing(7, 0, frames(1, 10), 2));
    expect(scores).toMatchObject({ FP: 0, FN: 0, IDTP: 10 });
    expect(scores.MOTP).toBeCloseTo(2 / 3, 12);
    expect(scores["HOTA_at_0.5"]).toBeCloseTo(1, 12);
    expect(scores.HOTA).toBeCloseTo(13 / 19, 12);
    expect(scores.LocA).toBeCloseTo((13 * (2 / 3) + 6) / 19, 12);
  });

  it("seen with a third of its area in common is both missed and a false alarm", () => {
    const scores = scoresOf(car, standing(7, 0, frames(1, 10), 5));
    expect(scores).toMatchObject({ FP: 10, FN: 10, MOTA: -1, MOTP: 0, IDF1: 0, ML: 1, "HOTA_at_0.5": 0 });
    expect(scores.HOTA).toBeCloseTo(6 / 19, 12);
  });

  it("found in exactly half its area is found", () => {
    const half = car.map(({ frame }) => ({ frame, id: 7, box: [0, 0, 5, 10] as const }));
    expect(scoresOf(car, half)).toMatchObject({ FP: 0, FN: 0, IDTP: 10, MOTP: 0.5, "HOTA_at_0.5": 1 });
  });

  it.each([
    [9, { MT: 1, PT: 0, ML: 0 }],
    [8, { MT: 0, PT: 1, ML: 0 }],
    [2, { MT: 0, PT: 1, ML: 0 }],
    [1, { MT: 0, PT: 0, ML: 1 }],
  ])("found in %i frames is tracked mostly, partly or hardly", (found, expected) => {
    expect(scoresOf(car, standing(7, 0, frames(1, found)))).toMatchObject(expected);
  });

  it("keeps its track while that overlaps enough, although another overlaps more", () => {
    const rival = standing(8, 0, frames(2, 10));
    const scores = scoresOf(car, [...standing(7, 0, frames(1, 10), 2), ...rival]);
    expect(scores).toMatchObject({ IDSW: 0, FP: 9, FN: 0 });
  });

  it("never found has no score to be proud of; nothing there and nothing found neither", () => {
    expect(scoresOf(car, [])).toMatchObject({ MOTA: 0, MOTP: 0, FN: 10, ML: 1, IDF1: 0, HOTA: 0, LocA: 1 });
    expect(scoresOf([], car)).toMatchObject({ MOTA: 0, FP: 10, FN: 0, IDF1: 0, HOTA: 0, LocA: 1 });
    expect(scoresOf([], [])).toMatchObject({ MOTA: 0, FP: 0, FN: 0, IDF1: 0, HOTA: 0, LocA: 1 });
  });
});

describe("two cars side by side", () => {
  const cars = [...standing(1, 0, frames(1, 10)), ...standing(2, 1, frames(1, 10))];

  it("whose tracks change places after any frame keep detection, and lose association and identity", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), (last) => {
        const swapped = [
          ...[...standing(1, 0, frames(1, last)), ...standing(2, 1, frames(1, last))],
          ...[...standing(2, 0, frames(last + 1, 10)), ...standing(1, 1, frames(last + 1, 10))],
        ];
        const [kept, mixed] = [scoresOf(cars, cars), scoresOf(cars, swapped)];
        expect(mixed.DetA).toBe(kept.DetA);
        expect(mixed.AssA).toBeLessThan(kept.AssA);
        expect(mixed.IDF1).toBeCloseTo(Math.max(last, 10 - last) / 10, 12);
        expect(mixed.IDSW).toBe(2);
      }),
    );
  });
});

describe("several sequences", () => {
  it("are scored as one: counts are summed, so that a long one weighs more", () => {
    const long = { name: "long", truth: standing(1, 0, frames(1, 30)), tracks: standing(1, 0, frames(1, 30)) };
    const short = { name: "short", truth: standing(1, 0, frames(1, 10)), tracks: [] };
    const scores = scoreTracks([long, short]);
    expect(Object.keys(scores)).toEqual(["long", "short", COMBINED]);
    expect(scores[COMBINED]).toMatchObject({ FN: 10, MT: 1, ML: 1, MOTA: 0.75, IDR: 0.75, IDP: 1 });
    expect(scores[COMBINED]?.DetA).toBeCloseTo(0.75, 12);
    expect(scores[COMBINED]?.AssA).toBeCloseTo(1, 12);
  });

  it("have the scores of one long sequence when no object is in two of them", () => {
    fc.assert(
      fc.property(seeds, seeds, (one, other) => {
        const [first, second] = [crowd(one), crowd(other)];
        const later = (boxes: typeof first.truth) =>
          boxes.map(({ frame, id, box }) => ({ frame: frame + 1000, id: id + 100_000, box }));
        const parts = scoreTracks([
          { name: "a", ...first },
          { name: "b", ...second },
        ])[COMBINED];
        const whole = scoresOf([...first.truth, ...later(second.truth)], [...first.tracks, ...later(second.tracks)]);
        for (const [name, value] of Object.entries(whole)) {
          expect(parts?.[name as keyof typeof whole], name).toBeCloseTo(value, 9);
        }
      }),
    );
  });
});

describe("tracks in a crowd", () => {
  it("are perfect when they are the truth under other names", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { truth } = crowd(seed);
        const scores = scoresOf(
          truth,
          truth.map((box) => ({ ...box, id: 1000 - box.id })),
        );
        expect(scores).toMatchObject({ FP: 0, FN: 0, IDSW: 0, Frag: 0, PT: 0, ML: 0 });
        for (const name of ["MOTA", "MOTP", "IDF1", "IDP", "IDR", "HOTA", "DetA", "AssA", "LocA"] as const) {
          expect(scores[name], name).toBeCloseTo(1, 9);
        }
      }),
    );
  });

  it("score the same under other ids and in another order of lines", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { truth, tracks } = crowd(seed);
        const renamed = (boxes: typeof truth) => boxes.map((box) => ({ ...box, id: 20_000 - box.id })).reverse();
        const [plain, other] = [scoresOf(truth, tracks), scoresOf(renamed(truth), renamed(tracks))];
        for (const [name, value] of Object.entries(plain)) {
          expect(other[name as keyof typeof other], name).toBeCloseTo(value, 9);
        }
      }),
    );
  });

  it("stay within their bounds, and their counts add up", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { truth, tracks } = crowd(seed);
        const scores = scoresOf(truth, tracks);
        for (const name of ["MOTP", "IDF1", "IDP", "IDR", "HOTA", "DetA", "AssA", "LocA"] as const) {
          expect(scores[name], name).toBeGreaterThanOrEqual(0);
          expect(scores[name], name).toBeLessThanOrEqual(1 + 1e-12);
        }
        expect(truth.length - scores.FN).toBe(tracks.length - scores.FP);
        expect(scores.MT + scores.PT + scores.ML).toBe(new Set(truth.map(({ id }) => id)).size);
        expect(scores.IDR * truth.length).toBeCloseTo(scores.IDTP, 9);
      }),
    );
  });

  it("find less, and never more of an identity, when one of them is taken away", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { truth } = crowd(seed);
        const gone = truth[0]?.id;
        const [all, fewer] = [
          scoresOf(truth, truth),
          scoresOf(
            truth,
            truth.filter(({ id }) => id !== gone),
          ),
        ];
        expect(fewer.FN).toBeGreaterThan(all.FN);
        expect(fewer.IDR).toBeLessThan(all.IDR);
        expect(fewer.DetA).toBeLessThan(all.DetA);
      }),
    );
  });
});
