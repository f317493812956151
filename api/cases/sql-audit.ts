/** The audit in SQL: a hash chain beside the ledger, that only grows. */
import { z } from "zod";
import { canonicalJson } from "../../core/evidence/canonical-json.ts";
import type { Audit, AuditEntry, NumberedAuditEntry } from "../../core/ports/audit.ts";
import type { ChainWalk, Ledger, LedgerEntry } from "../../core/ports/storage.ts";
import type { Sql } from "../storage/sql.ts";
import { type EntryRow, entryColumns, entryOf, SqlLedger } from "../storage/sql-ledger.ts";

const bodySchema = z.strictObject({
  by: z.string(),
  role: z.string().nullable(),
  from: z.string(),
  subject: z.string().nullable(),
  purpose: z.string().nullable(),
});

/** No text inside a string of canonical JSON has quotation marks without a stroke before them. */
const selectRecent = `
select ${entryColumns} from audit_entry
where ($1::bigint is null or seq < $1)
  and ($2::text is null or position('"subject":"' || $2 || '"' in body) > 0 or position('"subject":"' || $2 || '/' in body) > 0)
order by seq desc limit $3`;

/** As it stands between the quotation marks. */
const written = (subject: string): string => canonicalJson(subject).slice(1, -1);

/** What an entry that was altered says cannot be told; that it was is for `verify` to say. */
const unknown = { by: "?", role: null, from: "?", subject: null, purpose: null };

function told({ seq, at_ms, kind, body }: LedgerEntry): NumberedAuditEntry {
  const read = bodySchema.safeParse(body);
  return { seq, at_ms, action: kind, ...(read.success ? read.data : unknown) };
}

export class SqlAudit implements Audit {
  readonly #sql: Sql;
  readonly #chain: SqlLedger;

  constructor(sql: Sql) {
    this.#sql = sql;
    this.#chain = new SqlLedger(sql, "audit");
  }

  record({ at_ms, action, ...body }: AuditEntry): Promise<LedgerEntry> {
    return this.#chain.append(action, bodySchema.parse(body), at_ms);
  }

  async recent({ before, subject, limit }: Parameters<Audit["recent"]>[0]): Promise<readonly NumberedAuditEntry[]> {
    const values = [before ?? null, subject === undefined ? null : written(subject), limit];
    return (await this.#sql.query<EntryRow>(selectRecent, values)).map((row) => told(entryOf(row)));
  }

  verify(how?: ChainWalk): ReturnType<Ledger["verify"]> {
    return this.#chain.verify(how);
  }
}
