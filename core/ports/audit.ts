/** Who saw, took out, decided or was refused what. Only ever added to. */
import type { ChainWalk, Ledger, LedgerEntry } from "./storage.ts";

export interface AuditEntry {
  /** The account; `-` for whoever was not logged in. */
  readonly by: string;
  /** The role that allowed it; null where none did. */
  readonly role: string | null;
  readonly at_ms: number;
  /** Address of whoever asked. */
  readonly from: string;
  /** What was done, such as `case.seen`, `case.exported`, `refused`. */
  readonly action: string;
  /** With what, such as the id of a case; null where it concerns nothing in particular. */
  readonly subject: string | null;
  /** Why, in the words of whoever did it; null where no reason is asked for. */
  readonly purpose: string | null;
}

export interface NumberedAuditEntry extends AuditEntry {
  readonly seq: number;
}

export interface Audit {
  /** Resolves when the entry is on the disk: what is told to anybody waits for it. */
  record(entry: AuditEntry): Promise<LedgerEntry>;
  /** Newest first; with `before`, only entries of a smaller number; with `subject`, only those of it, or of `subject/…`. */
  recent(query: {
    readonly before?: number;
    readonly subject?: string;
    readonly limit: number;
  }): Promise<readonly NumberedAuditEntry[]>;
  /** Walks it, all of it unless said; `broken_at` is the first entry that does not follow from the one before. */
  verify(how?: ChainWalk): ReturnType<Ledger["verify"]>;
}
