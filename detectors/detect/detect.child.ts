/** Child process: looks at the pictures its parent names, says what it sees, and ends with its parent. */
import { type Problem, ProblemError } from "../../core/problems/problem.ts";
import { loadRoadUsers } from "../inference/road-users.ts";
import { PictureDetection } from "./detect-pictures.ts";
import { type DetectAnswer, toChild } from "./messages.ts";

const say = (answer: DetectAnswer): Promise<void> =>
  new Promise((resolve) => {
    if (process.send === undefined) resolve();
    else process.send(answer, () => resolve());
  });

const tell = (problems: readonly Problem[]): Promise<void> =>
  say({ kind: "problems", problems: problems.map(({ code, words }) => ({ code, words })) });

async function look(images: readonly string[]): Promise<void> {
  const detector = await loadRoadUsers({ threads: 1 });
  const detection = new PictureDetection(detector);
  for (const image of images) {
    const seen = await detection.look(image);
    await (seen.ok ? say({ kind: "seen", seen: seen.value }) : tell(seen.problems));
  }
  await detector.close();
}

/** A bug: one line on stderr, which the parent makes a sentence of. */
function fail(error: unknown): never {
  const said = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${said.replaceAll(/\s+/g, " ")}\n`);
  process.exit(1);
}

async function obey(message: unknown): Promise<void> {
  try {
    await look(toChild.parse(message).images);
  } catch (error) {
    if (!(error instanceof ProblemError)) fail(error);
    await tell(error.problems);
  }
  await say({ kind: "done" });
  process.disconnect();
}

process.once("message", (message) => void obey(message));
process.on("disconnect", () => process.exit(0));
// Ctrl-C reaches the whole process group; the parent decides when its child ends.
process.on("SIGINT", () => undefined);
void say({ kind: "listening" });
