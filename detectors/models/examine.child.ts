/** Child process: opens the model that its parent names as a camera would, says what is wrong with it, and ends. */
import { ProblemError } from "../../core/problems/problem.ts";
import { openDetector } from "../inference/open-detector.ts";
import { type ExamineAnswer, examineOrder } from "./examine-messages.ts";

const say = (answer: ExamineAnswer): Promise<void> =>
  new Promise((resolve) => {
    if (process.send === undefined) resolve();
    else process.send(answer, () => resolve());
  });

/** Any threshold shows whether the network opens and runs. */
const scoreThreshold = 0.3;

async function verdict(message: unknown): Promise<ExamineAnswer> {
  const { model } = examineOrder.parse(message);
  try {
    const detector = await openDetector({ model, threads: 1, scoreThreshold });
    await detector.close();
    return { kind: "verdict", problems: [] };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { kind: "verdict", problems: error.problems.map(({ code, words }) => ({ code, words })) };
  }
}

async function obey(message: unknown): Promise<void> {
  try {
    await say(await verdict(message));
    process.disconnect();
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${said.replaceAll(/\s+/g, " ")}\n`);
    process.exit(1);
  }
}

process.once("message", (message) => void obey(message));
process.on("disconnect", () => process.exit(0));
// Ctrl-C reaches the whole process group; the parent decides when its child ends.
process.on("SIGINT", () => undefined);
void say({ kind: "listening" });
