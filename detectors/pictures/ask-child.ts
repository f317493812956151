/** Picture files given to a child process, so that a network's memory and faults stay there. */
import { type ChildProcess, fork, type Serializable } from "node:child_process";
import type { ProblemCode } from "../../core/problems/catalogue.ts";
import { type Problem, problem } from "../../core/problems/problem.ts";
import { childEntry } from "../child-entry.ts";
import { giveWay } from "../decode/give-way.ts";
import { stopChild } from "../decode/stop-child.ts";
import { TextTail } from "../decode/text-tail.ts";
import type { PictureAnswer } from "./messages.ts";

export interface PictureQuestion<T> {
  /** Of the compiled child, such as `detect/detect.child.js`. */
  readonly entry: string;
  readonly order: Serializable;
  /** Throws for what no such child says. */
  readonly read: (message: unknown) => PictureAnswer<T>;
  /** Told at once what is in the report later. */
  readonly heard?: (seen: T) => void;
  /** What to say, with `reason`, of a child that ends before it is done. */
  readonly stopped: ProblemCode;
  /** Ends the child; what was seen until then is the answer. */
  readonly stop: AbortSignal | undefined;
  /** Gives way to everything else on the machine. */
  readonly background?: boolean;
}

export interface PictureReport<T> {
  /** In the order asked for, without the pictures that could not be read. */
  readonly pictures: readonly T[];
  readonly problems: readonly Problem[];
}

const stopGrace_ms = 2000;
const errorTail_characters = 2000;

/** Never rejects for a picture or a model: whatever could not be done is among the problems. */
export async function askPictureChild<T>(question: PictureQuestion<T>): Promise<PictureReport<T>> {
  const { entry, stop, background = false } = question;
  const child = fork(childEntry(entry), [], { execArgv: [], stdio: ["ignore", "ignore", "pipe", "ipc"] });
  if (background) giveWay(child);
  const end = () => void stopChild(child, stopGrace_ms);
  if (stop?.aborted === true) end();
  stop?.addEventListener("abort", end, { once: true });
  const report = await converse(child, question);
  stop?.removeEventListener("abort", end);
  await stopChild(child, stopGrace_ms);
  return report;
}

/** Hears the child out. Resolves when it is gone. */
function converse<T>(
  child: ChildProcess,
  { order, read, heard, stopped }: PictureQuestion<T>,
): Promise<PictureReport<T>> {
  const pictures: T[] = [];
  const problems: Problem[] = [];
  const errors = new TextTail(errorTail_characters);
  child.stderr?.setEncoding("utf8").on("data", (text: string) => errors.add(text));
  let done = false;
  const hear = (answer: PictureAnswer<T>): void => {
    if (answer.kind === "listening") child.send(order);
    else if (answer.kind === "seen") {
      pictures.push(answer.seen);
      heard?.(answer.seen);
    } else if (answer.kind === "problems") problems.push(...answer.problems);
    else done = true;
  };
  child.on("message", (message) => hear(read(message)));
  return new Promise((resolve) => {
    const gone = (how: string): void => {
      const reason = errors.text.trim().split("\n").at(-1) || how;
      if (!done) problems.push(problem(stopped, { reason }));
      resolve({ pictures, problems });
    };
    child.once("error", (cause) => gone(cause.message));
    child.once("close", (code, signal) => gone(signal === null ? `exit code ${code}` : `signal ${signal}`));
  });
}
