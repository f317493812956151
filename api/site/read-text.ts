/** Reads a file a person wrote; what can go wrong with that is a sentence, not a stack trace. */
import { readFile } from "node:fs/promises";
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";

const decoder = new TextDecoder("utf-8", { fatal: true });

export async function readText(file: string): Promise<Result<string>> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    return failed(
      reason === "ENOENT" ? problem("FILE_MISSING", { file }) : problem("FILE_UNREADABLE", { file, reason }),
    );
  }
  try {
    return ok(decoder.decode(bytes));
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return failed(problem("FILE_NOT_TEXT", { file }));
  }
}
