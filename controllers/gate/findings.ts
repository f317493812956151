/** What the proofs found, sorted by the check that it belongs to. */
import { failed, type Problem, type Result } from "../../core/problems/problem.ts";
import { type CheckId, checkIds, invariantOf } from "./invariants.ts";

/** One proof, made or not: for the ledger and the page. A check that could not be made for want of another is absent. */
export interface Check {
  readonly id: CheckId;
  readonly passed: boolean;
  readonly problems: readonly Problem[];
}

export interface Finding {
  readonly check: CheckId;
  readonly problem: Problem;
}

export const under = (check: CheckId, problems: readonly Problem[]): readonly Finding[] =>
  problems.map((problem) => ({ check, problem }));

/** What was checked, and what passed or every reason against it. */
export interface Judged<T> {
  readonly checks: readonly Check[];
  readonly result: Result<T>;
}

export const refuse = (made: readonly CheckId[], findings: readonly Finding[]): Judged<never> => ({
  checks: checksFrom(made, findings),
  result: failed(...findings.map((finding) => finding.problem)),
});

/** By the invariant that each code belongs to. */
export const sorted = (problems: readonly Problem[]): readonly Finding[] =>
  problems.map((problem) => ({ check: invariantOf(problem.code), problem }));

/** Those made, and those that found something although they were not asked for. */
export function checksFrom(made: readonly CheckId[], findings: readonly Finding[]): readonly Check[] {
  const named = new Set([...made, ...findings.map((finding) => finding.check)]);
  return checkIds
    .filter((id) => named.has(id))
    .map((id) => {
      const problems = findings.filter((finding) => finding.check === id).map((finding) => finding.problem);
      return { id, passed: problems.length === 0, problems };
    });
}
