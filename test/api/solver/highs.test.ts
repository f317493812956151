import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { highsSolver } from "../../../api/solver/highs.ts";
import { answerBands } from "../../../core/bands/answer.ts";
import { answerLinks } from "../../../core/bands/answer-links.ts";
import { sums } from "../../../core/bands/corridor.ts";
import type { BandInstance } from "../../../core/bands/instance.ts";
import type { ProgramSolver } from "../../../core/ports/program-solver.ts";

let solver: ProgramSolver;

beforeAll(async () => {
  solver = await highsSolver();
});

describe("HiGHS", () => {
  const whole = (upper: number, gain: number) => ({ lower: 0, upper, whole: true, gain });

  test("finds the best whole numbers, the same each time, and a bound that is reached", () => {
    const program = {
      variables: [whole(10, 30), whole(10, 50)],
      rows: [
        { terms: [[0, 1] as const, [1, 2] as const], lower: Number.NEGATIVE_INFINITY, upper: 40 },
        { terms: [[0, 2] as const, [1, 1] as const, [0, 1] as const], lower: 0, upper: 30 },
      ],
    };
    const answer = solver.solve(program, 5);
    expect(answer.state).toBe("optimal");
    expect(answer.values?.map(Math.round)).toEqual([6, 10]);
    expect(answer.bound).toBeCloseTo(680, 6);
    expect(solver.solve(program, 5)).toEqual(answer);
  });

  test("says when nothing fits", () => {
    const row = { terms: [[0, 1] as const], lower: 2, upper: 3 };
    expect(solver.solve({ variables: [whole(1, 1)], rows: [row] }, 5)).toMatchObject({
      state: "infeasible",
      values: null,
    });
  });
});

const share = (min: number, max: number) => fc.double({ min, max, noNaN: true });

/** Streets in the form of a file, with all that can be decided at fixed speeds. */
const streets = fc.integer({ min: 1, max: 7 }).chain((n) => {
  const each = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: n, maxLength: n });
  const links = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: n - 1, maxLength: n - 1 });
  return fc
    .record({
      cycle_s: fc.integer({ min: 50, max: 130 }),
      gaps: links(fc.integer({ min: 0, max: 700 })),
      greens: each(share(0.2, 0.8)),
      inbound: fc.option(each(share(0.2, 0.8)), { nil: undefined }),
      lefts: fc.option(each(fc.integer({ min: 5, max: 15 })), { nil: undefined }),
      speed_out_mps: links(share(8, 17)),
      speed_in_mps: links(share(8, 17)),
      queue_out_s: each(fc.integer({ min: 0, max: 15 })),
      times: fc.option(each(fc.constantFrom(1 as const, 2 as const)), { nil: undefined }),
    })
    .map(({ cycle_s, gaps, greens, inbound, lefts, times, ...rest }): BandInstance => {
      const period = (i: number): number => cycle_s / (times?.[i] ?? 1);
      return {
        ...rest,
        cycle_s,
        positions_m: [...sums(gaps)],
        coord_green_s: greens.map((green, i) => green * period(i)),
        ...(inbound === undefined ? {} : { green_in_s: inbound.map((green, i) => green * period(i)) }),
        ...(lefts === undefined ? {} : { left_out_s: lefts, left_in_s: lefts.toReversed() }),
        ...(times === undefined ? {} : { greens_per_cycle: times }),
      };
    });
});

describe("the mixed-integer program", () => {
  test("has the optimum that looking at every case has", () => {
    fc.assert(
      fc.property(streets, (street) => {
        const cases = answerBands(street, { solver: null, limit_s: 1 });
        const program = answerBands(street, { solver, limit_s: 20, always: true });
        if (!cases.ok || !program.ok) throw new Error("no answer");
        for (const goal of ["max_sum", "max_equal"] as const) {
          expect(program.value[goal].proved).toBe(true);
          expect(program.value[goal].total_s).toBeCloseTo(cases.value[goal].total_s, 3);
        }
      }),
      { numRuns: 20 },
    );
  });

  const open: BandInstance = {
    cycle_s: 80,
    positions_m: [0, 300, 600, 900],
    coord_green_s: [40, 40, 40, 40],
    speed_out_mps: [10, 10, 10],
    speed_in_mps: [10, 10, 10],
  };

  test("finds the speeds that half a cycle takes, and never less than fixed speeds allow", () => {
    const fixed = answerBands(open, { solver: null, limit_s: 1 });
    const eased = answerBands({ ...open, speed_slack: 0.25 }, { solver, limit_s: 20 });
    if (!fixed.ok || !eased.ok) throw new Error("no answer");
    expect(fixed.value.max_equal.bandwidth_out_s).toBeCloseTo(10, 6);
    expect(eased.value.max_equal.bandwidth_out_s).toBeCloseTo(40, 3);
    const speeds = [...(eased.value.max_equal.speed_out_mps ?? []), ...(eased.value.max_equal.speed_in_mps ?? [])];
    expect(speeds).toHaveLength(6);
    expect(speeds.every((mps) => mps !== null && mps >= 7.5 - 1e-4 && mps <= 12.5 + 1e-4)).toBe(true);
    const steady = answerBands({ ...open, speed_slack: 0.25, speed_change: 0 }, { solver, limit_s: 20 });
    if (!steady.ok) throw new Error("no answer");
    expect(new Set(steady.value.max_sum.speed_out_mps?.map((mps) => mps?.toFixed(3))).size).toBe(1);
  });

  test("gives links bands of their own, none narrower than one for all", () => {
    const links = answerLinks(
      { ...open, link_weight_out: [1, 1, 1], link_weight_in: [1, 1, 1] },
      { solver, limit_s: 20 },
    );
    if (links === undefined || !links.ok) throw new Error("no answer");
    expect(links.value.proved).toBe(true);
    expect(links.value.total_s).toBeGreaterThanOrEqual(3 * 20 - 1e-3);
    for (const [i, [out, back]] of links.value.evaluator_check_out_in.entries()) {
      expect(out).toBeGreaterThanOrEqual((links.value.bandwidth_out_s[i] ?? 0) - 1e-3);
      expect(back).toBeGreaterThanOrEqual((links.value.bandwidth_in_s[i] ?? 0) - 1e-3);
    }
    expect(answerLinks(open, { solver: null, limit_s: 1 })).toBeUndefined();
  });
});
