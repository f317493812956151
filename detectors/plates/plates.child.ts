/** Child process: reads the plates of the pictures its parent names, and ends with its parent. */
import { type Problem, ProblemError } from "../../core/problems/problem.ts";
import { type PlatesAnswer, type PlatesOrder, toChild } from "./messages.ts";
import { PicturePlateReading } from "./picture-plates.ts";

const say = (answer: PlatesAnswer): Promise<void> =>
  new Promise((resolve) => {
    if (process.send === undefined) resolve();
    else process.send(answer, () => resolve());
  });

const tell = (problems: readonly Problem[]): Promise<void> =>
  say({ kind: "problems", problems: problems.map(({ code, words }) => ({ code, words })) });

async function read({ images, country }: PlatesOrder): Promise<void> {
  const reading = await PicturePlateReading.open(country);
  for (const image of images) {
    const seen = await reading.look(image);
    await (seen.ok ? say({ kind: "seen", seen: seen.value }) : tell(seen.problems));
  }
  await reading.close();
}

/** A bug: one line on stderr, which the parent makes a sentence of. */
function fail(error: unknown): never {
  const said = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${said.replaceAll(/\s+/g, " ")}\n`);
  process.exit(1);
}

async function obey(message: unknown): Promise<void> {
  try {
    await read(toChild.parse(message));
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
