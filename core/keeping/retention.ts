/** Whether the evidence of a case is to be deleted, by the rules in force. */
import type { Case, CaseStep } from "../cases/case.ts";
import { localDay } from "./calendar.ts";
import type { KeepingClass, RetentionRule } from "./retention-rules.ts";

const HOUR_MS = 3_600_000;

/** The newest rule that is in force on a day; of two from the same day the one that stands last. Null before the first. */
export function ruleInForce(rules: readonly RetentionRule[], kept: KeepingClass, day: string): RetentionRule | null {
  return rules
    .filter((rule) => rule.class === kept && rule.from <= day)
    .reduce<RetentionRule | null>((newest, rule) => (newest !== null && newest.from > rule.from ? newest : rule), null);
}

export interface CaseEnd {
  readonly class: "rejected_cases" | "case_files";
  /** From when on its time is counted. */
  readonly since_ms: number;
}

const rejects = (step: CaseStep): boolean =>
  step.kind === "screened_out" || step.kind === "reviewed" || (step.kind === "decided" && !step.confirmed);

/** How a case ended; null while it is open. A case that an officer once confirmed is a case file, however it ended. */
function caseEnd({ state, steps }: Case): CaseEnd | null {
  if (state !== "rejected" && state !== "closed") return null;
  const confirmed = steps.some((step) => step.kind === "decided" && step.confirmed);
  // The step that rejected it is the last of its kind: nothing is judged after a rejection. Closing starts no new time.
  const ended = confirmed ? steps.at(-1) : steps.findLast(rejects);
  if (ended === undefined) return null;
  return { class: confirmed ? "case_files" : "rejected_cases", since_ms: ended.at_ms };
}

export interface DueDeletion {
  readonly class: CaseEnd["class"];
  readonly due_ms: number;
  readonly rule: RetentionRule;
}

/** Null while the evidence is to be kept. */
export function dueDeletion(
  ended: Case,
  rules: readonly RetentionRule[],
  now_ms: number,
  timezone: string,
): DueDeletion | null {
  const end = caseEnd(ended);
  const rule = end === null ? null : ruleInForce(rules, end.class, localDay(now_ms, timezone));
  if (end === null || rule === null || rule.keep_h === null) return null;
  const due_ms = end.since_ms + rule.keep_h * HOUR_MS;
  return due_ms <= now_ms ? { class: end.class, due_ms, rule } : null;
}
