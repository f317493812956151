/** Can the model of a site file be used? Found out in a child process: a broken network file may end the process that loads it. */
import { type ChildProcess, fork } from "node:child_process";
import { type Problem, problem } from "../../core/problems/problem.ts";
import { childEntry } from "../child-entry.ts";
import { stopChild } from "../decode/stop-child.ts";
import { TextTail } from "../decode/text-tail.ts";
import type { ModelChoice } from "../schema.ts";
import { type ExamineAnswer, examineAnswer } from "./examine-messages.ts";

/** For reading, optimising and one run of a large network on a slow machine. */
const patience_ms = 120_000;
const stopGrace_ms = 2000;
const errorTail_characters = 2000;

/**
 * What is wrong with the model, as `openDetector` would say it; or MODEL_EXAMINATION_STOPPED when opening it takes too
 * long or ends the child. Never rejects.
 */
export async function examineChoice(model: ModelChoice): Promise<readonly Problem[]> {
  const child = fork(childEntry("models/examine.child.js"), [], {
    execArgv: [],
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    child.kill("SIGKILL");
  }, patience_ms);
  const heard = await verdictOf(child, model);
  clearTimeout(timer);
  await stopChild(child, stopGrace_ms);
  if (typeof heard !== "string") return heard;
  const reason = late ? `no answer within ${patience_ms / 1000} s` : heard;
  return [problem("MODEL_EXAMINATION_STOPPED", { file: model.file ?? model.use ?? "", reason })];
}

/** Resolves when the child is gone; a text says how, when it gave no verdict. */
function verdictOf(child: ChildProcess, model: ModelChoice): Promise<readonly Problem[] | string> {
  const errors = new TextTail(errorTail_characters);
  child.stderr?.setEncoding("utf8").on("data", (text: string) => errors.add(text));
  let verdict: readonly Problem[] | undefined;
  const hear = (answer: ExamineAnswer): void => {
    // The child may die between its greeting and our order: its end is heard below.
    if (answer.kind === "listening") child.send({ model }, () => undefined);
    else verdict = answer.problems;
  };
  child.on("message", (message) => hear(examineAnswer.parse(message)));
  return new Promise((resolve) => {
    child.once("error", (cause) => resolve(verdict ?? cause.message));
    child.once("close", (code, signal) => {
      const said = errors.text.trim().split("\n").at(-1) ?? "";
      resolve(verdict ?? (signal === null ? said || `exit code ${code}` : `signal ${signal}`));
    });
  });
}
