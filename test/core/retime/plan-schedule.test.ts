import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planSchedule, type ScheduleProblem } from "../../../core/retime/plan-schedule.ts";

/** A plan is the demand that it is made for, and costs by how far the demand of the day is from that. */
const toy = (slots: number[][], change: number, mostPlans = 4): ScheduleProblem<number> => ({
  slots: slots.map((days) => days.map((flow) => [flow])),
  mostPlans,
  percentile: 0.5,
  change,
  planFor: ([flow = 0]) => flow,
  cost: (plan, [flow = 0]) => Math.abs(plan - flow),
});

const day = [100, 100, 800, 820, 300, 300, 310, 900, 880, 120].map((flow) => [flow]);

/** Every way to give slots to the plans of a schedule. */
function cheapestByTrying(problem: ScheduleProblem<number>, plans: readonly number[]): number {
  const count = problem.slots.length;
  let least = Number.POSITIVE_INFINITY;
  for (let number = 0; number < plans.length ** count; number += 1) {
    const way = Array.from({ length: count }, (_, at) => Math.floor(number / plans.length ** at) % plans.length);
    const waits = way.reduce((sum, plan, at) => {
      const days = problem.slots[at] ?? [];
      return sum + days.reduce((all, each) => all + problem.cost(plans[plan] as number, each), 0) / days.length;
    }, 0);
    const changes = way.filter((plan, at) => plan !== way[(at + count - 1) % count]).length;
    least = Math.min(least, waits + changes * problem.change);
  }
  return least;
}

describe("a schedule of plans over the day", () => {
  it("has a plan for the peaks, one for the hours between and one for the night", () => {
    const schedule = planSchedule(toy(day, 20, 3));
    expect(schedule?.plans.length).toBe(3);
    expect(schedule?.rows.map(({ from, to }) => [from, to])).toEqual([
      [2, 4],
      [4, 7],
      [7, 9],
      [9, 12],
    ]);
  });

  it("has one plan where changing costs more than it saves", () => {
    expect(planSchedule(toy(day, 10_000))).toMatchObject({ changes: 0, rows: [{ from: 0, to: 10 }] });
  });

  it("is made for the percentile that is asked for, and not for the mean", () => {
    const days = [[100, 100, 100, 100, 500]];
    expect(planSchedule({ ...toy(days, 0), percentile: 1 })?.plans[0]?.demand).toEqual([500]);
    expect(planSchedule(toy(days, 0))?.plans[0]?.demand).toEqual([100]);
  });

  it("says that there is none where no plan can be made, or a slot was never seen", () => {
    expect(planSchedule({ ...toy(day, 20), planFor: () => null })).toBeNull();
    expect(planSchedule(toy([[100], []], 20))).toBeNull();
    expect(planSchedule(toy([], 20))).toBeNull();
  });

  it("gives slots to its plans in the cheapest of all ways, and covers the day without a hole", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 3 }), {
          minLength: 1,
          maxLength: 6,
        }),
        fc.integer({ min: 0, max: 400 }),
        (slots, change) => {
          const problem = toy(slots, change, 3);
          const schedule = planSchedule(problem);
          if (schedule === null) throw new Error("a plan can always be made");
          expect(schedule.cost).toBeCloseTo(
            cheapestByTrying(
              problem,
              schedule.plans.map(({ plan }) => plan),
            ),
            6,
          );
          expect(schedule.rows.reduce((sum, { from, to }) => sum + to - from, 0)).toBe(slots.length);
        },
      ),
      { numRuns: 60 },
    );
  });
});
