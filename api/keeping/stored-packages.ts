/** Which packages were copied to the evidence store, in SQL. */
import { z } from "zod";
import type { CaseEvidence } from "../../core/ports/cases.ts";
import type { StoredFile } from "../../core/ports/evidence-store.ts";
import type { Sql } from "../storage/sql.ts";

export interface StoredPackage {
  readonly case_id: string;
  readonly manifest_sha256: string;
  readonly files: readonly StoredFile[];
  readonly stored_ms: number;
}

interface Row extends Omit<StoredPackage, "stored_ms" | "files"> {
  readonly stored_ms: number | string;
  readonly files: unknown;
}

const filesSchema = z.array(z.strictObject({ name: z.string(), bytes: z.number(), sha256: z.string() }));

const columns = "case_id, manifest_sha256, files, stored_ms";
const insert = `
insert into stored_package (${columns}) values ($1, $2, $3, $4)
on conflict (case_id) do update
set manifest_sha256 = excluded.manifest_sha256, files = excluded.files, stored_ms = excluded.stored_ms`;

const selectWaiting = `
select id, evidence from violation_case
where evidence_state = 'ready' and not exists (select from stored_package where case_id = id)
order by at_ms limit $1`;

const packageOf = ({ stored_ms, files, ...row }: Row): StoredPackage => ({
  ...row,
  files: filesSchema.parse(files),
  stored_ms: Number(stored_ms),
});

export class StoredPackages {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async get(caseId: string): Promise<StoredPackage | null> {
    const [row] = await this.#sql.query<Row>(`select ${columns} from stored_package where case_id = $1`, [caseId]);
    return row === undefined ? null : packageOf(row);
  }

  /** Cases with a package that nobody copied yet, oldest act first. */
  async waiting(limit: number): Promise<readonly { readonly id: string; readonly manifest_sha256: string }[]> {
    const rows = await this.#sql.query<{ id: string; evidence: CaseEvidence | string }>(selectWaiting, [limit]);
    return rows.flatMap(({ id, evidence: said }) => {
      const evidence = (typeof said === "string" ? JSON.parse(said) : said) as CaseEvidence;
      return evidence.state === "ready" ? [{ id, manifest_sha256: evidence.manifest_sha256 }] : [];
    });
  }

  async storedBefore(until_ms: number, cases: readonly string[]): Promise<readonly string[]> {
    const select = "select case_id from stored_package where stored_ms < $1 and case_id = any($2::text[])";
    return (await this.#sql.query<{ case_id: string }>(select, [until_ms, cases])).map(({ case_id }) => case_id);
  }

  async add({ case_id, manifest_sha256, files, stored_ms }: StoredPackage): Promise<void> {
    await this.#sql.transaction((tx) => tx.query(insert, [case_id, manifest_sha256, JSON.stringify(files), stored_ms]));
  }

  async remove(caseId: string): Promise<void> {
    await this.#sql.transaction((tx) => tx.query("delete from stored_package where case_id = $1", [caseId]));
  }
}
