/** Legal holds: what is held is not deleted, whatever its time says. */
import type { CaseState } from "../../core/cases/states.ts";
import { failed, ok, type Problem, problem, type Result } from "../../core/problems/problem.ts";
import type { SqlCaseStore } from "../cases/case-store.ts";
import type { Sql, SqlRunner } from "../storage/sql.ts";

export interface Hold {
  readonly case_id: string;
  readonly by: string;
  readonly reason: string;
  readonly since_ms: number;
}

interface Row {
  readonly case_id: string;
  readonly held_by: string;
  readonly reason: string;
  readonly since_ms: number | string;
}

const columns = "case_id, held_by, reason, since_ms";

const holdOf = ({ case_id, held_by, reason, since_ms }: Row): Hold => ({
  case_id,
  by: held_by,
  reason,
  since_ms: Number(since_ms),
});

export async function holdOn(sql: SqlRunner, caseId: string): Promise<Hold | null> {
  const [row] = await sql.query<Row>(`select ${columns} from legal_hold where case_id = $1`, [caseId]);
  return row === undefined ? null : holdOf(row);
}

export const heldProblem = ({ case_id, by, since_ms }: Hold): Problem =>
  problem("CASE_HELD", { case: case_id, by, since: new Date(since_ms).toISOString() });

/** Whoever changes anything about keeping a case waits here for whoever else does. The case's state; null: no such case. */
export async function lockCase(tx: SqlRunner, caseId: string): Promise<CaseState | null> {
  const select = "select state from violation_case where id = $1 for update";
  return (await tx.query<{ state: CaseState }>(select, [caseId]))[0]?.state ?? null;
}

const selectGivenUp = "select confirmed_by from deletion where case_id = $1 and state <> 'proposed'";

export class Holds {
  readonly #sql: Sql;
  readonly #cases: SqlCaseStore;

  constructor(sql: Sql, cases: SqlCaseStore) {
    this.#sql = sql;
    this.#cases = cases;
  }

  async all(limit: number): Promise<readonly Hold[]> {
    const rows = await this.#sql.query<Row>(`select ${columns} from legal_hold order by since_ms desc limit $1`, [
      limit,
    ]);
    return rows.map(holdOf);
  }

  /** Stops a deletion that is proposed. Fails for evidence that was already given up, and for a case that is held. */
  hold(caseId: string, by: string, reason: string, now_ms: number): Promise<Result<Hold>> {
    return this.#sql.transaction(async (tx) => {
      if ((await lockCase(tx, caseId)) === null) return failed(problem("CASE_UNKNOWN", { case: caseId }));
      const held = await holdOn(tx, caseId);
      if (held !== null) return failed(heldProblem(held));
      const [givenUp] = await tx.query<{ confirmed_by: string }>(selectGivenUp, [caseId]);
      if (givenUp !== undefined) {
        return failed(problem("DELETION_UNDERWAY", { case: caseId, by: givenUp.confirmed_by }));
      }
      await tx.query(`insert into legal_hold (${columns}) values ($1, $2, $3, $4)`, [caseId, by, reason, now_ms]);
      const stopped = await tx.query("delete from deletion where case_id = $1 returning id", [caseId]);
      await this.#cases.recordWithin(tx, caseId, "held", { by, reason, stopped: stopped.length }, now_ms);
      return ok({ case_id: caseId, by, reason, since_ms: now_ms });
    });
  }

  release(caseId: string, by: string, reason: string, now_ms: number): Promise<Result<void>> {
    return this.#sql.transaction(async (tx) => {
      if ((await lockCase(tx, caseId)) === null) return failed(problem("CASE_UNKNOWN", { case: caseId }));
      const released = await tx.query("delete from legal_hold where case_id = $1 returning case_id", [caseId]);
      if (released.length === 0) return failed(problem("CASE_NOT_HELD", { case: caseId }));
      await this.#cases.recordWithin(tx, caseId, "released", { by, reason }, now_ms);
      return ok(undefined);
    });
  }
}
