/** Movement intervals in SQL. */
import type { MovementStore } from "../../core/ports/storage.ts";
import type { MovementInterval } from "../../core/traffic/movement-interval.ts";
import { insertFullest } from "./fuller-account.ts";
import type { GroupCommit } from "./group-commit.ts";
import type { Sql } from "./sql.ts";

const columns = [
  ...["feed", "start_ms", "intersection", "origin", "length_s", "movements", "unfinished", "unentered", "quality"],
  ...["frames_seen", "gap_s"],
];

const insert = insertFullest("movement_interval", ["feed", "start_ms"], columns);

const selectRecent = `
select ${columns.join(", ")} from movement_interval
where ($1::text is null or feed = $1) and start_ms >= $2
order by start_ms desc, feed limit $3`;

export async function insertMovementIntervals(sql: Sql, intervals: readonly MovementInterval[]): Promise<void> {
  await sql.transaction((tx) => tx.query(insert, [JSON.stringify(intervals)]));
}

export class SqlMovementStore implements MovementStore {
  readonly #sql: Sql;
  readonly #writer: GroupCommit<MovementInterval>;

  constructor(sql: Sql, writer: GroupCommit<MovementInterval>) {
    this.#sql = sql;
    this.#writer = writer;
  }

  append(intervals: readonly MovementInterval[]): Promise<void> {
    return this.#writer.append(intervals);
  }

  async recent(query: Parameters<MovementStore["recent"]>[0]): Promise<readonly MovementInterval[]> {
    const { feed = null, since_ms = 0, limit } = query;
    const rows = await this.#sql.query<MovementInterval>(selectRecent, [feed, since_ms, limit]);
    return rows.map((row) => ({ ...row, start_ms: Number(row.start_ms) }));
  }
}
