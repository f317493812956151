/**
 * The ledger as a hash chain: each entry's hash covers its own fields and the hash before it, so that nothing inside
 * can be altered, removed, moved or put in between without a visible break.
 */
import type { Hasher } from "../ports/hasher.ts";
import type { LedgerEntry, LedgerFault } from "../ports/storage.ts";
import { canonicalJson } from "./canonical-json.ts";

/** Where a chain stands: the newest entry's number and hash. */
export interface ChainTail {
  readonly seq: number;
  readonly hash: string;
}

/** What the first entry follows. */
export const emptyChain: ChainTail = { seq: 0, hash: "0".repeat(64) };

export interface ChainCheck {
  /** Entries that follow correctly. */
  readonly entries: number;
  /** Number of the first entry that does not follow, by its place in the chain; null for a whole chain. */
  readonly broken_at: number | null;
  readonly fault: LedgerFault | null;
  /** The last entry that follows; `verifyChain` continues from it when a long ledger is read in pages. */
  readonly tail: ChainTail;
}

/** The entry that follows `tail`. Throws `TypeError` when `body` has no JSON form. */
export function chainEntry(tail: ChainTail, kind: string, body: unknown, at_ms: number, hash: Hasher): LedgerEntry {
  const fields = { seq: tail.seq + 1, at_ms, kind, body, previous: tail.hash };
  return { ...fields, hash: hash(canonicalJson(fields)) };
}

/** Walks `entries`, oldest first, and stops at the first that does not follow from the one before, or from `after`. */
export function verifyChain(entries: Iterable<LedgerEntry>, hash: Hasher, after: ChainTail = emptyChain): ChainCheck {
  let tail = after;
  let count = 0;
  for (const entry of entries) {
    const fault = faultOf(entry, tail, hash);
    if (fault !== null) return { entries: count, broken_at: tail.seq + 1, fault, tail };
    tail = { seq: entry.seq, hash: entry.hash };
    count += 1;
  }
  return { entries: count, broken_at: null, fault: null, tail };
}

/**
 * Holds a walked chain against the tail recorded elsewhere. Without that second record a chain cut at its end would
 * look whole, since every prefix of a chain is a chain.
 */
export function againstRecordedTail(check: ChainCheck, recorded: ChainTail): ChainCheck {
  if (check.broken_at !== null) return check;
  if (check.tail.seq === recorded.seq && check.tail.hash === recorded.hash) return check;
  const broken_at =
    check.tail.seq === recorded.seq ? Math.max(recorded.seq, 1) : Math.min(check.tail.seq, recorded.seq) + 1;
  return { ...check, broken_at, fault: "wrong_tail" };
}

function faultOf(entry: LedgerEntry, tail: ChainTail, hash: Hasher): LedgerFault | null {
  if (entry.seq !== tail.seq + 1) return "wrong_sequence";
  if (entry.previous !== tail.hash) return "wrong_previous";
  const { seq, at_ms, kind, body, previous } = entry;
  return hash(canonicalJson({ seq, at_ms, kind, body, previous })) === entry.hash ? null : "wrong_hash";
}
