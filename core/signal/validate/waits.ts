/** I7: under a plan that serves a phase once a cycle, nobody with a call waits longer than is allowed. */
import type { Problem } from "../../problems/problem.ts";
import { deciseconds } from "../machine/convert.ts";
import { clearance_ds, LONGEST_WAIT_S, leadAtMost_ds } from "../needs.ts";
import type { Plan } from "../plan.ts";
import type { SignalSpec } from "../schema.ts";
import type { Report } from "./report.ts";

export function waitProblems(signal: SignalSpec, plan: Plan, report: Report): readonly Problem[] {
  const { longest_wait_s = LONGEST_WAIT_S, longest_walk_wait_s } = signal;
  return plan.splits.flatMap(({ phase, split_s, mode }, i) => {
    const spec = signal.phases.find(({ number }) => number === phase);
    if (spec === undefined || mode === "omitted") return [];
    // From the end of green to the next: whoever comes a moment too late waits for all of it.
    const red_ds = deciseconds(plan.cycle_s - split_s) + clearance_ds(signal, phase) + leadAtMost_ds(signal, phase);
    const got_s = red_ds / 10;
    const walk_got_s = plan.cycle_s - spec.walk_s;
    const path = `splits.${i}`;
    const vehicles = { phase, got_s, most_s: longest_wait_s };
    const walkers = { phase, got_s: walk_got_s, most_s: longest_walk_wait_s ?? 0 };
    return [
      ...(got_s > longest_wait_s ? [report("WAIT_LONG", path, vehicles)] : []),
      ...(longest_walk_wait_s !== undefined && spec.walk_s > 0 && walk_got_s > longest_walk_wait_s
        ? [report("WALK_WAIT_LONG", path, walkers)]
        : []),
    ];
  });
}
