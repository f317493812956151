/** Roots of days in SQL: closing a day, and what a closed day says. */
import { canonicalJson } from "../../core/evidence/canonical-json.ts";
import {
  type DayRoot,
  digestOf,
  type Inclusion,
  inclusionOf,
  type Leaf,
  rootOfLeaves,
  type SignedDayRoot,
  signedDayRootSchema,
} from "../../core/evidence/day-root.ts";
import { localDay, nextDay, startOfDay } from "../../core/keeping/calendar.ts";
import type { LedgerEntry } from "../../core/ports/storage.ts";
import { sha256 } from "../storage/sha256.ts";
import type { Sql, SqlRunner } from "../storage/sql.ts";
import type { SqlLedger } from "../storage/sql-ledger.ts";
import { type CaseGrowth, caseGrowths, type Growth, serviceGrowth } from "./chain-growth.ts";

export interface DayToClose {
  readonly site: string;
  readonly timezone: string;
  readonly day: string;
  readonly now_ms: number;
  /** Signs the canonical JSON of the root. */
  readonly sign: (text: string) => SignedDayRoot["signatures"];
}

export interface ClosedDay {
  readonly day: string;
  readonly digest: string;
  /** The file's text. */
  readonly document: string;
}

const selectDays =
  "select day, digest, document from day_root where $1::text is null or day < $1 order by day desc limit $2";
const selectDay = "select day, digest, document from day_root where day = $1";
const insertDay = "insert into day_root (day, document, digest) values ($1, $2, $3)";
const anchor = `
insert into anchored_chain (chain, case_id, seq, hash) values ($1, $2, $3, $4)
on conflict (chain) do update set seq = excluded.seq, hash = excluded.hash`;

const selectCaseLeaves = `
select a.chain, e.seq, e.hash
from unnest($1::text[], $2::bigint[], $3::bigint[]) as grown (chain, from_seq, to_seq)
join anchored_chain as a on a.chain = grown.chain
join case_entry as e on e.case_id = a.case_id and e.seq between grown.from_seq and grown.to_seq
order by a.chain collate "C", e.seq`;

const grown = (chain: string, { from_seq, tail }: Growth) => ({ chain, from_seq, to_seq: tail.seq, hash: tail.hash });

export class DayRoots {
  readonly #sql: Sql;
  readonly #ledger: SqlLedger;

  constructor(sql: Sql, ledger: SqlLedger) {
    this.#sql = sql;
    this.#ledger = ledger;
  }

  /** Newest first, with `before` only earlier days. */
  recent(limit: number, before?: string): Promise<readonly ClosedDay[]> {
    return this.#sql.query<ClosedDay>(selectDays, [before ?? null, limit]);
  }

  /** All closed days, newest first. */
  async days(): Promise<readonly string[]> {
    const rows = await this.#sql.query<Pick<ClosedDay, "day">>("select day from day_root order by day desc");
    return rows.map(({ day }) => day);
  }

  /** Throws for a day that is not closed. */
  async closedDay(day: string): Promise<ClosedDay> {
    const [found] = await this.#sql.query<ClosedDay>(selectDay, [day]);
    if (found === undefined) throw new Error(`${day} is not closed`);
    return found;
  }

