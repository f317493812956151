/** The storage ports kept in memory: the real hash chain and the real states, no disk. */
import { createHash } from "node:crypto";
import { chainEntry, emptyChain, verifyChain } from "../../core/evidence/ledger-chain.ts";
import type { Audit, NumberedAuditEntry } from "../../core/ports/audit.ts";
import type { FlowStore, Ledger, LedgerEntry, PlanState, PlanStore, StoredPlan } from "../../core/ports/storage.ts";
import type { FlowInterval } from "../../core/traffic/flow-interval.ts";

const sha256 = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");

export function memoryLedger(): Ledger {
  const entries: LedgerEntry[] = [];
  return {
    append: (kind, body, at_ms) => {
      const entry = chainEntry(entries.at(-1) ?? emptyChain, kind, body, at_ms, sha256);
      entries.push(entry);
      return Promise.resolve(entry);
    },
    recent: (limit) => Promise.resolve(entries.slice(-limit).reverse()),
    verify: () => {
      const { entries: count, broken_at, fault } = verifyChain(entries, sha256);
      return Promise.resolve({ entries: count, broken_at, fault });
    },
  };
}

export function memoryFlows(): FlowStore {
  const rows: FlowInterval[] = [];
  return {
    append: (intervals) => {
      rows.push(...intervals);
      return Promise.resolve();
    },
    recent: ({ lane, since_ms = 0, limit }) =>
      Promise.resolve(
        rows
          .filter((row) => (lane === undefined || row.lane === lane) && row.start_ms >= since_ms)
          .sort((a, b) => b.start_ms - a.start_ms)
          .slice(0, limit),
      ),
  };
}

export function memoryPlans(): PlanStore {
  const rows: StoredPlan[] = [];
  return {
    add: (plan, reasons, at_ms) => {
      rows.push({ id: rows.length + 1, plan, state: "proposed", at_ms, reasons });
      return Promise.resolve(rows.length);
    },
    setState: (id, state: PlanState, at_ms) => {
      const row = rows[id - 1];
      if (row === undefined) return Promise.reject(new Error(`there is no plan ${id}`));
      rows[id - 1] = { ...row, state, at_ms };
      return Promise.resolve();
    },
    inForce: () => {
      const newest = new Map<string, StoredPlan>();
      for (const row of rows) if (row.state === "active") newest.set(row.plan.intersection, row);
      return Promise.resolve([...newest.values()]);
    },
    recent: ({ intersection, limit }) =>
      Promise.resolve(
        rows
          .filter((row) => intersection === undefined || row.plan.intersection === intersection)
          .slice(-limit)
          .reverse(),
      ),
  };
}

export function memoryAudit(): Audit {
  const chain = memoryLedger();
  const entries: NumberedAuditEntry[] = [];
  return {
    record: async (entry) => {
      const { at_ms, action, ...body } = entry;
      const kept = await chain.append(action, body, at_ms);
      entries.unshift({ ...entry, seq: kept.seq });
      return kept;
    },
    recent: ({ before = Number.POSITIVE_INFINITY, subject, limit }) =>
      Promise.resolve(
        entries
          .filter(
            (entry) => entry.seq < before && (subject === undefined || `${entry.subject}/`.startsWith(`${subject}/`)),
          )
          .slice(0, limit),
      ),
    verify: () => chain.verify(),
  };
}
