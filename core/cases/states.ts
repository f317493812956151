/** The words for where a case is and for who takes its steps; apart from what steps do, for pages that only show them. */

/** In the order in which a case goes through them. */
export const caseStates = [
  "detected",
  "screened",
  "second_review",
  "decision",
  "decided",
  "noticed",
  "cancelling",
  "rejected",
  "closed",
] as const;

export type CaseState = (typeof caseStates)[number];

/** Whoever takes the steps that no person takes; no account can be called so. */
export const SERVICE = "(service)";
