/** Which plan "the previous approved one" is. */
import type { PlanStore } from "../../core/ports/storage.ts";
import type { Plan } from "../../core/signal/plan.ts";

/** As far back as anybody would go. */
const LOOK_BACK = 200;

/**
 * Of the plans that the device once confirmed, the newest that does not run now: the one before the plan in force, or,
 * where the device has fallen back to its local plan, the plan in force itself. Null when there is none.
 */
export async function previousPlan(plans: PlanStore, intersection: string, running: number): Promise<Plan | null> {
  const known = await plans.recent({ intersection, limit: LOOK_BACK });
  const confirmed = known.filter(({ state }) => state === "active" || state === "superseded");
  const candidate = confirmed.find(({ state, plan }) => state === "superseded" || plan.pattern !== running);
  return candidate?.plan ?? null;
}
