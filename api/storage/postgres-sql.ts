/**
 * A PostgreSQL server behind the `Sql` port, for more than one machine. A commit is durable when the server says so
 * (`synchronous_commit` is on unless its administrator chose otherwise); checkpoints and vacuum are the server's own work.
 */
import pg from "pg";
import { failed, ok, type Problem, ProblemError, problem, type Result } from "../../core/problems/problem.ts";
import type { DatabaseSql, SqlRunner } from "./sql.ts";

/** PostgreSQL's name for a full disk. */
const DISK_FULL = "53100";
/** Any number that other programs on the server are unlikely to lock; "greenwav" in ASCII. */
const LOCK = "7454127125170315638";
const CONNECTIONS = 4;
const PATIENCE_MS = 10_000;

/** What a person may read of an address: never the password in it. */
export function serverName(url: string): string {
  try {
    const { hostname, port, pathname } = new URL(url);
    return `${hostname}:${port === "" ? "5432" : port}${pathname}`;
  } catch {
    return "DATABASE_URL";
  }
}

const reasonOf = (cause: unknown): string => {
  const { message, code } = cause as { readonly message?: string; readonly code?: string };
  return (message || code || String(cause)).replace(/[.\s]+$/, "");
};

/** Errors of the connection, and not of what was asked. */
const lost = (cause: unknown): boolean => {
  const code = (cause as { readonly code?: unknown }).code;
  // Class 08: connection exception; 57P0x: the server is stopping or starting (PostgreSQL, appendix A).
  if (typeof code === "string" && /^[0-9A-Z]{5}$/.test(code)) return code.startsWith("08") || code.startsWith("57P0");
  return true;
};

export class PostgresSql implements DatabaseSql {
  readonly #pool: pg.Pool;
  readonly #url: string;
  readonly #server: string;
  /** Holds the lock that makes us the only greenwave on this database, for as long as it is connected. */
  #owner: pg.Client | null = null;
  #owning: Promise<void> | null = null;
  #trouble: Problem | null = null;
  #closed = false;
  readonly #running = new Set<Promise<unknown>>();

  private constructor(url: string) {
    this.#url = url;
    this.#server = serverName(url);
    this.#pool = new pg.Pool({ connectionString: url, max: CONNECTIONS, connectionTimeoutMillis: PATIENCE_MS });
    // A connection that breaks while nobody uses it: the next query opens another one, or says why it cannot.
    this.#pool.on("error", (cause) => this.#fails(cause));
  }

  /** Fails with `DATABASE_UNREACHABLE` or `DATABASE_OCCUPIED`. */
  static async open(url: string): Promise<Result<PostgresSql>> {
    const sql = new PostgresSql(url);
    try {
      await sql.#own();
      return ok(sql);
    } catch (cause) {
      await sql.close();
      return failed(...(cause instanceof ProblemError ? cause.problems : [sql.#fails(cause)]));
    }
  }

  /** Why the latest thing asked of the server failed; null once one went well again. */
  get stopped(): Problem | null {
    return this.#trouble;
  }

  query<Row>(text: string, parameters: readonly unknown[] = []): Promise<readonly Row[]> {
    return this.#attempt(async () => (await this.#pool.query(text, [...parameters])).rows as Row[]);
  }

  async script(text: string): Promise<void> {
    await this.#attempt(() => this.#pool.query(text));
  }

  transaction<T>(work: (tx: SqlRunner) => Promise<T>): Promise<T> {
    if (this.#closed) return Promise.reject(new ProblemError([problem("STORAGE_CLOSED")]));
    const running = this.#attempt(() => this.#transact(work));
    const ended = () => this.#running.delete(running);
    this.#running.add(running);
    running.then(ended, ended);
    return running;
  }

  /** The server does it by itself. */
  async checkpoint(): Promise<void> {
    await this.query("select 1");
  }

  /** Autovacuum does. */
  async vacuum(): Promise<void> {
    await this.query("select 1");
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#running);
    await this.#owner?.end().catch((cause: unknown) => this.#fails(cause));
    await this.#pool.end();
  }

  async #transact<T>(work: (tx: SqlRunner) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect();
    let broken: Error | undefined;
    // Between two statements of a transaction nobody waits for the connection: its end would be an uncaught exception.
    const breaks = (error: Error): void => {
      broken = error;
    };
    client.on("error", breaks);
    try {
      await client.query("begin");
      const value = await work(runner(client));
      await client.query("commit");
      return value;
    } catch (cause) {
      // A connection that cannot even roll back is thrown away, and the server rolls back by itself.
      await client.query("rollback").catch(breaks);
      throw cause;
    } finally {
      client.off("error", breaks);
      client.release(broken);
    }
  }

  async #attempt<T>(work: () => Promise<T>): Promise<T> {
    try {
      await this.#own();
      const value = await work();
      this.#trouble = null;
      return value;
    } catch (cause) {
      if (cause instanceof ProblemError) throw cause;
      if ((cause as { code?: unknown }).code === DISK_FULL) {
        this.#trouble = problem("DATABASE_DISK_FULL", { server: this.#server });
        throw new ProblemError([this.#trouble], { cause });
      }
      if (lost(cause)) throw new ProblemError([this.#fails(cause)], { cause });
      throw cause;
    }
  }

  /** Everybody who finds the lock lost waits for the same try to take it again. */
  async #own(): Promise<void> {
    if (this.#owner !== null) return;
    this.#owning ??= this.#takeLock().finally(() => {
      this.#owning = null;
    });
    await this.#owning;
  }

  async #takeLock(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.#url,
      connectionTimeoutMillis: PATIENCE_MS,
      application_name: "greenwave (owner)",
      keepAlive: true,
    });
    client.on("error", (cause) => this.#fails(cause));
    client.once("end", () => {
      this.#owner = null;
    });
    await client.connect();
    const { rows } = await client.query("select pg_try_advisory_lock($1::bigint) as taken", [LOCK]);
    if ((rows as readonly { readonly taken: boolean }[])[0]?.taken === true) {
      this.#owner = client;
      return;
    }
    await client.end();
    this.#trouble = problem("DATABASE_OCCUPIED", { server: this.#server });
    throw new ProblemError([this.#trouble]);
  }

  #fails(cause: unknown): Problem {
    this.#trouble = problem("DATABASE_UNREACHABLE", { server: this.#server, reason: reasonOf(cause) });
    return this.#trouble;
  }
}

function runner(client: pg.PoolClient): SqlRunner {
  return {
    query: async <Row>(text: string, parameters: readonly unknown[] = []) =>
      (await client.query(text, [...parameters])).rows as Row[],
    script: async (text: string) => {
      await client.query(text);
    },
  };
}
