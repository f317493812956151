/** What the chains gained since they were last under a root. */
import type { DayRoot, Leaf } from "../../core/evidence/day-root.ts";
import { caseMark } from "../../core/evidence/day-root.ts";
import { type ChainTail, emptyChain, verifyChain } from "../../core/evidence/ledger-chain.ts";
import { sealsOf } from "../../core/evidence/package/seals.ts";
import type { LedgerEntry } from "../../core/ports/storage.ts";
import { sha256 } from "../storage/sha256.ts";
import type { SqlRunner } from "../storage/sql.ts";
import { type EntryRow, entryColumns, entryOf } from "../storage/sql-ledger.ts";

/** One chain: where it stood, how to read on, and what to call it. */
interface Chain {
  readonly name: string;
  readonly stood: ChainTail;
  readonly page: (after: number, limit: number) => Promise<readonly LedgerEntry[]>;
}

export interface Growth {
  readonly from_seq: number;
  readonly tail: ChainTail;
  readonly leaves: readonly Leaf[];
  readonly faults: DayRoot["faults"];
}

const PAGE_ENTRIES = 500;

/** Everything up to the first entry of a later day. A chain that does not follow is named, and read on all the same. */
async function growthOf(chain: Chain, until_ms: number): Promise<Growth> {
  const leaves: Leaf[] = [];
  const faults: DayRoot["faults"] = [];
  let tail = chain.stood;
  for (let more = true; more; ) {
    const page = await chain.page(tail.seq, PAGE_ENTRIES);
    const end = page.findIndex(({ at_ms }) => at_ms >= until_ms);
    const entries = end === -1 ? page : page.slice(0, end);
    const { broken_at, fault } = verifyChain(entries, sha256, tail);
    if (broken_at !== null && fault !== null) faults.push({ chain: chain.name, entry: broken_at, fault });
    leaves.push(...entries.map(({ seq, hash }) => ({ chain: chain.name, seq, hash })));
    tail = entries.at(-1) ?? tail;
    more = entries.length === PAGE_ENTRIES;
  }
  const from_seq = leaves[0]?.seq ?? chain.stood.seq + 1;
  return { from_seq, tail: { seq: tail.seq, hash: tail.hash }, leaves, faults };
}

async function stoodAt(sql: SqlRunner, chain: string): Promise<ChainTail> {
  const [row] = await sql.query<ChainTail>("select seq, hash from anchored_chain where chain = $1", [chain]);
  return row === undefined ? emptyChain : { seq: Number(row.seq), hash: row.hash };
}

/** What `ledger` or `audit` gained before `until_ms`. */
export async function serviceGrowth(sql: SqlRunner, name: "ledger" | "audit", until_ms: number): Promise<Growth> {
  const select = `select ${entryColumns} from ${name}_entry where seq > $1 order by seq limit $2`;
  return growthOf(
    {
      name,
      stood: await stoodAt(sql, name),
      page: async (after, limit) => (await sql.query<EntryRow>(select, [after, limit])).map(entryOf),
    },
    until_ms,
  );
}

export interface CaseGrowth extends Growth {
  readonly caseId: string;
  readonly mark: string;
  readonly sealed: DayRoot["cases"][number]["sealed"];
}

interface GrownCase {
  readonly id: string;
  readonly mark: string | null;
  readonly seq: number | string | null;
  readonly hash: string | null;
  readonly first_hash: string;
}

const selectGrown = `
select c.id, a.chain as mark, a.seq, a.hash, first.hash as first_hash
from violation_case as c
left join anchored_chain as a on a.case_id = c.id
join case_entry as first on first.case_id = c.id and first.seq = 1
where c.log_seq > coalesce(a.seq, 0)`;

const selectEntries = `select ${entryColumns} from case_entry where case_id = $1 and seq > $2 order by seq limit $3`;
const selectSeals = `select ${entryColumns} from case_entry where case_id = $1 and kind = 'sealed' and seq <= $2 order by seq`;

/** What the logs of cases gained before `until_ms`, in the order of their marks. */
export async function caseGrowths(sql: SqlRunner, until_ms: number): Promise<readonly CaseGrowth[]> {
  const growths: CaseGrowth[] = [];
  for (const row of await sql.query<GrownCase>(selectGrown)) {
    const mark = row.mark ?? caseMark(row.id, row.first_hash, sha256);
    const stood = row.hash === null ? emptyChain : { seq: Number(row.seq), hash: row.hash };
    const page: Chain["page"] = async (after, limit) =>
      (await sql.query<EntryRow>(selectEntries, [row.id, after, limit])).map(entryOf);
    const growth = await growthOf({ name: mark, stood, page }, until_ms);
    if (growth.leaves.length === 0) continue;
    const seals = await sql.query<EntryRow>(selectSeals, [row.id, growth.tail.seq]);
    const newest = sealsOf(seals.map(entryOf), row.id).at(-1);
    const sealed = newest === undefined ? null : { edition: newest.edition, manifest_sha256: newest.manifest_sha256 };
    growths.push({ ...growth, caseId: row.id, mark, sealed });
  }
  return growths.sort((a, b) => (a.mark < b.mark ? -1 : 1));
}
