/**
 * The life of a case, as the steps that were taken. A step is never changed: to go back is a step of its own. The state
 * is what the steps come to, so that a list of steps is all that has to be kept, and kept in a chain.
 *
 *   detected -> screened -> first review -> second review -> decision -> notice -> closed
 *                  |             |               |              |          |
 *                  '-------------'---- rejected -'--------------'          '- cancelling (a second officer) -> closed
 *
 * A case that screening rejected for want of evidence is detected again when somebody asks for the evidence to be made again.
 */
import { failed, ok, type Problem, problem, type Result } from "../problems/problem.ts";
import type { ProtectedAs } from "./protected-plates.ts";
import type { CaseState } from "./states.ts";

export const verdicts = ["accept", "reject", "unsure"] as const;
export type Verdict = (typeof verdicts)[number];

/** `by`: the account, or `SERVICE`. */
interface Taken {
  readonly by: string;
  readonly at_ms: number;
}

export type CaseStep =
  | (Taken & { readonly kind: "detected"; readonly rule: string; readonly sampled: boolean })
  | (Taken & { readonly kind: "screened"; readonly protected_as: ProtectedAs | null })
  | (Taken & { readonly kind: "screened_out"; readonly reason: Problem })
  | (Taken & { readonly kind: "evidence_asked"; readonly reason: string })
  | (Taken & { readonly kind: "reviewed"; readonly verdict: Verdict; readonly reason: string })
  | (Taken & { readonly kind: "review_undone" })
  | (Taken & { readonly kind: "decided"; readonly confirmed: boolean; readonly reason: string })
  | (Taken & { readonly kind: "noticed"; readonly reference: string })
  | (Taken & { readonly kind: "cancel_asked"; readonly reason: string })
  | (Taken & { readonly kind: "cancel_answered"; readonly agreed: boolean; readonly reason: string })
  | (Taken & { readonly kind: "closed"; readonly reason: string });

export interface Case {
  readonly state: CaseState;
  readonly rule: string;
  /** Chosen for a second review whatever the first says. */
  readonly sampled: boolean;
  /** Null before screening, and for all but a few. */
  readonly protectedAs: ProtectedAs | null;
  readonly reviews: readonly { readonly by: string; readonly verdict: Verdict }[];
  /** Who asked for the notice to be cancelled, while that is open. */
  readonly cancelAskedBy: string | null;
  readonly steps: readonly CaseStep[];
}

/** Rules whose every case two people see. */
const alwaysTwice: readonly string[] = ["section_speed"];

type Step<K extends CaseStep["kind"]> = Extract<CaseStep, { kind: K }>;
type Next = Result<Omit<Case, "steps">>;
type Taker<K extends CaseStep["kind"]> = (now: Case, step: Step<K>) => Next;

const moved = (now: Case, change: Partial<Omit<Case, "steps">>): Next => {
  const { steps: _steps, ...rest } = now;
  return ok({ ...rest, ...change });
};

const refused = (now: Case, step: CaseStep): Next =>
  failed(problem("CASE_STEP_OUT_OF_TURN", { step: step.kind, state: now.state }));

const without = (reason: string): Problem | null => (reason.trim() === "" ? problem("CASE_REASON_MISSING") : null);

function firstReview(now: Case, { by, verdict }: Step<"reviewed">): Next {
  const reviews = [{ by, verdict }];
  const again = verdict === "unsure" || now.sampled || now.protectedAs !== null || alwaysTwice.includes(now.rule);
  if (again) return moved(now, { state: "second_review", reviews });
  return moved(now, { state: verdict === "accept" ? "decision" : "rejected", reviews });
}

/** Two who agree settle it; whoever is unsure, or disagrees, leaves it to an officer. */
function secondReview(now: Case, { by, verdict }: Step<"reviewed">): Next {
  const [first] = now.reviews;
  if (first?.by === by) return failed(problem("CASE_SAME_PERSON", { by }));
  const rejected = verdict === "reject" && first?.verdict === "reject";
  return moved(now, { state: rejected ? "rejected" : "decision", reviews: [...now.reviews, { by, verdict }] });
}

