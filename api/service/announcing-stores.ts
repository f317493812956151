/** Plans and ledger entries are news as soon as they are durable, and not before. */
import type { Bus } from "../../core/ports/bus.ts";
import type { Ledger, PlanStore, StoredPlan } from "../../core/ports/storage.ts";

export function announcingLedger(ledger: Ledger, bus: Bus): Ledger {
  return {
    append: async (kind, body, at_ms) => {
      const entry = await ledger.append(kind, body, at_ms);
      bus.publish("ledger", entry);
      return entry;
    },
    recent: (limit) => ledger.recent(limit),
    verify: (how) => ledger.verify(how),
  };
}

/** A plan changes state a handful of times, soon after it is made; older ones are asked of the store. */
const REMEMBERED_PLANS = 1000;

export function announcingPlans(plans: PlanStore, bus: Bus): PlanStore {
  const made = new Map<number, StoredPlan>();
  const remember = (stored: StoredPlan): void => {
    made.set(stored.id, stored);
    const oldest = made.size > REMEMBERED_PLANS ? made.keys().next().value : undefined;
    if (oldest !== undefined) made.delete(oldest);
    bus.publish("plan", stored);
  };
  return {
    add: async (plan, reasons, at_ms) => {
      const id = await plans.add(plan, reasons, at_ms);
      remember({ id, plan, state: "proposed", at_ms, reasons });
      return id;
    },
    setState: async (id, state, at_ms) => {
      await plans.setState(id, state, at_ms);
      const before = made.get(id);
      if (before !== undefined) remember({ ...before, state, at_ms });
    },
    inForce: () => plans.inForce(),
    recent: (query) => plans.recent(query),
  };
}
