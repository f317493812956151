/**
 * Whose change it is. A machine's own is held to the limits of change, against the plan that runs and how long it has; a
 * person's is not.
 */
import type { Clock } from "../../core/ports/clock.ts";
import type { PlanStore } from "../../core/ports/storage.ts";
import type { Automatic } from "../../core/signal/change-rate.ts";
import type { Plan } from "../../core/signal/plan.ts";

/** What going on from the plan that runs is held to; null for nothing, as where no plan runs. */
export type Limits = (running: Plan | null) => Promise<Automatic | null>;

/** Somebody drafted it, and somebody answers for it. */
export const personsOwn: Limits = () => Promise.resolve(null);

/** As far back as anybody would look for the plan before. */
const LOOK_BACK = 200;

/** What runs and is not the store's plan in force was there before us: nobody waits for it. */
export function machinesOwn({ plans, clock }: { readonly plans: PlanStore; readonly clock: Clock }): Limits {
  return async (running) => {
    if (running === null) return null;
    const known = await plans.recent({ intersection: running.intersection, limit: LOOK_BACK });
    const active = known.find(({ state }) => state === "active");
    const ours = active !== undefined && active.plan.pattern === running.pattern;
    if (!ours) return { from: running, ago_s: Number.POSITIVE_INFINITY };
    const ago_s = Math.max(0, (clock.nowMs() - active.at_ms) / 1000);
    const before = known.find(({ state, id }) => state === "superseded" && id < active.id);
    return { from: running, ago_s, ...(before === undefined ? {} : { before: before.plan }) };
  };
}
