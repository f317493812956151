import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Intersection } from "../../../../core/network/schema.ts";
import { sentence } from "../../../../core/problems/problem.ts";
import { digestInput } from "../../../../core/signal/digest-input.ts";
import type { Plan, Split } from "../../../../core/signal/plan.ts";
import { planSchema } from "../../../../core/signal/plan.ts";
import { type PhaseTimeline, timeline } from "../../../../core/signal/timeline.ts";
import { validatePlan } from "../../../../core/signal/validate.ts";
import { fourLegs, fourLegsPlan } from "../four-legs.ts";
import { randomIntersection } from "../random-intersection.ts";

const withSplit = (phase: number, change: Partial<Split>): Plan => ({
  ...fourLegsPlan,
  splits: fourLegsPlan.splits.map((split) => (split.phase === phase ? { ...split, ...change } : split)),
});

const moved = (from: number, to: number, seconds: number): Plan => ({
  ...fourLegsPlan,
  splits: fourLegsPlan.splits.map((split) => {
    if (split.phase === from) return { ...split, split_s: split.split_s - seconds };
    return split.phase === to ? { ...split, split_s: split.split_s + seconds } : split;
  }),
});

const codes = (plan: Plan, intersection = fourLegs): readonly string[] =>
  validatePlan(intersection, plan).map((problem) => problem.code);

