/** When each phase shows what under a plan, for ring diagrams, bands and checks. */
import type { Intersection } from "../network/schema.ts";
import { failed, ok, problem, type Result } from "../problems/problem.ts";
import { compileConfig } from "./machine/compile.ts";
import { machineConfig, machinePattern } from "./machine/convert.ts";
import { makeTimetable, type Timetable } from "./machine/timetable.ts";
import type { Plan } from "./plan.ts";
import { inSequence } from "./sequences.ts";

/** Seconds after local zero; `from_s` is in [0, cycle), and a `to_s` past the cycle runs into the next one. */
export interface Span {
  readonly from_s: number;
  readonly to_s: number;
}

export interface PhaseTimeline {
  readonly phase: number;
  /** Counted from 1. */
  readonly ring: number;
  readonly barrier_group: number;
  readonly green: Span;
  readonly yellow: Span;
  readonly red_clear: Span;
}

export interface PlanTimeline {
  readonly cycle_s: number;
  /** In ring order; omitted phases are not listed. */
  readonly phases: readonly PhaseTimeline[];
}

/** The fixed-time realisation: every phase called and used to its force-off. Fails with `PLAN_NOT_RUNNABLE`. */
export function timeline(stated: Intersection, plan: Plan): Result<PlanTimeline> {
  const intersection = inSequence(stated, plan.sequence);
  const config = machineConfig(intersection);
  const result = makeTimetable(compileConfig(config), machinePattern(plan));
  if (!result.ok) {
    return failed(problem("PLAN_NOT_RUNNABLE", { intersection: intersection.id, reason: result.refusal }));
  }
  const { timetable } = result;
  const running = (phase: number): boolean => (timetable.activeMask & (1 << (phase - 1))) !== 0;
  const phases = intersection.signal.rings.flatMap((ring, r) =>
    ring.flatMap((group, g) =>
      group.filter(running).map((phase) => {
        const lamps = config.phases.find((p) => p.number === phase);
        return {
          phase,
          ring: r + 1,
          barrier_group: g + 1,
          ...spans(timetable, phase - 1, lamps?.yellow_ds ?? 0, lamps?.red_clear_ds ?? 0),
        };
      }),
    ),
  );
  return ok({ cycle_s: plan.cycle_s, phases });
}

/** By whole second of the cycle, from local zero on: the share of it that lies in the span. */
export function sharesOfSeconds({ from_s, to_s }: Span, cycle_s: number): number[] {
  const shares = Array.from({ length: cycle_s }, () => 0);
  for (let second = Math.floor(from_s); second < to_s; second += 1) {
    const at = second % cycle_s;
    shares[at] = (shares[at] as number) + Math.min(to_s, second + 1) - Math.max(from_s, second);
  }
  return shares;
}

function spans({ greenStart, forceOff, cycle }: Timetable, index: number, yellow: number, red: number) {
  const from = greenStart[index] ?? 0;
  const forced = forceOff[index] ?? 0;
  const green = forced > from ? forced - from : forced - from + cycle;
  const span = (start: number, length: number): Span => {
    const begin = start % cycle;
    return { from_s: begin / 10, to_s: (begin + length) / 10 };
  };
  return { green: span(from, green), yellow: span(from + green, yellow), red_clear: span(from + green + yellow, red) };
}
