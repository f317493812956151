/**
 * How far one pass of a retiming loop goes: a machine changes a corridor in steps, all of its signals at one pace, and
 * leaves each step the time that the limits of change ask for. The gate holds it to them whatever it offers.
 */
import type { Limits } from "../../controllers/index.ts";
import type { Intersection } from "../../core/network/schema.ts";
import type { ControllerStatus } from "../../core/ports/signal-controller.ts";
import { type Automatic, stepTogether, type Way, waitBefore_s } from "../../core/signal/change-rate.ts";
import type { Plan } from "../../core/signal/plan.ts";
import { sameTiming } from "../../core/signal/same-timing.ts";

export interface Paced {
  /** What to go to now. */
  readonly plans: readonly Plan[];
  /** Nothing may be changed before so many seconds. */
  readonly wait_s: number;
  /** More remains to be gone after this; null when the plans are those that were wanted. */
  readonly next_s: number | null;
}

interface Leg extends Way {
  readonly automatic: Automatic;
}

/** Of the plans in force those that the devices show. */
export const shownPlans = (inForce: readonly Plan[], signals: ReadonlyMap<string, ControllerStatus>): readonly Plan[] =>
  inForce.filter(({ intersection, pattern }) => signals.get(intersection)?.pattern === pattern);

/** `running` are the plans in force that the devices show; a signal that runs none goes to its plan at once. */
export async function paced(
  intersections: readonly Intersection[],
  wanted: readonly Plan[],
  running: readonly Plan[],
  limits: Limits,
): Promise<Paced> {
  const legs: Leg[] = [];
  for (const target of wanted) {
    const automatic = await limits(running.find(({ intersection }) => intersection === target.intersection) ?? null);
    const rings = intersections.find(({ id }) => id === target.intersection)?.signal.rings;
    if (automatic !== null && rings !== undefined) legs.push({ rings, from: automatic.from, target, automatic });
  }
  const steps = stepsOf(legs);
  const changes = legs.flatMap(({ automatic, from }, i) => {
    const to = steps[i];
    return to === undefined || sameTiming(from, to) ? [] : [waitBefore_s(automatic, to)];
  });
  const plans = wanted.map((plan) => steps.find(({ intersection }) => intersection === plan.intersection) ?? plan);
  const arrived = plans.every((plan, i) => plan === wanted[i]);
  return { plans, wait_s: Math.max(0, ...changes), next_s: arrived ? null : Math.max(...legs.map(soonest_s)) };
}

/** Where one of them cannot go in steps, each goes for itself, and that one is for the gate to refuse. */
const stepsOf = (legs: readonly Leg[]): readonly Plan[] =>
  stepTogether(legs) ?? legs.map((leg) => stepTogether([leg])?.[0] ?? leg.target);

const soonest_s = ({ from }: Leg): number => waitBefore_s({ from, ago_s: 0 }, from);
