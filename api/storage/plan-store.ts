/** Plans and what became of them, in SQL. */
import type { PlanState, PlanStore, StoredPlan } from "../../core/ports/storage.ts";
import type { Plan } from "../../core/signal/plan.ts";
import type { Sql } from "./sql.ts";

const columns = "id, plan, state, at_ms, reasons";

const insert = `
insert into plan (intersection, plan, state, at_ms, reasons) values ($1, $2::jsonb, 'proposed', $3, $4::jsonb)
returning id`;

const supersede = `
update plan set state = 'superseded', at_ms = $2
where state = 'active' and id <> $1 and intersection = (select intersection from plan where id = $1)`;

const update = "update plan set state = $2, at_ms = $3 where id = $1 returning id";

const selectInForce = `select ${columns} from plan where state = 'active' order by intersection`;

const selectRecent = `
select ${columns} from plan where ($1::text is null or intersection = $1) order by id desc limit $2`;

export class SqlPlanStore implements PlanStore {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async add(plan: Plan, reasons: unknown, at_ms: number): Promise<number> {
    const parameters = [plan.intersection, JSON.stringify(plan), at_ms, JSON.stringify(reasons)];
    const rows = await this.#sql.transaction((tx) => tx.query<{ id: unknown }>(insert, parameters));
    return Number(rows[0]?.id);
  }

  async setState(id: number, state: PlanState, at_ms: number): Promise<void> {
    await this.#sql.transaction(async (tx) => {
      if (state === "active") await tx.query(supersede, [id, at_ms]);
      const rows = await tx.query(update, [id, state, at_ms]);
      if (rows.length === 0) throw new Error(`plan ${id} was never stored`);
    });
  }

  async inForce(): Promise<readonly StoredPlan[]> {
    return (await this.#sql.query<StoredPlan>(selectInForce)).map(numbered);
  }

  async recent(query: Parameters<PlanStore["recent"]>[0]): Promise<readonly StoredPlan[]> {
    const { intersection = null, limit } = query;
    return (await this.#sql.query<StoredPlan>(selectRecent, [intersection, limit])).map(numbered);
  }
}

/** A driver may hand out `bigint` columns as text. */
const numbered = (row: StoredPlan): StoredPlan => ({ ...row, id: Number(row.id), at_ms: Number(row.at_ms) });
