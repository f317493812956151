/** The thin port between our SQL and whatever runs it: PGlite in the data folder, or a PostgreSQL server. */
import type { Problem } from "../../core/problems/problem.ts";

export interface SqlRunner {
  /** One statement with `$1`, `$2`, … parameters. A `bigint` column may come back as number or string. */
  query<Row>(text: string, parameters?: readonly unknown[]): Promise<readonly Row[]>;
  /** Several statements without parameters. */
  script(text: string): Promise<void>;
}

export interface Sql extends SqlRunner {
  /**
   * Runs `work` alone on one connection, commits, and resolves only when the commit is on the disk. Whatever `work`
   * throws rolls back and passes on. Rejects with a `ProblemError` when the disk is full or the engine has stopped.
   */
  transaction<T>(work: (tx: SqlRunner) => Promise<T>): Promise<T>;
}

/** A whole database: opened once, asked for its upkeep, closed last. */
export interface DatabaseSql extends Sql {
  /** Why nothing works now; null when all is well. */
  readonly stopped: Problem | null;
  /** Moves everything committed into the tables' own files, so that the next start has nothing to replay. */
  checkpoint(): Promise<void>;
  /** Gives back the room of deleted rows, and refreshes the planner's statistics. */
  vacuum(): Promise<void>;
  close(): Promise<void>;
}
