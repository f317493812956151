/**
 * How often each device has started, kept in a file: a SET captured before a restart must never fit after it (RFC 3414
 * section 2.3).
 */
import { readFile, rename, writeFile } from "node:fs/promises";
import { z } from "zod";
import { failed, ok, problem, type Result, reasonOf } from "../../../core/problems/problem.ts";

const schema = z.record(z.string(), z.number().int().min(0).max(2_147_483_646));

/** Counts one more start of every device named and writes it down before the count is used. */
export async function countBoots(file: string, ids: readonly string[]): Promise<Result<ReadonlyMap<string, number>>> {
  try {
    const before = await read(file);
    const after = { ...before, ...Object.fromEntries(ids.map((id) => [id, (before[id] ?? 0) + 1])) };
    await writeFile(`${file}.new`, `${JSON.stringify(after, null, 2)}\n`, { mode: 0o600, flush: true });
    await rename(`${file}.new`, file);
    return ok(new Map(Object.entries(after)));
  } catch (cause) {
    return failed(problem("ENGINE_BOOTS_BAD", { file, reason: reasonOf(cause) }));
  }
}

async function read(file: string): Promise<Readonly<Record<string, number>>> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return {};
    throw cause;
  }
  return schema.parse(JSON.parse(text));
}
