/**
 * The intersection of a virtual controller that nobody described: a crossroads with protected left turns, eight phases
 * in two rings, people crossing with the through phases, four patterns, a day plan, and a preempt for each approach.
 */
import { type Intersection, intersectionSchema } from "../../core/network/schema.ts";
import { specialPattern } from "../ntcip/oids.ts";

const PHASES = [1, 2, 3, 4, 5, 6, 7, 8];
const THROUGH = [2, 4, 6, 8];
const RINGS = [
  [
    [1, 2],
    [3, 4],
  ],
  [
    [5, 6],
    [7, 8],
  ],
];
/** Split of each phase, which is the same in both rings: left and through of the main street, then of the side street. */
const PATTERNS = [
  { cycle_s: 75, offset_s: 0, splits: [14, 25, 13, 23] },
  { cycle_s: 90, offset_s: 10, splits: [16, 34, 14, 26] },
  { cycle_s: 100, offset_s: 20, splits: [18, 38, 16, 28] },
  { cycle_s: 120, offset_s: 30, splits: [22, 46, 20, 32] },
];
const DAY = [
  { at: "00:00", pattern: specialPattern.free },
  { at: "05:30", pattern: 1 },
  { at: "06:30", pattern: 3 },
  { at: "08:30", pattern: 2 },
  { at: "16:00", pattern: 4 },
  { at: "19:00", pattern: 2 },
  { at: "22:00", pattern: 1 },
];

/** A fire engine from each approach, which gets its through and its left-turn phase; then the other street is next. */
const FIRE_ENGINES = [
  { from: "south", dwell_phases: [2, 5], exit_phases: [4, 8] },
  { from: "west", dwell_phases: [4, 7], exit_phases: [2, 6] },
  { from: "north", dwell_phases: [6, 1], exit_phases: [4, 8] },
  { from: "east", dwell_phases: [8, 3], exit_phases: [2, 6] },
];

/** Between the same barriers, and not in the same ring. */
function mayRunTogether(a: number, b: number): boolean {
  return RINGS.some((ring, at) =>
    ring.some((group, barrier) => group.includes(a) && RINGS[1 - at]?.[barrier]?.includes(b) === true),
  );
}

const pairs = PHASES.flatMap((a) => PHASES.filter((b) => b > a).map((b) => ({ a, b })));

/** Lanes of one approach wait for its left-turn and its through phase; each has a detector of the phase's number. */
function approach(from: "N" | "E" | "S" | "W", through: number, left: number): object {
  return {
    id: from.toLowerCase(),
    from,
    lanes: [
      { id: `${from.toLowerCase()}-left`, phase: left, turns: ["left"], detector_channel: left },
      { id: `${from.toLowerCase()}-through`, phase: through, turns: ["through", "right"], detector_channel: through },
    ],
  };
}

export function eightPhases(id: string): Intersection {
  return intersectionSchema.parse({
    id,
    name: "Eight phases",
    approaches: [approach("S", 2, 5), approach("N", 6, 1), approach("W", 4, 7), approach("E", 8, 3)],
    signal: {
      phases: PHASES.map((number) => {
        const through = THROUGH.includes(number);
        return {
          number,
          min_green_s: through ? 8 : 5,
          max_green_s: through ? 45 : 20,
          walk_s: through ? 7 : 0,
          ped_clear_s: through ? 10 : 0,
          recall: number === 2 || number === 6 ? "min" : "none",
        };
      }),
      rings: RINGS,
      clearances: PHASES.map((phase) => ({ phase, yellow_s: 3.5, red_clear_s: 1.5 })),
      conflicts: pairs.filter(({ a, b }) => !mayRunTogether(a, b)),
      coord_phases: [2, 6],
      cycle_min_s: 60,
      patterns: PATTERNS.map(({ cycle_s, offset_s, splits }, at) => ({
        pattern: at + 1,
        cycle_s,
        offset_s,
        splits: [...splits, ...splits].map((split_s, phase) => ({ phase: phase + 1, split_s })),
      })),
      preempts: FIRE_ENGINES.map(({ from, ...phases }, at) => ({
        number: at + 1,
        name: `fire engine from the ${from}`,
        kind: "emergency",
        min_duration_s: 10,
        dwell_green_s: 10,
        max_presence_s: 180,
        ...phases,
      })),
      day_plans: [{ number: 1, events: DAY }],
      plan_days: [{ day_plan: 1 }],
    },
  });
}
