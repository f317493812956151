/** Plates in picture files, read in a child process so that the networks' memory and faults stay there. */
import { type ChildProcess, fork } from "node:child_process";
import { regionsOf } from "../../core/plates/countries/regions.ts";
import { type Problem, problem } from "../../core/problems/problem.ts";
import { childEntry } from "../child-entry.ts";
import { stopChild } from "../decode/stop-child.ts";
import { TextTail } from "../decode/text-tail.ts";
import { fromChild, type PicturePlates, type PlatesAnswer, type PlatesOrder } from "./messages.ts";
import { unknownCountry } from "./unknown-country.ts";

export interface PlatesOptions {
  /** Picture files, in the order of the answer. */
  readonly images: readonly string[];
  /** A country or region whose plates alone are expected; absent: any. */
  readonly country?: string;
  /** Ends the child; what was read until then is the answer. */
  readonly stop?: AbortSignal;
}

export interface PlatesReport {
  /** In the order asked for, without the pictures that could not be read. */
  readonly pictures: readonly PicturePlates[];
  readonly problems: readonly Problem[];
}

const stopGrace_ms = 2000;
const errorTail_characters = 2000;

/** Never rejects for a picture, a model or a country: whatever could not be done is among the problems. */
export async function platesInImages({ images, country, stop }: PlatesOptions): Promise<PlatesReport> {
  if (regionsOf(country) === null) {
    return { pictures: [], problems: [unknownCountry(country ?? "")] };
  }
  const child = fork(childEntry("plates/plates.child.js"), [], {
    execArgv: [],
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  const end = () => void stopChild(child, stopGrace_ms);
  if (stop?.aborted === true) end();
  stop?.addEventListener("abort", end, { once: true });
  const report = await converse(child, { images: [...images], ...(country === undefined ? {} : { country }) });
  stop?.removeEventListener("abort", end);
  await stopChild(child, stopGrace_ms);
  return report;
}

/** Hears the child out. Resolves when it is gone. */
function converse(child: ChildProcess, order: PlatesOrder): Promise<PlatesReport> {
  const pictures: PicturePlates[] = [];
  const problems: Problem[] = [];
  const errors = new TextTail(errorTail_characters);
  child.stderr?.setEncoding("utf8").on("data", (text: string) => errors.add(text));
  let done = false;
  const hear = (answer: PlatesAnswer): void => {
    if (answer.kind === "listening") child.send(order);
    else if (answer.kind === "seen") pictures.push(answer.seen);
    else if (answer.kind === "problems") problems.push(...answer.problems);
    else done = true;
  };
  child.on("message", (message) => hear(fromChild.parse(message)));
  return new Promise((resolve) => {
    const gone = (how: string): void => {
      const reason = errors.text.trim().split("\n").at(-1) || how;
      if (!done) problems.push(problem("PLATE_READING_STOPPED", { reason }));
      resolve({ pictures, problems });
    };
    child.once("error", (cause) => gone(cause.message));
    child.once("close", (code, signal) => gone(signal === null ? `exit code ${code}` : `signal ${signal}`));
  });
}
