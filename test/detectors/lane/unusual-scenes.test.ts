import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type DirectedLine, directedLine } from "../../../core/geometry/segment.ts";
import { LineCounter } from "../../../detectors/lane/line-counter.ts";
import { Tracker } from "../../../detectors/track/tracker.ts";
import { detectionsOf, type Sighting, seenAt } from "../../support/drive.ts";

const [width, height] = [640, 360];

type Path = (frame: number) => readonly [number, number] | null;

/** Directions in which each line was crossed by vehicles on these paths, in order. */
function crossed(
  lines: readonly DirectedLine[],
  frames: number,
  paths: readonly Path[],
  rate = 25,
): readonly string[][] {
  const tracker = new Tracker();
  const counter = new LineCounter(lines);
  const found: string[][] = lines.map(() => []);
  for (let frame = 0; frame < frames; frame += 1) {
    const seen = paths.flatMap((path): readonly Sighting[] => {
      const at = path(frame);
      return at === null ? [] : [clipped(at[0], at[1])];
    });
    tracker.update(detectionsOf(seen.filter(({ box }) => box[2] > 8 && box[3] > 8)), width, height, frame / rate);
    counter.observe(tracker, frame / rate, ({ line, direction }) => found[line]?.push(direction));
  }
  return found;
}

/** A car's box, cut off by the edges of the picture as a detector's boxes are. */
function clipped(x: number, y: number): Sighting {
  const [left, top] = [Math.max(0, x - 28), Math.max(0, y - 20)];
  const [right, bottom] = [Math.min(width, x + 28), Math.min(height, y + 20)];
  return seenAt((left + right) / 2, (top + bottom) / 2, [Math.max(0, right - left), Math.max(0, bottom - top)]);
}

const tremble = (size: number) =>
  fc.array(fc.tuple(fc.integer({ min: -size, max: size }), fc.integer({ min: -size, max: size })), {
    minLength: 400,
    maxLength: 400,
  });

describe("a line near the border of the picture", () => {
  test("is crossed once by a car that drives out over it, from half a car on", () => {
    fc.assert(
      fc.property(fc.integer({ min: 30, max: 80 }), fc.integer({ min: 3, max: 12 }), (away, speed) => {
        const line = directedLine(width - away, 0, width - away, height);
        const frames = Math.ceil(700 / speed);
        expect(crossed([line], frames, [(f) => [40 + f * speed, 180]])).toEqual([["backward"]]);
      }),
      { numRuns: 40 },
    );
  });

  test("is crossed once by a car that comes in over it", () => {
    fc.assert(
      fc.property(fc.integer({ min: 45, max: 90 }), fc.integer({ min: 2, max: 6 }), (away, speed) => {
        const line = directedLine(away, 0, away, height);
        const frames = Math.ceil(560 / speed);
        expect(crossed([line], frames, [(f) => [f * speed - 20, 180]])).toEqual([["backward"]]);
      }),
      { numRuns: 40 },
    );
  });
});

describe("a short track", () => {
  test("of a car seen for a second around the line counts once", () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 9 }), fc.integer({ min: 10, max: 14 }), (speed, half) => {
        const path: Path = (f) => (f < 20 || f > 20 + 2 * half ? null : [320 + (f - 20 - half) * speed, 180]);
        expect(crossed([directedLine(320, 0, 320, height)], 80, [path])).toEqual([["backward"]]);
      }),
      { numRuns: 40 },
    );
  });

  test("that ends before the line, or begins after it, counts nowhere", () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 8 }), fc.integer({ min: 12, max: 40 }), (speed, away) => {
        const before: Path = (f) => (f > 30 ? null : [320 - away - (30 - f) * speed, 120]);
        const after: Path = (f) => (f > 30 ? null : [320 + away + f * speed, 240]);
        expect(crossed([directedLine(320, 0, 320, height)], 90, [before, after])).toEqual([[]]);
      }),
      { numRuns: 40 },
    );
  });
});

