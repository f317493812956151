/** Brings a database to the newest schema, one numbered migration per transaction. */
import { failed, ok, type Problem, ProblemError, problem, type Result } from "../../core/problems/problem.ts";
import { sha256 } from "./sha256.ts";
import type { Sql } from "./sql.ts";

export interface Migration {
  /** 1, 2, 3, … without a hole. */
  readonly number: number;
  readonly name: string;
  /** Statements in the PostgreSQL dialect. */
  readonly sql: string;
}

interface Applied {
  readonly number: number;
  readonly checksum: string;
}

const createHistory = `
create table if not exists schema_migration (
  number integer primary key,
  name text not null,
  checksum text not null,
  applied_at_ms bigint not null
)`;

/**
 * The schema's number afterwards. Fails, having changed nothing, with `SCHEMA_TOO_NEW` or `MIGRATION_ALTERED`; with
 * `MIGRATION_FAILED` the earlier ones stay applied. `folder` only names the database in a problem.
 */
export async function migrate(
  sql: Sql,
  migrations: readonly Migration[],
  folder: string,
  now_ms: number,
): Promise<Result<number>> {
  await sql.script(createHistory);
  const applied = await sql.query<Applied>("select number, checksum from schema_migration order by number");
  const refusal = refuse(applied, migrations, folder);
  if (refusal !== null) return failed(refusal);
  for (const migration of migrations.slice(applied.length)) {
    const problems = await apply(sql, migration, folder, now_ms);
    if (problems.length > 0) return failed(...problems);
  }
  return ok(migrations.length);
}

function refuse(applied: readonly Applied[], migrations: readonly Migration[], folder: string): Problem | null {
  for (const { number, checksum } of applied) {
    const migration = migrations[number - 1];
    if (migration === undefined) {
      const found = applied.at(-1)?.number ?? number;
      return problem("SCHEMA_TOO_NEW", { folder, found, known: migrations.length });
    }
    if (sha256(migration.sql) !== checksum) {
      return problem("MIGRATION_ALTERED", { folder, number, name: migration.name });
    }
  }
  return null;
}

async function apply(sql: Sql, migration: Migration, folder: string, now_ms: number): Promise<readonly Problem[]> {
  const { number, name, sql: text } = migration;
  try {
    await sql.transaction(async (tx) => {
      await tx.script(text);
      await tx.query("insert into schema_migration (number, name, checksum, applied_at_ms) values ($1, $2, $3, $4)", [
        number,
        name,
        sha256(text),
        now_ms,
      ]);
    });
    return [];
  } catch (error) {
    if (error instanceof ProblemError) return error.problems;
    const reason = error instanceof Error ? error.message : String(error);
    return [problem("MIGRATION_FAILED", { folder, number, name, reason })];
  }
}
