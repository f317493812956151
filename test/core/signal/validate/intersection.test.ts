import { describe, expect, test } from "vitest";
import type { Intersection } from "../../../../core/network/schema.ts";
import { sentence } from "../../../../core/problems/problem.ts";
import type { SignalSpec } from "../../../../core/signal/schema.ts";
import { validateIntersection } from "../../../../core/signal/validate.ts";
import { fourLegs } from "../four-legs.ts";

const { signal } = fourLegs;
const having = (change: Partial<SignalSpec>): Intersection => ({ ...fourLegs, signal: { ...signal, ...change } });
const phase1 = (change: Partial<SignalSpec["phases"][number]>): Intersection =>
  having({ phases: signal.phases.map((p) => (p.number === 1 ? { ...p, ...change } : p)) });
const clearance1 = (change: Partial<SignalSpec["clearances"][number]>): Intersection =>
  having({ clearances: signal.clearances.map((c) => (c.phase === 1 ? { ...c, ...change } : c)) });

const ring2 = [
  [5, 6],
  [7, 8],
];

describe("an intersection", () => {
  test("that is sound has no problems", () => {
    expect(validateIntersection(fourLegs)).toEqual([]);
  });

  test.each<[string, string, Intersection]>([
    [
      "PHASE_TWICE",
      "signal.rings.1.0.1",
      having({
        rings: [
          [
            [1, 2],
            [3, 4],
          ],
          [
            [5, 2],
            [7, 8],
          ],
        ],
      }),
    ],
    ["PHASE_NOT_IN_RINGS", "signal.rings", having({ rings: [[[1, 2], [3]], ring2] })],
    [
      "PHASE_UNKNOWN",
      "signal.rings.0.1.2",
      having({
        rings: [
          [
            [1, 2],
            [3, 4, 12],
          ],
          ring2,
        ],
      }),
    ],
    [
      "RING_GROUPS_UNEQUAL",
      "signal.rings.1",
      having({
        rings: [
          [
            [1, 2],
            [3, 4],
          ],
          [[5, 6, 7, 8]],
        ],
      }),
    ],
    ["CONFLICT_WITH_ITSELF", "signal.conflicts.0", having({ conflicts: [{ a: 2, b: 2 }] })],
    [
      "CONFLICT_TWICE",
      "signal.conflicts.1",
      having({
        conflicts: [
          { a: 2, b: 4 },
          { a: 4, b: 2 },
        ],
      }),
    ],
    ["CONFLICT_SIDE_BY_SIDE", "signal.conflicts.0", having({ conflicts: [{ a: 2, b: 5 }] })],
    ["CONFLICT_AND_PERMISSIVE", "signal.permissive.0", having({ permissive: [[4, 2]] })],
    ["PHASE_UNKNOWN", "signal.conflicts.0", having({ conflicts: [{ a: 2, b: 11 }] })],
    ["CLEARANCE_MISSING", "signal.clearances", having({ clearances: signal.clearances.slice(1) })],
    ["YELLOW_SHORT", "signal.clearances.0.yellow_s", clearance1({ yellow_s: 3.2 })],
    ["RED_CLEAR_SHORT", "signal.clearances.0.red_clear_s", clearance1({ red_clear_s: 0.9 })],
    ["MAX_GREEN_SHORT", "signal.phases.0.max_green_s", phase1({ max_green_s: 4 })],
    ["WALK_INCOMPLETE", "signal.phases.0.walk_s", phase1({ walk_s: 3, ped_clear_s: 9 })],
    ["WALK_INCOMPLETE", "signal.phases.0.walk_s", phase1({ walk_s: 7, ped_clear_s: 0 })],
    ["PED_RECALL_WITHOUT_WALK", "signal.phases.0.recall", phase1({ recall: "ped" })],
    ["COORD_PHASE_PER_RING", "signal.coord_phases", having({ coord_phases: [2] })],
    ["COORD_PHASES_APART", "signal.coord_phases", having({ coord_phases: [2, 8] })],
    ["CYCLE_BOUNDS_CROSSED", "signal.cycle_min_s", having({ cycle_min_s: 120, cycle_max_s: 100 })],
    ["MINIMUMS_EXCEED_CYCLE", "signal.cycle_max_s", having({ cycle_max_s: 45 })],
  ])("is refused with %s at %s", (code, path, intersection) => {
    const problems = validateIntersection(intersection);
    expect(problems.map((p) => [p.code, p.at?.path])).toContainEqual([code, path]);
    for (const problem of problems) {
      expect(sentence(problem, "en")).not.toMatch(/\{\w+\}/);
      expect(sentence(problem, "vi")).not.toMatch(/\{\w+\}/);
    }
  });

  test("is refused when a lane waits for a phase that does not exist", () => {
    const [first, ...rest] = fourLegs.approaches;
    if (first === undefined) throw new Error("no approach");
    const approaches = [{ ...first, lanes: first.lanes.map((lane) => ({ ...lane, phase: 15 })) }, ...rest];
    expect(validateIntersection({ ...fourLegs, approaches }).map((p) => p.at?.path)).toContain(
      "approaches.0.lanes.0.phase",
    );
  });
});
