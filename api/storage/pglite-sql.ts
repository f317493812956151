/** PGlite behind the `Sql` port: PostgreSQL compiled to WebAssembly, in this process, on a folder of files. */
import { join } from "node:path";
import { PGlite, type Transaction } from "@electric-sql/pglite";
import { type Problem, ProblemError, problem } from "../../core/problems/problem.ts";
import { LogSync, syncTree } from "./disk-sync.ts";
import type { FreeSpace } from "./free-space.ts";
import type { DatabaseSql, SqlRunner } from "./sql.ts";
import { endEngine, guardAgainstTraps } from "./trap-guard.ts";

/** PostgreSQL's name for a full disk (SQLSTATE 53100). */
const DISK_FULL = "53100";

const serious = /\b(?:FATAL|PANIC): +(.*)/;

/** Remembers why PostgreSQL gave up: PGlite's own error only says that it did. */
export class LastWords {
  #reason: string | null = null;

  readonly listen = (line: string): boolean => {
    this.#reason = serious.exec(line)?.[1] ?? this.#reason;
    return true;
  };

  or(error: unknown): string {
    return this.#reason ?? (error instanceof Error ? error.message : String(error));
  }
}

export class PgliteSql implements DatabaseSql {
  readonly #engine: PGlite;
  readonly #folder: string;
  readonly #space: FreeSpace;
  readonly #log: LogSync;
  #stopped: Problem | null = null;
  /** By the system's time and not the service's: it is held against the times of files. */
  #syncedTo_ms: number;
  readonly #running = new Set<Promise<unknown>>();
  #closed = false;

  private constructor(engine: PGlite, folder: string, space: FreeSpace, begun_ms: number) {
    this.#syncedTo_ms = begun_ms;
    this.#engine = engine;
    this.#folder = folder;
    this.#space = space;
    this.#log = new LogSync(folder);
  }

  /** Opens the database in `folder`, or makes it. Rejects with the engine's error; `words` then knows why. */
  static async open(folder: string, space: FreeSpace, words: LastWords): Promise<PgliteSql> {
    const begun_ms = Date.now();
    const engine = new PGlite({ dataDir: folder, onStderr: words.listen });
    try {
      await engine.waitReady;
    } catch (error) {
      endEngine(engine);
      throw error;
    }
    const sql = new PgliteSql(engine, folder, space, begun_ms);
    guardAgainstTraps(engine, (error) => sql.#stop(words.or(error), error));
    return sql;
  }

  /** Set once the engine has died; nothing works any more until the next start. */
  get stopped(): Problem | null {
    return this.#stopped;
  }

  async query<Row>(text: string, parameters: readonly unknown[] = []): Promise<readonly Row[]> {
    return this.#attempt(() => runner(this.#engine).query<Row>(text, parameters));
  }

  async script(text: string): Promise<void> {
    return this.#attempt(() => runner(this.#engine).script(text));
  }

  transaction<T>(work: (tx: SqlRunner) => Promise<T>): Promise<T> {
    if (this.#closed) return Promise.reject(new ProblemError([problem("STORAGE_CLOSED")]));
    const running = this.#transact(work);
    const ended = () => this.#running.delete(running);
    this.#running.add(running);
    running.then(ended, ended);
    return running;
  }

  async #transact<T>(work: (tx: SqlRunner) => Promise<T>): Promise<T> {
    await this.#space.require();
    const value = await this.#attempt(() => this.#engine.transaction((tx) => work(runner(tx))));
    await this.#syncLog();
    return value;
  }

  async checkpoint(): Promise<void> {
    await this.#space.require();
    const begun_ms = Date.now();
    await this.script("checkpoint");
    await syncTree(this.#folder, this.#syncedTo_ms);
    this.#syncedTo_ms = begun_ms;
  }

  async vacuum(): Promise<void> {
    await this.#space.require();
    await this.script("vacuum (analyze)");
  }

  /** Waits for the transactions under way. PGlite's own shutdown ends in a checkpoint. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#running);
    await this.#log.close();
    await this.#engine.close();
    if (this.#stopped === null) await syncTree(this.#folder, this.#syncedTo_ms);
  }

  async #syncLog(): Promise<void> {
    const rows = await this.query<{ segment: string }>("select pg_walfile_name(pg_current_wal_lsn()) as segment");
    try {
      await this.#log.sync(rows[0]?.segment ?? "");
    } catch (cause) {
      // After a failed sync the kernel may have dropped the pages: trying again could succeed and mean nothing.
      throw this.#stop(cause instanceof Error ? cause.message : String(cause), cause);
    }
  }

  async #attempt<T>(work: () => Promise<T>): Promise<T> {
    if (this.#stopped !== null) throw new ProblemError([this.#stopped]);
    try {
      return await work();
    } catch (cause) {
      if (this.#stopped !== null) throw new ProblemError([this.#stopped], { cause });
      if ((cause as { code?: unknown }).code !== DISK_FULL) throw cause;
      throw new ProblemError([this.#space.full()], { cause });
    }
  }

  #stop(reason: string, cause: unknown): ProblemError {
    this.#stopped ??= problem("DATABASE_STOPPED", { folder: join(this.#folder, ".."), reason });
    return new ProblemError([this.#stopped], { cause });
  }
}

/** The two calls that PGlite and its transactions share. */
function runner(on: Pick<Transaction, "query" | "exec">): SqlRunner {
  return {
    query: async <Row>(text: string, parameters: readonly unknown[] = []) =>
      (await on.query<Row>(text, [...parameters])).rows,
    script: async (text: string) => {
      await on.exec(text);
    },
  };
}
