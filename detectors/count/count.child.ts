/** Child process: counts what its parent names, answers once, and ends with its parent. */
import { existsSync } from "node:fs";
import { failed, ProblemError, problem, type Result } from "../../core/problems/problem.ts";
import { loadCountingDetector } from "../inference/counting-detector.ts";
import { isLive } from "../source/address.ts";
import { systemClock } from "../system-clock.ts";
import { type Count, countPictures } from "./count-pictures.ts";
import { type CounterAnswer, type CountOrder, toCounter } from "./messages.ts";

/** Two runs of a file must agree to the last digit, so the number of threads does not depend on the machine. */
const THREADS = 2;

const say = (answer: CounterAnswer): Promise<void> =>
  new Promise((resolve) => {
    if (process.send === undefined) resolve();
    else process.send(answer, () => resolve());
  });

async function count(order: CountOrder): Promise<Result<Count>> {
  if (!isLive(order.source) && !existsSync(order.source)) {
    return failed(problem("VIDEO_MISSING", { source: order.source }));
  }
  try {
    const detector = await loadCountingDetector(THREADS, order.eye);
    const counted = await countPictures(order, detector, systemClock);
    await detector.close();
    return counted;
  } catch (error) {
    if (error instanceof ProblemError) return failed(...error.problems);
    throw error;
  }
}

async function obey(message: unknown): Promise<void> {
  const counted = await count(toCounter.parse(message));
  if (counted.ok) {
    await say({ kind: "counted", ...counted.value });
  } else {
    for (const { code, words } of counted.problems) await say({ kind: "problem", code, words });
  }
  process.disconnect();
}

/** A bug: one line on stderr, which the parent makes a sentence of. */
function fail(error: unknown): never {
  const said = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${said.replaceAll(/\s+/g, " ")}\n`);
  process.exit(1);
}

process.once("message", (message) => void obey(message).catch(fail));
process.on("disconnect", () => process.exit(0));
// Ctrl-C reaches the whole process group; the parent decides when its child ends.
process.on("SIGINT", () => undefined);
void say({ kind: "listening" });
