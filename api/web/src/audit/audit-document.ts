/** The audit as the service tells it. */
import type { LedgerPage } from "../state/page-state.ts";

export interface AuditEntry {
  readonly seq: number;
  readonly at_ms: number;
  readonly by: string;
  readonly action: string;
  readonly subject: string | null;
  readonly purpose: string | null;
  readonly from: string;
}

export interface AuditList {
  readonly entries: readonly AuditEntry[];
  readonly next: string | null;
  readonly chain: LedgerPage["chain"];
}
