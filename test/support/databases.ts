/** A fresh database of the newest schema on either engine, for suites that hold on both. */
import { mkdir } from "node:fs/promises";
import { openDatabase } from "../../api/storage/database-folder.ts";
import { FreeSpace } from "../../api/storage/free-space.ts";
import { migrate } from "../../api/storage/migrate.ts";
import { migrations } from "../../api/storage/migrations/all.ts";
import { PostgresSql } from "../../api/storage/postgres-sql.ts";
import type { DatabaseSql } from "../../api/storage/sql.ts";
import { DataFolders, need } from "./data-folder.ts";
import { missing } from "./peers.ts";
import { startPostgres } from "./postgres-server.ts";

export type { DatabaseSql } from "../../api/storage/sql.ts";

export type Engine = "PGlite" | "PostgreSQL";

/** Each engine, and whether it is not here. */
export const enginesUnderTest: readonly (readonly [Engine, boolean])[] = [
  ["PGlite", false],
  ["PostgreSQL", missing("PostgreSQL")],
];

export interface TestDatabase {
  readonly sql: DatabaseSql;
  close(): Promise<void>;
}

export async function openDatabaseOf(engine: Engine): Promise<TestDatabase> {
  const folders = new DataFolders();
  const server = engine === "PostgreSQL" ? await startPostgres() : null;
  const folder = await folders.unused();
  await mkdir(folder, { recursive: true });
  const sql: DatabaseSql =
    server === null
      ? need(await openDatabase(folder, new FreeSpace(folder)))
      : need(await PostgresSql.open(server.database()));
  need(await migrate(sql, migrations, folder, 0));
  return {
    sql,
    close: async () => {
      await sql.close();
      await server?.stop();
      await folders.remove();
    },
  };
}
