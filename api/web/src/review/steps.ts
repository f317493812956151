/** The steps that the page offers: where each is asked for, with which key, and what is asked of the reader before. */
import type { MessageKey } from "../locales/message.ts";
import type { CaseAction, CaseDocument } from "./case-document.ts";
import { type ReasonCode, rejectReasons, unsureReasons } from "./reasons.ts";
import type { Command } from "./shortcuts.ts";
import type { StepAnswer } from "./step-question.ts";

export interface Step {
  readonly action: CaseAction;
  /** Under `/api/cases/<id>/`. */
  readonly path: string;
  readonly text: MessageKey;
  /** Steps that are taken all day have a key. */
  readonly command?: Extract<Command, "accept" | "reject" | "unsure" | "undo">;
  readonly tone: "yes" | "no" | "other";
  /** Null: taken at once, since it can be undone. */
  readonly question: {
    readonly note?: MessageKey;
    readonly reasons?: readonly ReasonCode[];
    readonly words?: MessageKey;
    readonly choice?: MessageKey;
  } | null;
  body(answer: StepAnswer): Readonly<Record<string, unknown>>;
}

const why = "step.why";

/** In the order in which they stand. */
const steps: readonly Step[] = [
  {
    action: "review",
    path: "review",
    text: "verdict.accept.do",
    command: "accept",
    tone: "yes",
    question: null,
    body: () => ({ verdict: "accept", reason: "" }),
  },
  {
    action: "review",
    path: "review",
    text: "verdict.reject.do",
    command: "reject",
    tone: "no",
    question: { reasons: rejectReasons, words: "step.more" },
    body: ({ reason }) => ({ verdict: "reject", reason }),
  },
  {
    action: "review",
    path: "review",
    text: "verdict.unsure.do",
    command: "unsure",
    tone: "other",
    question: { reasons: unsureReasons, words: "step.more" },
    body: ({ reason }) => ({ verdict: "unsure", reason }),
  },
  {
    action: "undo",
    path: "undo",
    text: "step.undo.do",
    command: "undo",
    tone: "other",
    question: null,
    body: () => ({}),
  },
  {
    action: "decide",
    path: "decision",
    text: "step.confirm.do",
    command: "accept",
    tone: "yes",
    question: { note: "step.confirm.note" },
    body: () => ({ confirmed: true, reason: "" }),
  },
  {
    action: "decide",
    path: "decision",
    text: "step.dismiss.do",
    command: "reject",
    tone: "no",
    question: { reasons: rejectReasons, words: "step.more" },
    body: ({ reason }) => ({ confirmed: false, reason }),
  },
  {
    action: "notice",
    path: "notice",
    text: "step.notice.do",
    tone: "yes",
    question: { note: "step.notice.note", words: "step.reference" },
    body: ({ reason }) => ({ reference: reason }),
  },
  {
    action: "cancel_answer",
    path: "cancel-answer",
    text: "step.agree.do",
    command: "accept",
    tone: "yes",
    question: { note: "step.agree.note", words: why },
    body: ({ reason }) => ({ agreed: true, reason }),
  },
  {
    action: "cancel_answer",
    path: "cancel-answer",
    text: "step.refuse.do",
    command: "reject",
    tone: "no",
    question: { words: why },
    body: ({ reason }) => ({ agreed: false, reason }),
  },
  {
    action: "cancel",
    path: "cancel",
    text: "step.cancel.do",
    tone: "no",
    question: { note: "step.cancel.note", words: why },
    body: ({ reason }) => ({ reason }),
  },
  {
    action: "ask_evidence",
    path: "evidence",
    text: "step.ask_evidence.do",
    tone: "other",
    question: { note: "step.ask_evidence.note", words: why },
    body: ({ reason }) => ({ reason }),
  },
  {
    action: "close",
    path: "close",
    text: "step.close.do",
    tone: "other",
    question: { note: "step.close.note", words: why },
    body: ({ reason }) => ({ reason }),
  },
];

/** Confirming a case of a protected plate needs a reason as well. */
const explained = (step: Step): Step =>
  step.text === "step.confirm.do"
    ? {
        ...step,
        question: { note: "step.confirm.protected", words: why },
        body: ({ reason }) => ({ confirmed: true, reason }),
      }
    : step;

export function stepsFor({ actions, protected_as }: Pick<CaseDocument, "actions" | "protected_as">): readonly Step[] {
  const offered = steps.filter(({ action }) => actions.includes(action));
  return protected_as === null ? offered : offered.map(explained);
}
