import { expect, it } from "vitest";
import { startBudget } from "../../../sim/retime/budget.ts";

it("a budget is gone by the clock or by processor time, whichever comes first", () => {
  const [clock, used] = [{ ms: 5000 }, { s: 7 }];
  const budget = startBudget({ now_ms: () => clock.ms, time_s: 50, processor_s: 20, spent_s: () => used.s });
  expect(budget.gone()).toBe(0);
  clock.ms += 10_000;
  expect(budget.gone()).toBeCloseTo(0.2);
  used.s += 15;
  expect(budget.gone()).toBeCloseTo(0.75);
  expect(budget.left_s()).toBeCloseTo(40);
  clock.ms += 60_000;
  expect(budget.gone()).toBeGreaterThan(1);
  expect(budget.left_s()).toBe(0);
});
