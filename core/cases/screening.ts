/** What the service itself finds of a case before a person looks: whether there is anything to look at, and of whom. */
import type { CaseRecord } from "../ports/cases.ts";
import { problem, sentence } from "../problems/problem.ts";
import type { CaseStep } from "./case.ts";
import { type DuplicateWindows, duplicateOf } from "./duplicates.ts";
import { protectedAs } from "./protected-plates.ts";
import { SERVICE } from "./states.ts";

export interface ScreeningRules extends DuplicateWindows {
  /** Country of the site, ISO 3166-1 alpha-2 in lower case. */
  readonly country: string;
  /** Plates of the city's own ambulances, fire engines and police cars. */
  readonly priority: readonly string[];
}

/** The step that screening takes; null while the evidence is still being made. */
export function screen(
  record: CaseRecord,
  others: readonly CaseRecord[],
  rules: ScreeningRules,
  at_ms: number,
): CaseStep | null {
  const { evidence, plate } = record;
  if (evidence.state === "pending") return null;
  const out = { kind: "screened_out", by: SERVICE, at_ms } as const;
  if (evidence.state === "failed") {
    return { ...out, reason: problem("CASE_WITHOUT_EVIDENCE", { reason: sentence(evidence.trouble) }) };
  }
  if (evidence.state === "deleted") {
    return { ...out, reason: problem("CASE_WITHOUT_EVIDENCE", { reason: evidence.reason }) };
  }
  const first = duplicateOf(record, others, rules);
  if (first !== null) return { ...out, reason: problem("CASE_TOLD_TWICE", { case: first.id }) };
  const protection = plate === null ? null : protectedAs(plate, rules.country, rules.priority);
  return { kind: "screened", by: SERVICE, at_ms, protected_as: protection };
}