describe("the proof of a plan", () => {
  test("accepts a sound plan", () => {
    expect(codes(fourLegsPlan)).toEqual([]);
  });

  const eating = (pair: Intersection["signal"]["conflicts"][number]): Intersection => ({
    ...fourLegs,
    signal: {
      ...fourLegs.signal,
      conflicts: [...fourLegs.signal.conflicts, pair],
      sequences: [
        {
          number: 2,
          rings: [
            [
              [2, 1],
              [3, 4],
            ],
            [
              [6, 5],
              [7, 8],
            ],
          ],
        },
      ],
    },
  });

  test("sees an intergreen that eats a green, whichever way the pair is written", () => {
    expect(codes(fourLegsPlan, eating({ a: 1, b: 2, intergreen_ab_s: 25.1 }))).toEqual(["GREEN_SHORT"]);
    expect(codes(fourLegsPlan, eating({ a: 2, b: 1, intergreen_ba_s: 25.1 }))).toEqual(["GREEN_SHORT"]);
    expect(codes(fourLegsPlan, eating({ a: 2, b: 1, intergreen_ab_s: 25 }))).toEqual([]);
  });

  test("is made in the order of the plan's own sequence", () => {
    const other = { ...fourLegsPlan, sequence: 2 };
    expect(codes(other, eating({ a: 1, b: 2, intergreen_ab_s: 25.1 }))).toEqual([]);
    expect(codes(other, eating({ a: 2, b: 1, intergreen_ab_s: 15.1 }))).toEqual(["GREEN_SHORT"]);
    const laidOut = timeline(eating({ a: 1, b: 2 }), other);
    expect(laidOut.ok && laidOut.value.phases.map(({ phase }) => phase)).toEqual([2, 1, 3, 4, 6, 5, 7, 8]);
  });

  test("sees a ring that runs into itself: more splits than the cycle holds", () => {
    const { signal } = fourLegs;
    const kept = [2, 4];
    const oneRing: Intersection = {
      ...fourLegs,
      approaches: fourLegs.approaches.slice(0, 2).map((approach) => ({ ...approach, lanes: approach.lanes.slice(1) })),
      signal: {
        ...signal,
        phases: signal.phases.filter(({ number }) => kept.includes(number)),
        clearances: signal.clearances.filter(({ phase }) => kept.includes(phase)),
        conflicts: [],
        rings: [[kept]],
        coord_phases: [2],
      },
    };
    const plan = {
      ...fourLegsPlan,
      cycle_s: 60,
      splits: [2, 4].map((phase) => ({ phase, split_s: 40, mode: "none" as const })),
    };
    expect(codes(plan, oneRing)).toEqual(["CYCLE_SUM_UNEQUAL", "CONFLICTING_GREENS"]);
  });

  test.each<[string, Plan]>([
    ["PLAN_FOR_ANOTHER", { ...fourLegsPlan, intersection: "elsewhere" }],
    ["SEQUENCE_UNKNOWN", { ...fourLegsPlan, sequence: 2 }],
    ["CYCLE_OUT_OF_BOUNDS", { ...fourLegsPlan, cycle_s: 200 }],
    ["CYCLE_SUM_UNEQUAL", { ...fourLegsPlan, cycle_s: 91 }],
    ["OFFSET_OUT_OF_CYCLE", { ...fourLegsPlan, offset_s: 90 }],
    ["OFFSET_OUT_OF_CYCLE", { ...fourLegsPlan, offset_s: Number.NaN }],
    ["SPLIT_SHORT", moved(1, 2, 6)],
    ["SPLIT_SHORT", moved(4, 3, 5)],
    ["BARRIER_SUM_UNEQUAL", moved(2, 3, 3)],
    ["CONFLICTING_GREENS", moved(2, 3, 3)],
    ["PHASE_TWICE", { ...fourLegsPlan, splits: [...fourLegsPlan.splits, ...fourLegsPlan.splits.slice(0, 1)] }],
    ["PHASE_UNKNOWN", { ...fourLegsPlan, splits: [...fourLegsPlan.splits, { phase: 9, split_s: 10, mode: "none" }] }],
    ["SPLIT_MISSING", { ...fourLegsPlan, splits: fourLegsPlan.splits.slice(1) }],
    ["COORD_PHASE_OMITTED", withSplit(2, { mode: "omitted" })],
    ["OMITTED_WITH_SPLIT", withSplit(3, { mode: "omitted" })],
  ])("refuses with %s", (code, plan) => {
    expect(codes(plan)).toContain(code);
  });

  test("reports every problem with its place and words in both languages, not only the first", () => {
    const plan = { ...moved(1, 3, 6), offset_s: 200, sequence: 3 };
    const problems = validatePlan(fourLegs, plan);
    expect(new Set(problems.map((p) => p.code))).toEqual(
      new Set([
        "SEQUENCE_UNKNOWN",
        "OFFSET_OUT_OF_CYCLE",
        "SPLIT_SHORT",
        "BARRIER_SUM_UNEQUAL",
        "CYCLE_SUM_UNEQUAL",
        "CONFLICTING_GREENS",
      ]),
    );
    for (const problem of problems) {
      expect(sentence(problem, "en")).not.toMatch(/\{\w+\}/);
      expect(sentence(problem, "vi")).not.toMatch(/\{\w+\}/);
    }
    expect(problems.find((p) => p.code === "SPLIT_SHORT")?.at?.path).toBe("splits.0");
  });

  test("counts a conflict-specific intergreen against the green that waits for it", () => {
    const { signal } = fourLegs;
    const conflicts = [...signal.conflicts, { a: 2, b: 3, intergreen_ab_s: 11 }];
    const slow = { ...fourLegs, signal: { ...signal, conflicts } };
    expect(codes(fourLegsPlan, slow)).toEqual(["GREEN_SHORT"]);
    expect(codes(moved(4, 3, 3), slow)).toEqual([]);
  });

  test("an omitted phase leaves its time to its neighbour", () => {
    const plan = moved(3, 4, 15);
    const omitted = {
      ...plan,
      splits: plan.splits.map((s) => (s.phase === 3 ? { ...s, mode: "omitted" as const } : s)),
    };
    expect(codes(omitted)).toEqual([]);
  });

  test("whatever plan is accepted, its fixed-time greens keep I1 and I2 (own arithmetic)", () => {
    const cases = randomIntersection().chain((x) =>
      fc.record({
        x: fc.constant(x),
        cycle_s: fc.integer({ min: 40, max: 160 }),
        offset_s: fc.integer({ min: 0, max: 60 }),
        cuts: fc.array(fc.integer({ min: 5, max: 60 }), { minLength: 8, maxLength: 8 }),
        align: fc.boolean(),
      }),
    );
    let accepted = 0;
    fc.assert(
      fc.property(cases, ({ x, cycle_s, offset_s, cuts, align }) => {
        const splits = x.signal.phases.map(({ number }, i) => ({
          phase: number,
          split_s: cuts[i] ?? 20,
          mode: "none" as const,
        }));
        const plan: Plan = { ...fourLegsPlan, intersection: "x", cycle_s, offset_s, splits };
        const tried = align ? aligned(x.signal.rings, plan) : plan;
        if (!planSchema.safeParse(tried).success || validatePlan(x, tried).length > 0) return;
        accepted += 1;
        expect(brokenRules(x, tried)).toEqual([]);
      }),
      { numRuns: 4000 },
    );
    expect(accepted).toBeGreaterThan(100);
  });
});

