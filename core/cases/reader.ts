/** What of a case whom it is shown to may see and do: the behaviour is judged before the plate is seen, and each judges alone. */
import { may, type Permission, type Role } from "../accounts/roles.ts";
import type { CaseRecord } from "../ports/cases.ts";
import { type Problem, type ProblemWords, problem } from "../problems/problem.ts";
import { type Case, type CaseStep, takeStep, type Verdict } from "./case.ts";
import type { CaseState } from "./states.ts";

export interface Reader {
  readonly name: string;
  readonly roles: readonly Role[];
}

const untilJudged: readonly CaseState[] = ["detected", "screened", "second_review"];

const judgedBy = (now: Case, name: string): boolean => now.reviews.some(({ by }) => by === name);

/** Before their own review is in, whoever may still judge the behaviour sees neither the plate nor what others said. */
export const judgesYet = (now: Case, { name }: Reader): boolean =>
  untilJudged.includes(now.state) && !judgedBy(now, name);

/** A step as it is told: what screening found still as a problem, for the reader's language. */
export interface StepView {
  readonly kind: CaseStep["kind"];
  readonly by: string;
  readonly at_ms: number;
  readonly verdict?: Verdict;
  readonly reason?: string | { readonly code: string; readonly words: ProblemWords };
  readonly confirmed?: boolean;
  readonly agreed?: boolean;
  readonly reference?: string;
  /** There is more to it, which the reader is not told yet. */
  readonly withheld?: true;
}

/** Nobody is told who is in the sample, and nobody who judges yet what another one found. */
export function stepsFor(now: Case, reader: Reader): readonly StepView[] {
  const blind = judgesYet(now, reader);
  return now.steps.map((step) => {
    const { kind, by, at_ms } = step;
    if (kind === "detected" || kind === "screened") return { kind, by, at_ms };
    if (kind === "reviewed" && blind && by !== reader.name) return { kind, by, at_ms, withheld: true };
    return step;
  });
}

/** Steps that people take: what is needed for them, and an example of each. */
export const stepActions = {
  review: { needs: "review", step: { kind: "reviewed", verdict: "accept", reason: "" } },
  undo: { needs: "review", step: { kind: "review_undone" } },
  decide: { needs: "decide", step: { kind: "decided", confirmed: false, reason: "-" } },
  notice: { needs: "decide", step: { kind: "noticed", reference: "-" } },
  cancel: { needs: "decide", step: { kind: "cancel_asked", reason: "-" } },
  cancel_answer: { needs: "decide", step: { kind: "cancel_answered", agreed: false, reason: "-" } },
  ask_evidence: { needs: "review", step: { kind: "evidence_asked", reason: "-" } },
  close: { needs: "decide", step: { kind: "closed", reason: "-" } },
} as const satisfies Readonly<Record<string, { needs: Permission; step: object }>>;

export type StepAction = keyof typeof stepActions;

/** What is done with a case besides its steps. */
const others = { unblur: "unblur", export: "export_evidence", hold: "hold_evidence" } as const;

export type CaseAction = StepAction | keyof typeof others;

/** Why a step that is in turn is not taken all the same; null when nothing is in its way. */
export function refusalOf({ detection, evidence }: CaseRecord, kind: CaseStep["kind"]): Problem | null {
  if (kind === "noticed" && detection.staged) return problem("CASE_STAGED");
  if (kind === "evidence_asked") return evidence.state === "failed" ? null : problem("CASE_EVIDENCE_NOT_FAILED");
  const judges = kind === "reviewed" || kind === "decided" || kind === "noticed";
  return judges && evidence.state !== "ready" ? problem("CASE_NOT_SHOWABLE") : null;
}

function mayTake(record: CaseRecord, reader: Reader, action: StepAction): boolean {
  const { needs, step } = stepActions[action];
  if (!may(reader.roles, needs) || refusalOf(record, step.kind) !== null) return false;
  const at_ms = record.case.steps.at(-1)?.at_ms ?? 0;
  return takeStep(record.case, { ...step, by: reader.name, at_ms }).ok;
}

/** What the reader may do with the case now. */
export function actionsOf(record: CaseRecord, reader: Reader): readonly CaseAction[] {
  const taking = (Object.keys(stepActions) as StepAction[]).filter((action) => mayTake(record, reader, action));
  const ready = record.evidence.state === "ready";
  const handling = (Object.keys(others) as (keyof typeof others)[]).filter(
    (action) => (ready || action === "hold") && may(reader.roles, others[action]),
  );
  return [...taking, ...handling];
}

const next: readonly StepAction[] = ["review", "decide", "notice", "cancel_answer"];

/** Does the case wait for somebody such as the reader? */
export const isMine = (record: CaseRecord, reader: Reader): boolean =>
  next.some((action) => mayTake(record, reader, action));
