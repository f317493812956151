/** Cases kept in memory: the real steps, the real chain of each, no disk. */
import { createHash } from "node:crypto";
import { openCase, takeStep } from "../../core/cases/case.ts";
import { stepBody } from "../../core/cases/case-log.ts";
import { SERVICE } from "../../core/cases/states.ts";
import { chainEntry, emptyChain } from "../../core/evidence/ledger-chain.ts";
import type { CaseRecord, CaseStore } from "../../core/ports/cases.ts";
import type { LedgerEntry } from "../../core/ports/storage.ts";
import { failed, ok, problem } from "../../core/problems/problem.ts";

const sha256 = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");

export function memoryCases(): CaseStore {
  const records = new Map<string, CaseRecord>();
  const logs = new Map<string, LedgerEntry[]>();

  const known = (id: string): CaseRecord => {
    const record = records.get(id);
    if (record === undefined) throw new Error(`there is no case ${id}`);
    return record;
  };
  const append = (id: string, kind: string, body: unknown, at_ms: number): LedgerEntry => {
    const log = logs.get(id) ?? [];
    const entry = chainEntry(log.at(-1) ?? emptyChain, kind, body, at_ms, sha256);
    logs.set(id, [...log, entry]);
    return entry;
  };

  return {
    open: async (id, detection, sampled, at_ms) => {
      const { camera, rule, track, session_ms } = detection;
      const same = [...records.values()].find(({ detection: one }) => {
        const sameRule = one.rule.id === rule.id && one.rule.place === rule.place;
        return one.camera === camera && sameRule && one.track === track && one.session_ms === session_ms;
      });
      if (same !== undefined) return same;
      const step = { kind: "detected", by: SERVICE, at_ms, rule: rule.id, sampled } as const;
      const evidence = { state: "pending", attempts: 0, trouble: null } as const;
      records.set(id, { id, detection, case: openCase(step), evidence, plate: null });
      append(id, step.kind, stepBody(id, step), at_ms);
      return known(id);
    },
    get: async (id) => records.get(id) ?? null,
    list: async ({ states, evidence, rule, camera, since_ms = 0, until_ms = Number.MAX_VALUE, before, limit }) => {
      const newest = [...records.values()].sort(
        (a, b) => b.detection.at_ms - a.detection.at_ms || (a.id < b.id ? 1 : -1),
      );
      const from = before === undefined ? 0 : newest.findIndex(({ id }) => id === before) + 1;
      const wanted = ({ case: { state }, evidence: kept, detection }: CaseRecord): boolean =>
        (states === undefined || states.includes(state)) &&
        (evidence === undefined || kept.state === evidence) &&
        (rule === undefined || detection.rule.id === rule) &&
        (camera === undefined || detection.camera === camera) &&
        detection.at_ms >= since_ms &&
        detection.at_ms < until_ms;
      return newest.slice(from).filter(wanted).slice(0, limit);
    },
    step: async (id, step, seen) => {
      const record = records.get(id);
      if (record === undefined) return failed(problem("CASE_UNKNOWN", { case: id }));
      const steps = record.case.steps.length;
      if (steps !== seen) return failed(problem("CASE_MOVED_ON", { steps, seen }));
      const next = takeStep(record.case, step);
      if (!next.ok) return next;
      const untried = { state: "pending", attempts: 0, trouble: null } as const;
      const evidence = step.kind === "evidence_asked" ? untried : record.evidence;
      records.set(id, { ...record, case: next.value, evidence });
      append(id, step.kind, stepBody(id, step), step.at_ms);
      return ok(known(id));
    },
    setEvidence: async (id, evidence, plate) => {
      records.set(id, { ...known(id), evidence, plate });
    },
    record: async (id, kind, body, at_ms) => append(known(id).id, kind, body, at_ms),
    log: async (id) => logs.get(id) ?? [],
  };
}
