import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sentence } from "../../../core/problems/problem.ts";
import { greenSpans, ringOrders } from "../../../core/timing/ring-orders.ts";
import { bestStages, type StageMovement } from "../../../core/timing/stages.ts";

const movement = (id: string, flow_ratio: number, min_green_s = 7, clearance_s = 5): StageMovement => ({
  id,
  flow_ratio,
  min_green_s,
  clearance_s,
});

const conflictOf = (pairs: readonly string[]) => (a: string, b: string) =>
  pairs.includes(`${a} ${b}`) || pairs.includes(`${b} ${a}`);

const crossing = conflictOf(["N E", "N W", "S E", "S W"]);

describe("stages", () => {
  test("a plain crossing gets two, each as long as its busier side needs", () => {
    const movements = [movement("N", 0.3), movement("S", 0.1), movement("E", 0.2), movement("W", 0.25)];
    const found = bestStages({ movements, conflict: crossing, longest_s: 120, degree: 0.9 });
    if (!found.ok) throw new Error("no stages");
    expect(found.value.stages).toEqual([
      ["N", "S"],
      ["E", "W"],
    ]);
    // C = 10 / (1 - 0.55 / 0.9).
    expect(found.value.cycle_s).toBeCloseTo(10 / (1 - 0.55 / 0.9), 3);
  });

  test("one busy left turn goes on beside its own side's through traffic", () => {
    const conflict = conflictOf(["N s-left", "S n-left", "N E", "S E", "n-left E", "s-left E"]);
    const flows = { N: 0.3, S: 0.05, "n-left": 0.3, "s-left": 0.05, E: 0.1 };
    const movements = Object.entries(flows).map(([id, ratio]) => movement(id, ratio, 1));
    const found = bestStages({ movements, conflict, longest_s: 150 });
    if (!found.ok) throw new Error("no stages");
    expect(found.value.stages).toContainEqual(["N", "n-left"]);
    // Two chains of 0.35 beside each other, then E: three clearances.
    expect(found.value.cycle_s).toBeCloseTo(15 / (1 - 0.45 / 0.9), 3);
  });

  test("people who cross all ways at once get a scramble when every vehicle is in their way", () => {
    const conflict = (a: string, b: string) => crossing(a, b) || a.startsWith("walk") !== b.startsWith("walk");
    const movements = [
      ...["N", "S", "E", "W"].map((id) => movement(id, 0.15)),
      movement("walk-1", 0, 20),
      movement("walk-2", 0, 22),
    ];
    const found = bestStages({ movements, conflict, longest_s: 150 });
    if (!found.ok) throw new Error("no stages");
    expect(found.value.stages).toContainEqual(["walk-1", "walk-2"]);
    expect(found.value.stages).toHaveLength(3);
  });

  test("too much demand, people too slow for the cycle, and nobody at all are said", () => {
    const many = ["N", "S", "E", "W"].map((id) => movement(id, 0.6));
    const full = bestStages({ movements: many, conflict: crossing, longest_s: 150 });
    expect(full.ok ? "" : sentence(full.problems[0] ?? never())).toContain("within 150 s");
    const slow = bestStages({ movements: [movement("walk", 0, 200)], conflict: crossing, longest_s: 150 });
    expect(slow.ok).toBe(false);
    const none = bestStages({ movements: [], conflict: crossing, longest_s: 150 });
    expect(none.ok ? "" : none.problems[0]?.code).toBe("STAGES_NONE");
    const crowd = Array.from({ length: 17 }, (_, i) => movement(`m${i}`, 0.01));
    expect(bestStages({ movements: crowd, conflict: () => false, longest_s: 150 }).ok).toBe(false);
  });

  test("whatever the conflicts, greens keep apart what must be apart and give everybody its need", () => {
    const random = fc.integer({ min: 1, max: 7 }).chain((n) =>
      fc.record({
        ratios: fc.array(fc.double({ min: 0, max: 0.3, noNaN: true }), { minLength: n, maxLength: n }),
        greens: fc.array(fc.integer({ min: 5, max: 40 }), { minLength: n, maxLength: n }),
        pairs: fc.array(fc.boolean(), { minLength: n * n, maxLength: n * n }),
      }),
    );
    fc.assert(
      fc.property(random, ({ ratios, greens, pairs }) => {
        const n = ratios.length;
        const movements = ratios.map((ratio, i) => movement(`${i}`, ratio, greens[i]));
        const conflict = (...ends: readonly string[]) => {
          const [a = 0, b = 0] = ends.map(Number).toSorted((one, other) => one - other);
          return a !== b && pairs[a * n + b] === true;
        };
        const found = bestStages({ movements, conflict, longest_s: 150, most_stages: 6 });
        if (!found.ok) return;
        const { stages, durations_s, cycle_s } = found.value;
        expect(stages.some((stage) => stage.some((a) => stage.some((b) => conflict(a, b))))).toBe(false);
        expect(durations_s.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(cycle_s + 1e-6);
        for (const { id, flow_ratio, min_green_s, clearance_s } of movements) {
          const green = durations_s.reduce((sum, one, s) => sum + (stages[s]?.includes(id) ? one : 0), 0) - clearance_s;
          expect(green).toBeGreaterThanOrEqual(Math.max(min_green_s, (flow_ratio * cycle_s) / 0.9) - 1e-6);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("lead and lag", () => {
  const rings = [
    [
      [1, 2],
      [3, 4],
    ],
    [
      [5, 6],
      [7, 8],
    ],
  ];

  test("two rings of two and two have sixteen orders, the given one first", () => {
    const orders = ringOrders(rings);
    expect(orders).toHaveLength(16);
    expect(orders[0]).toEqual(rings);
    expect(new Set(orders.map((order) => JSON.stringify(order))).size).toBe(16);
  });

  test("a left turn that lags leaves the through green first", () => {
    const splits = new Map([1, 2, 3, 4, 5, 6, 7, 8].map((p) => [p, p % 2 === 1 ? 15 : 35] as const));
    const lost = new Map([1, 2, 3, 4, 5, 6, 7, 8].map((p) => [p, 5] as const));
    const lag = ringOrders(rings).find((order) => order[0]?.[0]?.[0] === 2 && order[1]?.[0]?.[0] === 5) ?? rings;
    const spans = greenSpans(lag, splits, lost);
    expect(spans.find(({ phase }) => phase === 2)).toEqual({ phase: 2, from_s: 0, green_s: 30 });
    expect(spans.find(({ phase }) => phase === 6)).toEqual({ phase: 6, from_s: 15, green_s: 30 });
    expect(spans.find(({ phase }) => phase === 4)?.from_s).toBe(65);
  });
});

const never = (): never => {
  throw new Error("a problem");
};
