/** Cases as they lie in the tables, and as what they mean. */
import { caseOf } from "../../core/cases/case-log.ts";
import { type Detection, detectionSchema } from "../../core/cases/detection.ts";
import { canonicalJson } from "../../core/evidence/canonical-json.ts";
import { againstRecordedTail, type ChainTail, verifyChain } from "../../core/evidence/ledger-chain.ts";
import type { CaseEvidence, CasePlate, CaseRecord } from "../../core/ports/cases.ts";
import type { PlateVault } from "../../core/ports/plate-vault.ts";
import type { LedgerEntry } from "../../core/ports/storage.ts";
import { failed, ok, type Problem, problem, type Result } from "../../core/problems/problem.ts";
import { sha256 } from "../storage/sha256.ts";
import { type EntryRow, entryColumns, entryOf } from "../storage/sql-ledger.ts";

export interface CaseRow {
  readonly id: string;
  readonly detection: string;
  readonly evidence: string;
  /** Concealed JSON of a `CasePlate`. */
  readonly plate: string | null;
  readonly log_seq: number | string;
  readonly log_hash: string;
  readonly log_at_ms: number;
  readonly log: readonly EntryRow[];
}

/** Row and log in one statement, so that a step in between cannot look like a break. */
export const selectRow = `
select id, detection, evidence, plate, log_seq, log_hash, log_at_ms, (
    select coalesce(json_agg(entry order by seq), '[]')
    from (select ${entryColumns} from case_entry where case_id = violation_case.id) as entry
  ) as log
from violation_case`;

/** Kind of the entry that is written when the evidence of a case came into another state. */
export const evidenceKind = ({ state }: CaseEvidence): string => `evidence_${state}`;

/** What that entry says: the state, and which (concealed) plate was kept with it. */
export const evidenceBody = (caseId: string, evidence: CaseEvidence, plate: string | null): object => ({
  case_id: caseId,
  evidence,
  plate_sha256: plate === null ? null : sha256(plate),
});

export const tailOf = ({ log_seq, log_hash }: Pick<CaseRow, "log_seq" | "log_hash">): ChainTail => ({
  seq: Number(log_seq),
  hash: log_hash,
});

export const concealed = (vault: PlateVault, plate: CasePlate | null): string | null =>
  plate === null ? null : vault.conceal(canonicalJson(plate));

export const evidenceOf = ({ evidence }: CaseRow): CaseEvidence => JSON.parse(evidence) as CaseEvidence;

/** What of the row its log contradicts: the row was changed beside the log, or the log itself was. */
function contradiction(row: CaseRow, log: readonly LedgerEntry[]): Problem | null {
  const { broken_at, fault } = againstRecordedTail(verifyChain(log, sha256), tailOf(row));
  const broken = (entry: number, how: string): Problem =>
    problem("CASE_LOG_BROKEN", { case: row.id, entry, fault: how });
  if (broken_at !== null) return broken(broken_at, fault ?? "wrong_hash");
  const said = log[0]?.body as { readonly detection_sha256?: unknown } | undefined;
  if (said?.detection_sha256 !== sha256(row.detection)) return broken(1, "detection");
  const newest = log.findLast(({ kind }) => kind.startsWith("evidence_"));
  if (newest === undefined)
    return row.plate === null && evidenceOf(row).state === "pending" ? null : broken(1, "evidence");
  const evidence = evidenceOf(row);
  // A case whose making is tried again says nothing new in its log.
  if (evidence.state === "pending" && newest.kind === evidenceKind(evidence)) return null;
  const kept = evidenceBody(row.id, evidence, row.plate);
  return canonicalJson(newest.body) === canonicalJson(kept) ? null : broken(newest.seq, "evidence");
}

/** Fails with `CASE_LOG_BROKEN` when row and log do not agree. */
export function recordOf(row: CaseRow, vault: PlateVault): Result<CaseRecord> {
  const log = row.log.map(entryOf);
  const wrong = contradiction(row, log);
  if (wrong !== null) return failed(wrong);
  const folded = caseOf(row.id, log);
  if (!folded.ok) return folded;
  const detection: Detection = detectionSchema.parse(JSON.parse(row.detection));
  return ok({
    id: row.id,
    detection,
    case: folded.value,
    evidence: evidenceOf(row),
    plate: row.plate === null ? null : (JSON.parse(vault.reveal(row.plate)) as CasePlate),
  });
}
