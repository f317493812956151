import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { directedLine } from "../../../core/geometry/segment.ts";
import { vehicleClasses } from "../../../core/traffic/vehicle-class.ts";
import { LineCounter } from "../../../detectors/lane/line-counter.ts";
import { MovementWatch } from "../../../detectors/lane/movement-watch.ts";
import type { MovementRule } from "../../../detectors/lane/schema.ts";
import { Tracker } from "../../../detectors/track/tracker.ts";
import { detectionsOf, type Sighting, seenAt } from "../../support/drive.ts";

const [width, height, rate] = [640, 360, 25];
/** A junction seen from above: one line across each of its four legs, drawn so that inwards is forward. */
const legs = {
  west: directedLine(160, 120, 160, 240),
  east: directedLine(480, 240, 480, 120),
  north: directedLine(380, 90, 260, 90),
  south: directedLine(260, 270, 380, 270),
} as const;
type Leg = keyof typeof legs;
const names = Object.keys(legs) as Leg[];
const lines = names.map((id) => ({ id, from: [0, 0] as [number, number], to: [1, 1] as [number, number] }));

const rule = (entry: Leg, exit: Leg): MovementRule => ({ id: `${entry}-${exit}`, entry, exit });
const allWays = names.flatMap((entry) => names.filter((exit) => exit !== entry).map((exit) => rule(entry, exit)));

function watched(rules: readonly MovementRule[], frames: number, street: (frame: number) => readonly Sighting[]) {
  const found = {
    moved: [] as string[],
    unfinished: [] as string[],
    unentered: [] as string[],
    times: [] as number[][],
  };
  const watch = new MovementWatch(lines, rules, {
    entered: () => undefined,
    moved: (index, _slot, _track, kind, entered_ms, left_ms) => {
      found.moved.push(`${rules[index]?.id} ${vehicleClasses[kind]}`);
      found.times.push([entered_ms, left_ms]);
    },
    unfinished: (line) => found.unfinished.push(lines[line]?.id ?? ""),
    unentered: (line) => found.unentered.push(lines[line]?.id ?? ""),
  });
  const tracker = new Tracker();
  const counter = new LineCounter(names.map((name) => legs[name]));
  for (let frame = 0; frame < frames; frame += 1) {
    tracker.update(detectionsOf(street(frame)), width, height, frame / rate);
    watch.observe(tracker);
    counter.observe(tracker, frame / rate, ({ slot, line, direction, t_s }) => {
      watch.crossed(slot, line, direction, t_s * 1000);
    });
  }
  watch.loseAll();
  return found;
}

/** Along straight pieces, so many pixels a picture; nothing once the end is reached. */
const along = (corners: readonly (readonly [number, number])[], speed: number) => (frame: number) => {
  let left = frame * speed;
  for (let i = 1; i < corners.length; i += 1) {
    const [[ax, ay], [bx, by]] = [corners[i - 1] ?? [0, 0], corners[i] ?? [0, 0]];
    const length = Math.hypot(bx - ax, by - ay);
    if (left <= length) return [seenAt(ax + ((bx - ax) * left) / length, ay + ((by - ay) * left) / length)];
    left -= length;
  }
  return [];
};

const gates: Readonly<Record<Leg, readonly [number, number]>> = {
  west: [60, 180],
  east: [580, 180],
  north: [320, 30],
  south: [320, 330],
};
const middle = [320, 180] as const;

describe("a movement through the junction", () => {
  test("is told by the lines at which it begins and ends, whichever they are", () => {
    fc.assert(
      fc.property(fc.constantFrom(...allWays), fc.integer({ min: 3, max: 9 }), ({ entry, exit }, speed) => {
        const path = along([gates[entry as Leg], middle, gates[exit as Leg]], speed);
        const { moved, unfinished, unentered } = watched(allWays, 200, path);
        expect({ moved, unfinished, unentered }).toEqual({
          moved: [`${entry}-${exit} car`],
          unfinished: [],
          unentered: [],
        });
      }),
      { numRuns: 40 },
    );
  });

  test("has the times at which its vehicle was on the lines", () => {
    const { times } = watched(allWays, 200, along([gates.west, gates.east], 5));
    const [[entered = 0, left = 0] = []] = times;
    expect(entered).toBeCloseTo(((160 - 60) / 5 / rate) * 1000, -2);
    expect(left - entered).toBeCloseTo(((480 - 160) / 5 / rate) * 1000, -2);
  });

  test("is unfinished when the track is lost inside, and counts nowhere else", () => {
    const path = along([gates.west, middle], 5);
    expect(watched(allWays, 120, path)).toMatchObject({ moved: [], unfinished: ["west"], unentered: [] });
  });

  test("is unentered when the vehicle was first seen inside", () => {
    const path = along([middle, gates.south], 4);
    const found = watched([rule("west", "south")], 120, path);
    expect(found).toMatchObject({ moved: [], unfinished: [], unentered: ["south"] });
  });

  test("is one for each track, though it wanders on over other lines", () => {
    const path = along([gates.west, middle, [320, 300], [500, 300], [560, 180], middle], 5);
    expect(watched(allWays, 400, path).moved).toEqual(["west-south car"]);
  });

  test("by a way that nobody declared is unfinished", () => {
    const path = along([gates.west, gates.east], 5);
    expect(watched([rule("west", "south")], 200, path)).toMatchObject({ moved: [], unfinished: ["west"] });
  });

  test("may turn back over the line it came by, when the directions say so", () => {
    const back: MovementRule = {
      ...rule("west", "west"),
      entry_direction: "forward",
      exit_direction: "backward",
    };
    // Down the picture on the line's left hand is inwards: backward here is out again.
    const path = along([gates.west, [300, 180], [300, 200], [60, 200]], 5);
    const found = watched(
      [back, { ...back, id: "other", entry_direction: "backward", exit_direction: "forward" }],
      300,
      path,
    );
    expect(found.moved).toHaveLength(1);
    expect(found.unfinished).toEqual([]);
  });

  test("counts only the way it is told to look", () => {
    const inwards: MovementRule = { ...rule("west", "east"), entry_direction: "forward" };
    const outwards: MovementRule = { ...rule("west", "east"), entry_direction: "backward" };
    const path = along([gates.west, gates.east], 5);
    const counts = [inwards, outwards].map((each) => watched([each], 200, path).moved.length);
    expect(counts.toSorted()).toEqual([0, 1]);
  });
});