describe("a diagonal line", () => {
  const slanted = directedLine(180, 330, 460, 30);

  test("is crossed once by each car, whichever way it drives", () => {
    const heading = fc.constantFrom([1, 0], [-1, 0], [0, 1], [0, -1]);
    fc.assert(
      fc.property(heading, fc.integer({ min: 4, max: 9 }), tremble(2), ([dx = 0, dy = 0], speed, noise) => {
        const reach = dx === 0 ? 140 : 240;
        const frames = Math.ceil((2 * reach) / speed);
        const path: Path = (f) => {
          const [nx, ny] = noise[f] ?? [0, 0];
          return [320 + dx * (f * speed - reach) + nx, 180 + dy * (f * speed - reach) + ny];
        };
        expect(crossed([slanted], frames, [path])[0]).toHaveLength(1);
      }),
      { numRuns: 60 },
    );
  });

  test("is not crossed by a car that drives along it, however it trembles", () => {
    fc.assert(
      fc.property(fc.integer({ min: 16, max: 60 }), tremble(2), (aside, noise) => {
        const path: Path = (f) => {
          const [nx, ny] = noise[f] ?? [0, 0];
          return [180 + 2.8 * f + aside + nx, 330 - 3 * f + ny];
        };
        expect(crossed([slanted], 100, [path])).toEqual([[]]);
      }),
      { numRuns: 40 },
    );
  });
});

test("two lines close together are each crossed once, in the order in which they lie", () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 40 }), fc.integer({ min: 3, max: 14 }), tremble(2), (apart, speed, noise) => {
      const lines = [directedLine(310, 0, 310, height), directedLine(310 + apart, 0, 310 + apart, height)];
      const path: Path = (f) => [40 + f * speed + (noise[f]?.[0] ?? 0), 180 + (noise[f]?.[1] ?? 0)];
      expect(crossed(lines, Math.ceil(560 / speed), [path])).toEqual([["backward"], ["backward"]]);
    }),
    { numRuns: 60 },
  );
});

describe("a car that stops on the line", () => {
  const line = directedLine(320, 0, 320, height);
  const stop_f = 40;
  /** Drives to `at`, stands there for `rest` pictures, and drives on (or back) at `after` pixels a picture. */
  const drive =
    (at: number, rest: number, after: number, noise: readonly (readonly [number, number])[]): Path =>
    (f) => {
      const [nx, ny] = noise[f] ?? [0, 0];
      const on = Math.max(0, f - stop_f - rest);
      return [at - Math.max(0, stop_f - f) * 6 + on * after + nx, 180 + ny];
    };

  test("counts once when it goes on, wherever on the line it stood", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -30, max: 30 }),
        fc.integer({ min: 10, max: 200 }),
        tremble(3),
        (at, rest, noise) => {
          const path = drive(320 + at, rest, 6, noise);
          expect(crossed([line], stop_f + rest + 45, [path])).toEqual([["backward"]]);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("counts at most once each way when it turns round there, and never more often one way than the other by two", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -30, max: 30 }),
        fc.integer({ min: 10, max: 100 }),
        tremble(3),
        (at, rest, noise) => {
          const [found = []] = crossed([line], stop_f + rest + 45, [drive(320 + at, rest, -6, noise)]);
          expect(found.length).toBeLessThanOrEqual(2);
          // Whoever is back where he came from has crossed as often one way as the other.
          expect(found.filter((each) => each === "forward")).toHaveLength(found.length / 2);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("counts once for each of a queue that stops and goes over the line", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 4 }), fc.integer({ min: 10, max: 60 }), tremble(2), (cars, rest, noise) => {
        const paths = Array.from({ length: cars }, (_, car): Path => {
          const path = drive(320 + 10, rest, 5, noise);
          return (f) => {
            const at = path(f);
            return at === null ? null : [at[0] - car * 75, at[1]];
          };
        });
        const [found = []] = crossed([line], stop_f + rest + 45 + cars * 16, paths);
        expect(found).toEqual(Array(cars).fill("backward"));
      }),
      { numRuns: 40 },
    );
  });
});

test("jitter around the line without driving over it counts nothing, at any rate of pictures", () => {
  fc.assert(
    fc.property(fc.integer({ min: -12, max: 12 }), fc.constantFrom(4, 10, 25), tremble(3), (at, rate, noise) => {
      const path: Path = (f) => [320 + at + (noise[f]?.[0] ?? 0), 180 + (noise[f]?.[1] ?? 0)];
      expect(crossed([directedLine(320, 0, 320, height)], 300, [path], rate)).toEqual([[]]);
    }),
    { numRuns: 40 },
  );
});
