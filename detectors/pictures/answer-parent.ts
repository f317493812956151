/** The child's side of `ask-child.ts`: one order, an answer for each picture, and an end with its parent. */
import { type Problem, ProblemError, type Result } from "../../core/problems/problem.ts";
import type { PictureAnswer } from "./messages.ts";

/** Resolves when what was said is on its way. */
export type Tell<T> = (seen: Result<T>) => Promise<void>;

/** `work` is called with the parent's order, and tells what it sees in each picture. */
export function answerParent<T>(work: (order: unknown, tell: Tell<T>) => Promise<void>): void {
  const say = (answer: PictureAnswer<T>): Promise<void> =>
    new Promise((resolve) => {
      if (process.send === undefined) resolve();
      else process.send(answer, () => resolve());
    });
  const complain = (problems: readonly Problem[]): Promise<void> =>
    say({ kind: "problems", problems: problems.map(({ code, words }) => ({ code, words })) });
  const tell: Tell<T> = (seen) => (seen.ok ? say({ kind: "seen", seen: seen.value }) : complain(seen.problems));

  async function obey(order: unknown): Promise<void> {
    try {
      await work(order, tell);
    } catch (error) {
      if (!(error instanceof ProblemError)) fail(error);
      await complain(error.problems);
    }
    await say({ kind: "done" });
    process.disconnect();
  }

  process.once("message", (message) => void obey(message));
  process.on("disconnect", () => process.exit(0));
  // Ctrl-C reaches the whole process group; the parent decides when its child ends.
  process.on("SIGINT", () => undefined);
  void say({ kind: "listening" });
}

/** A bug: one line on stderr, which the parent makes a sentence of. */
function fail(error: unknown): never {
  const said = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${said.replaceAll(/\s+/g, " ")}\n`);
  process.exit(1);
}
