import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { directedLine } from "../../../core/geometry/segment.ts";
import { LineCounter, type LineCrossing } from "../../../detectors/lane/line-counter.ts";
import { Tracker } from "../../../detectors/track/tracker.ts";
import { detectionsOf, type Sighting, seenAt } from "../../support/drive.ts";

const [width, height, rate] = [640, 360, 25];
const down = directedLine(320, 0, 320, 360);

function crossings(
  frames: number,
  street: (frame: number) => readonly Sighting[],
  lines = [down],
): readonly LineCrossing[] {
  const tracker = new Tracker();
  const counter = new LineCounter(lines);
  const found: LineCrossing[] = [];
  for (let frame = 0; frame < frames; frame += 1) {
    tracker.update(detectionsOf(street(frame)), width, height, frame / rate);
    counter.observe(tracker, frame / rate, (crossing) => found.push(crossing));
  }
  return found;
}

const directions = (found: readonly LineCrossing[]): readonly string[] => found.map(({ direction }) => direction);

describe("a line drawn straight down the picture", () => {
  test("is crossed backward from the picture's left to its right", () => {
    expect(directions(crossings(70, (f) => [seenAt(60 + f * 8, 180)]))).toEqual(["backward"]);
  });

  test("is crossed forward from right to left", () => {
    expect(directions(crossings(70, (f) => [seenAt(580 - f * 8, 180)]))).toEqual(["forward"]);
  });

  test("is crossed when the centre of the box is on it, between two pictures", () => {
    const [crossing] = crossings(70, (f) => [seenAt(61 + f * 8, 180)]);
    expect(crossing?.t_s).toBeCloseTo((320 - 61) / 8 / rate, 2);
  });
});

describe("a crossing", () => {
  test("beyond the end of the line is none", () => {
    expect(crossings(70, (f) => [seenAt(60 + f * 8, 180)], [directedLine(320, 200, 320, 360)])).toEqual([]);
  });

  test("counts once on each of several lines", () => {
    const found = crossings(70, (f) => [seenAt(60 + f * 8, 180)], [down, directedLine(420, 360, 420, 0)]);
    expect(found.map(({ line, direction }) => [line, direction])).toEqual([
      [0, "backward"],
      [1, "forward"],
    ]);
  });

  test("of a car that comes back counts once each way", () => {
    const x = (f: number): number => (f < 60 ? 120 + f * 6 : 120 + (120 - f) * 6);
    expect(directions(crossings(120, (f) => [seenAt(x(f), 180)]))).toEqual(["backward", "forward"]);
  });

  test("of a car that shunts to and fro counts once each way, however often it does", () => {
    const x = (f: number): number => 320 + 150 * Math.sin((f - 40) / 16);
    expect(directions(crossings(300, (f) => [seenAt(x(f), 180)]))).toEqual(["backward", "forward"]);
  });

  test("by a track that slips to the motorcycle behind, once its own is hidden, is none", () => {
    const rider = (y: number): Sighting => seenAt(320, y, [24, 50], 0.7, "motorcycle");
    const y = (f: number): number => (f < 60 ? 350 - f * 3 : Math.min(210, 170 + (f - 60) * 2));
    const line = directedLine(0, 190, 640, 190);
    const found = crossings(140, (f) => [rider(y(f))], [line]);
    expect(directions(found)).toEqual(["backward"]);
  });

  test("while the car is hidden still counts, at the time between", () => {
    const [crossing, ...others] = crossings(70, (f) => (f > 28 && f < 38 ? [] : [seenAt(60 + f * 8, 180)]));
    expect(others).toEqual([]);
    expect(crossing?.t_s).toBeCloseTo((320 - 60) / 8 / rate, 1);
  });

  test("by a car that appears beside the line and moves away from it is none", () => {
    expect(crossings(40, (f) => [seenAt(323 + f * 6, 180)])).toEqual([]);
  });

  test("by each of two cars side by side counts twice", () => {
    const found = crossings(70, (f) => [seenAt(60 + f * 8, 150), seenAt(66 + f * 8, 195)]);
    expect(found).toHaveLength(2);
  });

  test("by each of two motorcycles close behind one another counts twice", () => {
    const rider = (x: number): Sighting => seenAt(x, 180, [30, 34], 0.7, "motorcycle");
    expect(crossings(90, (f) => [rider(60 + f * 6), rider(26 + f * 6)])).toHaveLength(2);
  });

  test("by a vehicle that is followed twice, as a whole and as its cab, counts once", () => {
    const found = crossings(90, (f) => [
      seenAt(60 + f * 6, 180, [140, 60], 0.7, "truck"),
      seenAt(95 + f * 6, 180, [44, 50], 0.6, "car"),
    ]);
    expect(found).toHaveLength(1);
  });
});

describe("a stopped car whose box trembles on the line", () => {
  const tremble = fc.array(fc.tuple(fc.integer({ min: -2, max: 2 }), fc.integer({ min: -2, max: 2 })), {
    minLength: 100,
    maxLength: 200,
  });

  test("is no stream of cars", () => {
    fc.assert(
      fc.property(tremble, fc.integer({ min: -10, max: 10 }), (noise, offset) => {
        const street = (f: number): readonly Sighting[] => {
          const [dx, dy] = noise[f] ?? [0, 0];
          return [seenAt(320 + offset / 5 + dx, 180 + dy)];
        };
        expect(crossings(noise.length, street)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  test("counts once when it has come from one side and leaves to the other", () => {
    fc.assert(
      fc.property(tremble, (noise) => {
        const stop = 40;
        const x = (f: number): number => {
          if (f < stop) return 320 - (stop - f) * 6;
          const after = f - stop - noise.length;
          return after < 0 ? 320 : 320 + after * 6;
        };
        const street = (f: number): readonly Sighting[] => {
          const [dx, dy] = noise[f - stop] ?? [0, 0];
          return [seenAt(x(f) + dx, 180 + dy)];
        };
        expect(directions(crossings(noise.length + 2 * stop, street))).toEqual(["backward"]);
      }),
      { numRuns: 40 },
    );
  });
});

test("a car that drives straight is counted once, whatever the line's slope and the car's speed and wobble", () => {
  const wobble = fc.array(fc.tuple(fc.integer({ min: -2, max: 2 }), fc.integer({ min: -2, max: 2 })), {
    minLength: 200,
    maxLength: 200,
  });
  fc.assert(
    fc.property(fc.integer({ min: -150, max: 150 }), fc.integer({ min: 2, max: 20 }), wobble, (slope, speed, noise) => {
      const line = directedLine(320 - slope, 0, 320 + slope, 360);
      const frames = Math.floor(560 / speed);
      const street = (f: number): readonly Sighting[] => {
        const [dx, dy] = noise[f % noise.length] ?? [0, 0];
        return [seenAt(40 + f * speed + dx, 180 + dy, [56, 40])];
      };
      expect(directions(crossings(frames, street, [line]))).toEqual(["backward"]);
    }),
    { numRuns: 60 },
  );
});
