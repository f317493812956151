/** A file's text in parts. */
import { createReadStream } from "node:fs";
import { ProblemError, problem } from "../../core/problems/problem.ts";

export async function* fileChunks(path: string): AsyncGenerator<string> {
  try {
    for await (const chunk of createReadStream(path, { encoding: "utf8", highWaterMark: 1 << 20 }))
      yield chunk as string;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ProblemError([problem("SCENARIO_FILE_UNREADABLE", { reason }, { file: path })], { cause: error });
  }
}