/** Stretches the last phase of each ring in each group until rings meet, and takes the sum as the cycle. */
function aligned(rings: readonly (readonly (readonly number[])[])[], plan: Plan): Plan {
  const splits = new Map(plan.splits.map((s) => [s.phase, s.split_s]));
  const sum = (group: readonly number[]): number => group.reduce((total, p) => total + (splits.get(p) ?? 0), 0);
  let cycle_s = 0;
  for (const g of (rings[0] ?? []).keys()) {
    const longest = Math.max(...rings.map((ring) => sum(ring[g] ?? [])));
    for (const ring of rings) {
      const last = ring[g]?.at(-1) ?? 0;
      splits.set(last, (splits.get(last) ?? 0) + longest - sum(ring[g] ?? []));
    }
    cycle_s += longest;
  }
  return { ...plan, cycle_s, splits: plan.splits.map((s) => ({ ...s, split_s: splits.get(s.phase) ?? 0 })) };
}

/** Paints the laid-out cycle tenth by tenth and looks at it. */
function brokenRules(x: Intersection, plan: Plan): readonly string[] {
  const laidOut = timeline(x, plan);
  if (!laidOut.ok) return ["cannot be laid out"];
  const { phases } = laidOut.value;
  const on = phases.map((phase) => paint(phase, plan.cycle_s * 10));
  const short = phases.filter((phase) => {
    const own = x.signal.phases.find((p) => p.number === phase.phase);
    const need = Math.max(own?.min_green_s ?? 0, (own?.walk_s ?? 0) + (own?.ped_clear_s ?? 0));
    return phase.green.to_s - phase.green.from_s < need - 1e-9;
  });
  const pairs = phases.flatMap((a, i) => phases.slice(i + 1).map((b, k) => ({ a, b, i, k: i + 1 + k })));
  const clashes = pairs.filter(
    ({ a, b, i, k }) =>
      (a.ring === b.ring || a.barrier_group !== b.barrier_group) &&
      on[i]?.some((lit, t) => lit === 1 && on[k]?.[t] === 1),
  );
  return [...short.map((p) => `green of ${p.phase}`), ...clashes.map(({ a, b }) => `${a.phase} with ${b.phase}`)];
}

function paint({ green, yellow }: PhaseTimeline, cycle: number): Uint8Array {
  const painted = new Uint8Array(cycle);
  const length = Math.round((green.to_s - green.from_s + yellow.to_s - yellow.from_s) * 10);
  const from = Math.round(green.from_s * 10);
  for (let t = from; t < from + length; t++) painted[t % cycle] = 1;
  return painted;
}

describe("the digest text of a plan", () => {
  test("does not depend on the order of keys or splits, and changes with every value", () => {
    const shuffled = { ...fourLegsPlan, splits: fourLegsPlan.splits.toReversed() };
    expect(digestInput(shuffled)).toBe(digestInput(fourLegsPlan));
    const changed = [
      { ...fourLegsPlan, offset_s: 11 },
      { ...fourLegsPlan, cycle_s: 91 },
      withSplit(1, { split_s: 16 }),
    ];
    for (const plan of changed) expect(digestInput(plan)).not.toBe(digestInput(fourLegsPlan));
  });
});

describe("the timeline of a plan", () => {
  test("puts the coordinated greens at local zero and the others around them", () => {
    const laidOut = timeline(fourLegs, fourLegsPlan);
    if (!laidOut.ok) throw new Error("refused");
    const of = (phase: number) => laidOut.value.phases.find((p) => p.phase === phase);
    // Ring 2 reaches its coordinated phase later (split 5 is longer), and local zero waits for both.
    expect(of(6)?.green).toEqual({ from_s: 0, to_s: 25 });
    expect(of(2)?.green).toEqual({ from_s: 85, to_s: 115 });
    expect(of(2)?.red_clear).toEqual({ from_s: 28.5, to_s: 30 });
    expect(of(3)?.green).toEqual({ from_s: 30, to_s: 40 });
  });
});