  /** The earliest day that is not closed yet: the day after the newest root, or that of the first ledger entry. */
  async firstOpenDay(timezone: string): Promise<string | null> {
    const [newest] = await this.recent(1);
    if (newest !== undefined) return nextDay(newest.day);
    const [first] = await this.#sql.query<{ at_ms: number | string }>(
      "select at_ms from ledger_entry order by seq limit 1",
    );
    return first === undefined ? null : localDay(Number(first.at_ms), timezone);
  }

  /** Root, anchors and ledger entry are stored together or not at all. */
  close(order: DayToClose): Promise<{ readonly closed: ClosedDay; readonly entry: LedgerEntry }> {
    const until_ms = startOfDay(nextDay(order.day), order.timezone);
    return this.#sql.transaction(async (tx) => {
      const chains: readonly (readonly [string, Growth])[] = [
        ["ledger", await serviceGrowth(tx, "ledger", until_ms)],
        ["audit", await serviceGrowth(tx, "audit", until_ms)],
      ];
      const cases = await caseGrowths(tx, until_ms);
      const root = await this.#rootOf(tx, order, chains, cases);
      const document = canonicalJson({ root, signatures: order.sign(canonicalJson(root)) });
      const digest = digestOf(root, sha256);
      await tx.query(insertDay, [order.day, document, digest]);
      for (const [name, { tail }] of chains) await tx.query(anchor, [name, null, tail.seq, tail.hash]);
      for (const { mark, caseId, tail } of cases) await tx.query(anchor, [mark, caseId, tail.seq, tail.hash]);
      const said = { day: order.day, digest, entries: root.entries, faults: root.faults };
      const entry = await this.#ledger.appendWithin(tx, "day_closed", said, order.now_ms);
      return { closed: { day: order.day, digest, document }, entry };
    });
  }

  /** That an entry of a case's log is under the root of its day; null while that day is not closed. */
  async proof(caseId: string, seq: number): Promise<Inclusion | null> {
    const [anchored] = await this.#sql.query<{ chain: string; seq: number | string }>(
      "select chain, seq from anchored_chain where case_id = $1",
      [caseId],
    );
    if (anchored === undefined || Number(anchored.seq) < seq) return null;
    for (let before: string | undefined; ; ) {
      const days = await this.recent(PAGE_DAYS, before);
      for (const { document } of days) {
        const { root } = signedDayRootSchema.parse(JSON.parse(document));
        const here = root.cases.find(({ chain }) => chain === anchored.chain);
        if (here === undefined || seq < here.from_seq || seq > here.to_seq) continue;
        return inclusionOf(root.day, await this.leavesOf(root), anchored.chain, seq, sha256);
      }
      before = days.at(-1)?.day;
      if (before === undefined) return null;
    }
  }

  /** All entries under a root as the tables have them now, in the root's order. */
  async leavesOf({ chains, cases }: DayRoot): Promise<readonly Leaf[]> {
    const leaves: Leaf[] = [];
    for (const { chain, from_seq, to_seq } of chains) {
      const table = chain === "ledger" ? "ledger_entry" : "audit_entry";
      const rows = await this.#sql.query<{ seq: number | string; hash: string }>(
        `select seq, hash from ${table} where seq between $1 and $2 order by seq`,
        [from_seq, to_seq],
      );
      leaves.push(...rows.map(({ seq, hash }) => ({ chain, seq: Number(seq), hash })));
    }
    const columns = [cases.map(({ chain }) => chain), cases.map((c) => c.from_seq), cases.map((c) => c.to_seq)];
    const rows = await this.#sql.query<Leaf>(selectCaseLeaves, columns);
    return [...leaves, ...rows.map(({ chain, seq, hash }) => ({ chain, seq: Number(seq), hash }))];
  }

  async #rootOf(
    tx: SqlRunner,
    { site, timezone, day, now_ms }: DayToClose,
    chains: readonly (readonly [string, Growth])[],
    cases: readonly CaseGrowth[],
  ): Promise<DayRoot> {
    const growths = [...chains.map(([, growth]) => growth), ...cases];
    const leaves = growths.flatMap((growth) => growth.leaves);
    const [before] = await tx.query<ClosedDay>(selectDays, [day, 1]);
    return {
      version: 1,
      site,
      day,
      timezone,
      closed_at_ms: now_ms,
      merkle_root: rootOfLeaves(leaves, sha256),
      entries: leaves.length,
      chains: chains.filter(([, { leaves: own }]) => own.length > 0).map(([name, growth]) => grown(name, growth)),
      cases: cases.map((growth) => ({ ...grown(growth.mark, growth), sealed: growth.sealed })),
      faults: growths.flatMap((growth) => growth.faults),
      previous: before?.digest ?? null,
    };
  }
}

const PAGE_DAYS = 30;
