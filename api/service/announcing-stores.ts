/** Plans and ledger entries are news as soon as they are durable, and not before. */
import type { Bus } from "../../core/ports/bus.ts";
import type { CaseRecord, CaseStore } from "../../core/ports/cases.ts";
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

/** That a case goes on is news; what it is about is for those who may see it. Its beginning is its opener's to tell. */
export function announcingCases(cases: CaseStore, bus: Bus): CaseStore {
  const tell = ({ id, case: { state } }: CaseRecord, at_ms: number): void => bus.publish("case", { id, state, at_ms });
  return {
    open: (id, detection, sampled, at_ms) => cases.open(id, detection, sampled, at_ms),
    get: (id) => cases.get(id),
    list: (query) => cases.list(query),
    step: async (id, step, seen) => {
      const next = await cases.step(id, step, seen);
      if (next.ok) tell(next.value, step.at_ms);
      return next;
    },
    setEvidence: async (id, evidence, plate, at_ms) => {
      await cases.setEvidence(id, evidence, plate, at_ms);
      const record = await cases.get(id);
      if (record !== null) tell(record, at_ms);
    },
    record: (id, kind, body, at_ms) => cases.record(id, kind, body, at_ms),
    log: (id) => cases.log(id),
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
