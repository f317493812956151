/**
 * Questions to a site that wait for their answer. RSMP's answers do not name the question: one belongs to the oldest question of
 * its kind about the same component with the same names in it.
 */
import { failed, ok, type Problem, type Result } from "../../../core/problems/problem.ts";
import type { Message } from "../protocol/messages.ts";

export type AnswerKind = "StatusResponse" | "CommandResponse" | "AggregatedStatus" | "Alarm" | "MessageAck";

interface Question {
  readonly mId: string;
  readonly kind: AnswerKind;
  readonly component: string;
  readonly names: readonly string[];
  readonly until_ms: number;
  readonly settle: (result: Result<Message | null>) => void;
}

/** What an answer is about, in the order in which it says it. */
function namesIn(message: Message): readonly string[] {
  if (message.type === "StatusResponse") return message.sS.map(({ sCI, n }) => `${sCI} ${n}`);
  if (message.type === "CommandResponse") return message.rvs.map(({ cCI, n }) => `${cCI} ${n}`);
  return message.type === "Alarm" ? [message.aCId] : [];
}

export class Pending {
  readonly #questions: Question[] = [];

  get count(): number {
    return this.#questions.length;
  }

  ask(
    mId: string,
    kind: AnswerKind,
    component: string,
    names: readonly string[],
    until_ms: number,
  ): Promise<Result<Message | null>> {
    return new Promise((settle) => {
      this.#questions.push({ mId, kind, component, names: [...names].sort(), until_ms, settle });
    });
  }

  answered(kind: AnswerKind, component: string, message: Message): void {
    const names = [...namesIn(message)].sort().join("\n");
    this.#settle(
      (question) => question.kind === kind && question.component === component && question.names.join("\n") === names,
      ok(message),
    );
  }

  /** The message was understood; for some questions that is the answer. */
  acknowledged(mId: string): void {
    this.#settle((question) => question.mId === mId && question.kind === "MessageAck", ok(null));
  }

  refused(mId: string, why: Problem): void {
    this.#settle((question) => question.mId === mId, failed(why));
  }

  expire(now_ms: number, why: (question: string) => Problem): void {
    for (const question of this.#questions.filter(({ until_ms }) => now_ms >= until_ms)) {
      this.#settle((candidate) => candidate === question, failed(why(question.kind)));
    }
  }

  abandon(why: Problem): void {
    for (const { settle } of this.#questions.splice(0)) settle(failed(why));
  }

  #settle(test: (question: Question) => boolean, result: Result<Message | null>): void {
    const at = this.#questions.findIndex(test);
    if (at < 0) return;
    const [question] = this.#questions.splice(at, 1);
    question?.settle(result);
  }
}
