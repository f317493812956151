/** Evidence whose time is over: proposed by the service, confirmed by a person, and then really gone. */

import type { DueDeletion } from "../../core/keeping/retention.ts";
import { failed, ok, type Problem, problem, type Result } from "../../core/problems/problem.ts";
import type { SqlCaseStore } from "../cases/case-store.ts";
import type { Sql } from "../storage/sql.ts";
import { heldProblem, holdOn, lockCase } from "./holds.ts";

export interface Deletion {
  readonly id: number;
  readonly case_id: string;
  readonly class: string;
  readonly due_ms: number;
  readonly proposed_ms: number;
  readonly state: "proposed" | "confirmed" | "done";
  readonly confirmed_by: string | null;
  readonly confirmed_ms: number | null;
}

type Row = { readonly [K in keyof Deletion]: Deletion[K] extends number | null ? number | string | null : Deletion[K] };

const columns = "id, case_id, class, due_ms, proposed_ms, state, confirmed_by, confirmed_ms";

const deletionOf = (row: Row): Deletion => ({
  ...row,
  id: Number(row.id),
  due_ms: Number(row.due_ms),
  proposed_ms: Number(row.proposed_ms),
  confirmed_ms: row.confirmed_ms === null ? null : Number(row.confirmed_ms),
});

const insert = `
insert into deletion (case_id, class, due_ms, proposed_ms, state) values ($1, $2, $3, $4, 'proposed')
on conflict (case_id) do nothing
returning id`;

const confirm = `
update deletion set state = 'confirmed', confirmed_by = $2, confirmed_ms = $3 where id = $1
returning ${columns}`;

export interface DeletionParts {
  readonly sql: Sql;
  readonly cases: SqlCaseStore;
}

export class Deletions {
  readonly #parts: DeletionParts;

  constructor(parts: DeletionParts) {
    this.#parts = parts;
  }

  /** Oldest first. A case that was opened again after its deletion was proposed is not among them. */
  async list(state: Deletion["state"], limit: number): Promise<readonly Deletion[]> {
    const select = `
select ${columns} from deletion
where state = $1
  and ($1 <> 'proposed' or exists (select from violation_case as c where c.id = case_id and c.state in ('rejected', 'closed')))
order by id limit $2`;
    return (await this.#parts.sql.query<Row>(select, [state, limit])).map(deletionOf);
  }

  /** Cases of `ids` that nobody needs to propose: proposed already, confirmed, done, or held. */
  async settled(ids: readonly string[]): Promise<ReadonlySet<string>> {
    const select = `
select case_id from deletion where case_id = any($1::text[])
union select case_id from legal_hold where case_id = any($1::text[])`;
    const rows = await this.#parts.sql.query<{ case_id: string }>(select, [ids]);
    return new Set(rows.map(({ case_id }) => case_id));
  }

  /** Phase one. Nothing is proposed twice, and nothing that is held; true when it is news. */
  propose(caseId: string, due: DueDeletion, now_ms: number): Promise<boolean> {
    return this.#parts.sql.transaction(async (tx) => {
      if ((await lockCase(tx, caseId)) === null || (await holdOn(tx, caseId)) !== null) return false;
      const added = await tx.query(insert, [caseId, due.class, Math.round(due.due_ms), now_ms]);
      if (added.length === 0) return false;
      const { class: kept, from, keep_h, source } = due.rule;
      const body = { class: kept, due_ms: Math.round(due.due_ms), rule: { from, keep_h, source } };
      await this.#parts.cases.recordWithin(tx, caseId, "deletion_proposed", body, now_ms);
      return true;
    });
  }

  /** Phase two. Nothing can be held any more afterwards. */
  confirm(id: number, by: string, now_ms: number): Promise<Result<Deletion>> {
    return this.#parts.sql.transaction(async (tx) => {
      const [found] = await tx.query<Row>(`select ${columns} from deletion where id = $1`, [id]);
      if (found === undefined) return failed(problem("DELETION_UNKNOWN", { deletion: id }));
      // The lock first: a hold that came in between has taken the proposal away, and a review that is undone opens the case.
      const state = await lockCase(tx, found.case_id);
      const [now] = await tx.query<Row>(`select ${columns} from deletion where id = $1`, [id]);
      if (now === undefined || (state !== "rejected" && state !== "closed"))
        return failed(problem("DELETION_UNKNOWN", { deletion: id }));
      const refusal = await this.#refusal(tx, deletionOf(now));
      if (refusal !== null) return failed(refusal);
      const [confirmed] = await tx.query<Row>(confirm, [id, by, now_ms]);
      if (confirmed === undefined) throw new Error("a locked row went away");
      await this.#parts.cases.recordWithin(tx, now.case_id, "deletion_confirmed", { by, class: now.class }, now_ms);
      return ok(deletionOf(confirmed));
    });
  }

  async done(id: number, now_ms: number): Promise<void> {
    const change = "update deletion set state = 'done', done_ms = $2 where id = $1";
    await this.#parts.sql.transaction((tx) => tx.query(change, [id, now_ms]));
  }

  async #refusal(tx: Pick<Sql, "query" | "script">, now: Deletion): Promise<Problem | null> {
    if (now.state !== "proposed") {
      return problem("DELETION_UNDERWAY", { case: now.case_id, by: now.confirmed_by ?? "-" });
    }
    const held = await holdOn(tx, now.case_id);
    return held === null ? null : heldProblem(held);
  }
}
