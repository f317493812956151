/** `<dataDir>/db`: made whole or not at all, and never made anew over what is left of a damaged one. */
import { existsSync } from "node:fs";
import { readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { failed, ok, ProblemError, problem, type Result } from "../../core/problems/problem.ts";
import type { FreeSpace } from "./free-space.ts";
import { LastWords, PgliteSql } from "./pglite-sql.ts";

/** An empty cluster, and the first segment of its log. */
const EMPTY_DATABASE_MB = 60;

/** Fails with `DATABASE_DAMAGED` or `DISK_FULL`. */
export async function openDatabase(dataDir: string, space: FreeSpace): Promise<Result<PgliteSql>> {
  const words = new LastWords();
  try {
    return ok(await openOrCreate(dataDir, space, words));
  } catch (error) {
    if (error instanceof ProblemError) return failed(...error.problems);
    return failed(problem("DATABASE_DAMAGED", { folder: dataDir, reason: words.or(error) }));
  }
}

async function openOrCreate(dataDir: string, space: FreeSpace, words: LastWords): Promise<PgliteSql> {
  const folder = join(dataDir, "db");
  const unfinished = join(dataDir, "db.unfinished");
  // Nothing was acknowledged before the first creation ended, so what an interrupted one left holds nothing.
  if (existsSync(unfinished)) await rm(folder, { recursive: true, force: true });
  if (existsSync(folder) && (await readdir(folder)).length > 0) {
    // PGlite takes a folder without this file for an empty one and would write a new database over it.
    if (!existsSync(join(folder, "PG_VERSION"))) throw new Error("the file db/PG_VERSION is missing");
    await space.require();
    return PgliteSql.open(folder, space, words);
  }
  await space.require(EMPTY_DATABASE_MB);
  await writeFile(unfinished, "", { flush: true });
  const sql = await PgliteSql.open(folder, space, words);
  await sql.checkpoint();
  await rm(unfinished);
  return sql;
}