function reviewed(now: Case, step: Step<"reviewed">): Next {
  const unexplained = step.verdict === "accept" ? null : without(step.reason);
  if (unexplained !== null) return failed(unexplained);
  if (now.state === "screened") return firstReview(now, step);
  return now.state === "second_review" ? secondReview(now, step) : refused(now, step);
}

/** Only the newest step, by whoever took it: once somebody went on from it, it stands. */
function undone(now: Case, step: Step<"review_undone">): Next {
  const newest = now.steps.at(-1);
  if (newest?.kind !== "reviewed") return refused(now, step);
  if (newest.by !== step.by) return failed(problem("CASE_NOT_YOURS", { by: newest.by }));
  const reviews = now.reviews.slice(0, -1);
  return moved(now, { state: reviews.length === 0 ? "screened" : "second_review", reviews });
}

function decided(now: Case, step: Step<"decided">): Next {
  if (now.state !== "decision") return refused(now, step);
  if (now.reviews.some(({ by }) => by === step.by)) return failed(problem("CASE_SAME_PERSON", { by: step.by }));
  const unexplained = step.confirmed && now.protectedAs === null ? null : without(step.reason);
  if (unexplained !== null) return failed(unexplained);
  return moved(now, { state: step.confirmed ? "decided" : "rejected" });
}

function cancelAsked(now: Case, step: Step<"cancel_asked">): Next {
  if (now.state !== "noticed") return refused(now, step);
  const unexplained = without(step.reason);
  return unexplained === null ? moved(now, { state: "cancelling", cancelAskedBy: step.by }) : failed(unexplained);
}

function cancelAnswered(now: Case, step: Step<"cancel_answered">): Next {
  if (now.state !== "cancelling") return refused(now, step);
  if (now.cancelAskedBy === step.by) return failed(problem("CASE_SAME_PERSON", { by: step.by }));
  return moved(now, { state: step.agreed ? "closed" : "noticed", cancelAskedBy: null });
}

/** Only of what nobody judged: the newest step is the screening that found no evidence, or there was none yet. */
function evidenceAsked(now: Case, step: Step<"evidence_asked">): Next {
  const newest = now.steps.at(-1);
  const lacked = newest?.kind === "screened_out" && newest.reason.code === "CASE_WITHOUT_EVIDENCE";
  if (now.state !== "detected" && !lacked) return refused(now, step);
  const unexplained = without(step.reason);
  return unexplained === null ? moved(now, { state: "detected" }) : failed(unexplained);
}

function closed(now: Case, step: Step<"closed">): Next {
  const unexplained = without(step.reason);
  if (unexplained !== null) return failed(unexplained);
  return now.state === "noticed" || now.state === "rejected" ? moved(now, { state: "closed" }) : refused(now, step);
}

const from =
  <K extends CaseStep["kind"]>(before: CaseState, after: CaseState): Taker<K> =>
  (now, step) =>
    now.state === before ? moved(now, { state: after }) : refused(now, step);

const takers: { readonly [K in CaseStep["kind"]]: Taker<K> } = {
  detected: refused,
  screened: (now, step) => {
    if (now.state !== "detected") return refused(now, step);
    return moved(now, { state: "screened", protectedAs: step.protected_as });
  },
  screened_out: from("detected", "rejected"),
  evidence_asked: evidenceAsked,
  reviewed,
  review_undone: undone,
  decided,
  noticed: from("decided", "noticed"),
  cancel_asked: cancelAsked,
  cancel_answered: cancelAnswered,
  closed,
};

/** A case begins by being detected. */
export function openCase(step: Step<"detected">): Case {
  const { rule, sampled } = step;
  return { state: "detected", rule, sampled, protectedAs: null, reviews: [], cancelAskedBy: null, steps: [step] };
}

/** The case after `step`, or why that step cannot be taken now. `step.at_ms` never runs backwards. */
export function takeStep(now: Case, step: CaseStep): Result<Case> {
  const newest_ms = now.steps.at(-1)?.at_ms ?? step.at_ms;
  if (step.at_ms < newest_ms) return failed(problem("CASE_CLOCK_BACK", { state: now.state }));
  const take = takers[step.kind] as Taker<typeof step.kind>;
  const next = take(now, step as never);
  return next.ok ? ok({ ...next.value, steps: [...now.steps, step] }) : next;
}
