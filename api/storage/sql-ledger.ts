/** A hash-chained ledger in SQL. There are several, each in two tables of its own. */
import { canonicalJson } from "../../core/evidence/canonical-json.ts";
import {
  againstRecordedTail,
  type ChainCheck,
  type ChainTail,
  chainEntry,
  emptyChain,
  verifyChain,
} from "../../core/evidence/ledger-chain.ts";
import type { ChainWalk, Ledger, LedgerEntry } from "../../core/ports/storage.ts";
import { sha256 } from "./sha256.ts";
import type { Sql, SqlRunner } from "./sql.ts";

export const entryColumns = "seq, at_ms, kind, body, previous, hash";

const statements = (chain: string) => ({
  /** `for update` makes the next writer wait for this one, on an engine with more than one connection. */
  lockTail: `select seq, hash from ${chain}_tail for update`,
  moveTail: `update ${chain}_tail set seq = $1, hash = $2`,
  insert: `insert into ${chain}_entry (${entryColumns}) values ($1, $2, $3, $4, $5, $6)`,
  selectRecent: `select ${entryColumns} from ${chain}_entry order by seq desc limit $1`,
  /** Entries and recorded tail in one statement, so that an append in between cannot look like a break. */
  selectPage: `
select tail.seq as tail_seq, tail.hash as tail_hash, entry.*
from ${chain}_tail as tail
left join (select ${entryColumns} from ${chain}_entry where seq > $1 order by seq limit $2) as entry on true
order by entry.seq`,
});

const PAGE_ENTRIES = 250;
/** A chain that is walked within a tenth of a second is always walked whole. */
const SHORT_CHAIN = 5000;

/** A stretch from the first entry on that was found to follow. */
interface Walked {
  readonly tail: ChainTail;
  readonly entries: number;
}

const beginning: Walked = { tail: emptyChain, entries: 0 };

export type EntryRow = Omit<LedgerEntry, "body"> & { readonly body: string };

type PageRow = EntryRow & { readonly tail_seq: number; readonly tail_hash: string };

interface Page {
  readonly entries: readonly LedgerEntry[];
  readonly recordedTail: ChainTail;
}

export class SqlLedger implements Ledger {
  readonly #sql: Sql;
  readonly #text: ReturnType<typeof statements>;
  #walked: Walked = beginning;
  #turned: Walked = beginning;

  /** `chain`: the tables are `<chain>_entry` and `<chain>_tail`. */
  constructor(sql: Sql, chain: "ledger" | "audit" = "ledger") {
    this.#sql = sql;
    this.#text = statements(chain);
  }

  /** Throws `TypeError`, storing nothing, when `body` has no JSON form. */
  append(kind: string, body: unknown, at_ms: number): Promise<LedgerEntry> {
    return this.#sql.transaction((tx) => this.appendWithin(tx, kind, body, at_ms));
  }

  /** As `append`, kept or rolled back with everything else of `tx`. */
  async appendWithin(tx: SqlRunner, kind: string, body: unknown, at_ms: number): Promise<LedgerEntry> {
    const entry = chainEntry(await this.#lockedTail(tx), kind, body, at_ms, sha256);
    const { seq, previous, hash } = entry;
    await tx.query(this.#text.insert, [seq, at_ms, kind, canonicalJson(body), previous, hash]);
    await tx.query(this.#text.moveTail, [seq, hash]);
    return entry;
  }

  async recent(limit: number): Promise<readonly LedgerEntry[]> {
    return (await this.#sql.query<EntryRow>(this.#text.selectRecent, [limit])).map(entryOf);
  }

  async verify(how: ChainWalk = "whole"): ReturnType<Ledger["verify"]> {
    const walked = this.#walked;
    if (how === "whole" || walked.tail.seq < SHORT_CHAIN) return this.#walk(beginning);
    const { entries, broken_at, fault } = await this.#turnPage(walked);
    return broken_at === null ? this.#walk(walked) : { entries, broken_at, fault };
  }

  /** To the end, from where everything before was found to follow. */
  async #walk(from: Walked): ReturnType<Ledger["verify"]> {
    let check = { ...verifyChain([], sha256, from.tail), entries: from.entries };
    // From below any number a forger may have used.
    for (let after = from === beginning ? Number.MIN_SAFE_INTEGER : from.tail.seq; ; ) {
      const { entries, recordedTail } = await this.#page(after);
      const page = verifyChain(entries, sha256, check.tail);
      check = { ...page, entries: check.entries + page.entries };
      if (check.broken_at !== null || entries.length < PAGE_ENTRIES) {
        const { entries: count, broken_at, fault } = againstRecordedTail(check, recordedTail);
        this.#walked = broken_at === null ? { tail: check.tail, entries: count } : beginning;
        return { entries: count, broken_at, fault };
      }
      after = check.tail.seq;
    }
  }

  /** Walks the next page of what was walked before, so that in turn all of it is walked again. */
  async #turnPage(walked: Walked): Promise<ChainCheck> {
    const from = this.#turned.tail.seq < walked.tail.seq ? this.#turned : beginning;
    const { entries } = await this.#page(from === beginning ? Number.MIN_SAFE_INTEGER : from.tail.seq);
    const page = verifyChain(entries, sha256, from.tail);
    const lost = page.broken_at === null && entries.length === 0;
    this.#turned = page.broken_at === null && !lost ? page : beginning;
    if (page.broken_at !== null || lost) this.#walked = beginning;
    const gone = { broken_at: from.tail.seq + 1, fault: "wrong_sequence" } as const;
    return { ...page, ...(lost ? gone : {}), entries: from.entries + page.entries };
  }

  async #page(from: number): Promise<Page> {
    const rows = await this.#sql.query<PageRow>(this.#text.selectPage, [from, PAGE_ENTRIES]);
    const first = rows[0];
    const recordedTail = first === undefined ? lostTail : { seq: Number(first.tail_seq), hash: first.tail_hash };
    return { entries: rows.filter((row) => row.seq !== null).map(entryOf), recordedTail };
  }

  async #lockedTail(tx: SqlRunner): Promise<ChainTail> {
    const [row] = await tx.query<ChainTail>(this.#text.lockTail);
    if (row === undefined) throw new Error("the ledger has lost the record of its tail");
    return { seq: Number(row.seq), hash: row.hash };
  }
}

/** Where the row that says where the chain ends should be and is not. */
const lostTail: ChainTail = { seq: 0, hash: "" };

export const entryOf = ({ seq, at_ms, kind, body, previous, hash }: EntryRow): LedgerEntry => ({
  seq: Number(seq),
  at_ms: Number(at_ms),
  kind,
  body: bodyOf(body),
  previous,
  hash,
});

/** Text that is not canonical JSON was altered: what is handed over instead cannot have the entry's hash. */
function bodyOf(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    if (canonicalJson(value) === text) return value;
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error;
  }
  return { altered: text };
}
