/** A case's own log: every step is an entry of it, among entries of what else was done with the case. */
import { z } from "zod";
import type { LedgerEntry } from "../ports/storage.ts";
import { failed, ok, type Problem, problem, type Result } from "../problems/problem.ts";
import { type Case, type CaseStep, openCase, takeStep, verdicts } from "./case.ts";
import { protections } from "./protected-plates.ts";

const by = z.string().min(1);
const reason = z.string();
const problemSchema = z.custom<Problem>(
  (value) =>
    z.object({ code: z.string(), words: z.record(z.string(), z.union([z.string(), z.number()])) }).safeParse(value)
      .success,
);

/** What an entry of a step says besides its kind and its time, which are the entry's own. */
const bodies = {
  detected: z.object({ by, rule: z.string(), sampled: z.boolean() }),
  screened: z.object({ by, protected_as: z.enum(protections).nullable() }),
  screened_out: z.object({ by, reason: problemSchema }),
  evidence_asked: z.object({ by, reason }),
  reviewed: z.object({ by, verdict: z.enum(verdicts), reason }),
  review_undone: z.object({ by }),
  decided: z.object({ by, confirmed: z.boolean(), reason }),
  noticed: z.object({ by, reference: z.string() }),
  cancel_asked: z.object({ by, reason }),
  cancel_answered: z.object({ by, agreed: z.boolean(), reason }),
  closed: z.object({ by, reason }),
} as const satisfies {
  readonly [K in CaseStep["kind"]]: z.ZodType<Omit<Extract<CaseStep, { kind: K }>, "kind" | "at_ms">>;
};

const isStepKind = (kind: string): kind is CaseStep["kind"] => Object.hasOwn(bodies, kind);

/** May an entry of this kind be written without a step being taken? */
export const isFreeKind = (kind: string): boolean => !isStepKind(kind);

/** Body of the step's entry. */
export function stepBody(caseId: string, { kind: _kind, at_ms: _at_ms, ...said }: CaseStep): object {
  return { case_id: caseId, ...said };
}

/** The step of an entry; null for an entry of something else; undefined for a step that cannot be read. */
function stepOf({ kind, at_ms, body }: LedgerEntry): CaseStep | null | undefined {
  if (!isStepKind(kind)) return null;
  const read = bodies[kind].safeParse(body);
  return read.success ? ({ kind, at_ms, ...read.data } as CaseStep) : undefined;
}

/** What the log's steps come to. Fails with `CASE_LOG_BROKEN` where they cannot have been taken in this order. */
export function caseOf(id: string, log: readonly LedgerEntry[]): Result<Case> {
  let now: Case | null = null;
  for (const entry of log) {
    const step = stepOf(entry);
    if (step === null) continue;
    const next: Result<Case> | null = step === undefined ? null : taken(now, step);
    if (next === null || !next.ok) {
      return failed(problem("CASE_LOG_BROKEN", { case: id, entry: entry.seq, fault: entry.kind }));
    }
    now = next.value;
  }
  return now === null ? failed(problem("CASE_LOG_BROKEN", { case: id, entry: 1, fault: "wrong_sequence" })) : ok(now);
}

function taken(now: Case | null, step: CaseStep): Result<Case> | null {
  if (now !== null) return takeStep(now, step);
  return step.kind === "detected" ? ok(openCase(step)) : null;
}
