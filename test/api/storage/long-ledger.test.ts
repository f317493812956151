/** A ledger of years: what is new is walked at once, what is old page by page, and nothing is believed for long. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sha256 } from "../../../api/storage/sha256.ts";
import { SqlLedger } from "../../../api/storage/sql-ledger.ts";
import { chainEntry, emptyChain } from "../../../core/evidence/ledger-chain.ts";
import type { LedgerEntry } from "../../../core/ports/storage.ts";
import { type DatabaseSql, openDatabaseOf } from "../../support/databases.ts";

const ENTRIES = 6000;
/** Entries of one page, as the ledger reads them. */
const PAGE = 250;

describe("a long ledger", () => {
  let database: Awaited<ReturnType<typeof openDatabaseOf>>;
  let sql: DatabaseSql;
  let ledger: SqlLedger;
  const made: LedgerEntry[] = [];

  beforeAll(async () => {
    database = await openDatabaseOf("PGlite");
    sql = database.sql;
    for (let n = 0; n < ENTRIES; n += 1) {
      made.push(chainEntry(made.at(-1) ?? emptyChain, "plan", {}, 1_700_000_000_000 + n, sha256));
    }
    await sql.transaction(async (tx) => {
      const columns = [
        made.map(({ seq }) => seq),
        made.map(({ at_ms }) => at_ms),
        made.map(({ previous }) => previous),
        made.map(({ hash }) => hash),
      ];
      await tx.query(
        `insert into ledger_entry (seq, at_ms, kind, body, previous, hash)
         select seq, at_ms, 'plan', '{}', previous, hash
         from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[]) as row (seq, at_ms, previous, hash)`,
        columns,
      );
      await tx.query("update ledger_tail set seq = $1, hash = $2", [ENTRIES, made.at(-1)?.hash]);
    });
  });
  afterAll(() => database.close());
  beforeEach(() => {
    ledger = new SqlLedger(sql);
  });

  /** Statements that the walk takes. */
  async function pagesOf(walk: () => Promise<unknown>): Promise<number> {
    const before = queries;
    await walk();
    return queries - before;
  }
  let queries = 0;
  const counted = (): SqlLedger =>
    new SqlLedger({
      query: (text, parameters) => {
        queries += 1;
        return sql.query(text, parameters);
      },
      script: (text) => sql.script(text),
      transaction: (work) => sql.transaction(work),
    });

  const alter = (seq: number): Promise<unknown> =>
    sql.query("update ledger_entry set kind = 'plot' where seq = $1", [seq]);
  const repair = (seq: number): Promise<unknown> =>
    sql.query("update ledger_entry set kind = 'plan' where seq = $1", [seq]);

  it("is walked whole once, and then in two pages", async () => {
    const watched = counted();
    expect(await pagesOf(() => watched.verify("new"))).toBe(ENTRIES / PAGE + 1);
    expect(await pagesOf(() => watched.verify("new"))).toBe(2);
    expect(await watched.verify("new")).toEqual({ entries: ENTRIES, broken_at: null, fault: null });
    expect(await pagesOf(() => watched.verify())).toBe(ENTRIES / PAGE + 1);
  });

  it("altered where it was walked before is found out when that page has its turn, and at once by a whole walk", async () => {
    await ledger.verify("new");
    const late = 3 * PAGE + 7;
    await alter(late);
    const found: (number | null)[] = [];
    for (let n = 0; n < 4; n += 1) found.push((await ledger.verify("new")).broken_at);
    expect(found).toEqual([null, null, null, late]);
    expect((await ledger.verify()).broken_at).toBe(late);
    expect((await ledger.verify("new")).broken_at).toBe(late);
    await repair(late);
    expect((await ledger.verify("new")).broken_at).toBeNull();
  });

  it("has a turn for every page, again and again", async () => {
    await ledger.verify("new");
    for (let n = 0; n < ENTRIES / PAGE; n += 1) expect((await ledger.verify("new")).broken_at).toBeNull();
    await alter(1);
    expect((await ledger.verify("new")).broken_at).toBe(1);
    await repair(1);
  });

  it("whose old entries are gone, or whose end was written anew, is found out", async () => {
    await ledger.verify("new");
    const last = made.at(-1) as LedgerEntry;
    const other = chainEntry(made.at(-2) as LedgerEntry, "plan", { other: true }, last.at_ms, sha256);
    await sql.query("update ledger_entry set body = '{\"other\":true}', hash = $1 where seq = $2", [
      other.hash,
      last.seq,
    ]);
    await sql.query("update ledger_tail set hash = $1", [other.hash]);
    expect(await ledger.verify("new")).toMatchObject({ broken_at: last.seq, fault: "wrong_tail" });
    await sql.query("update ledger_entry set body = '{}', hash = $1 where seq = $2", [last.hash, last.seq]);
    await sql.query("update ledger_tail set hash = $1", [last.hash]);
    expect((await ledger.verify("new")).broken_at).toBeNull();
    await sql.query("delete from ledger_entry where seq between 1 and 300");
    // By the page whose turn it is; then, since something is wrong, by a whole walk.
    expect((await ledger.verify("new")).fault).toBe("wrong_sequence");
    expect(await ledger.verify("new")).toMatchObject({ broken_at: 1, fault: "wrong_sequence" });
  });
});
