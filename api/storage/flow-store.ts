/** Flow intervals in SQL. */
import type { FlowStore } from "../../core/ports/storage.ts";
import type { FlowInterval } from "../../core/traffic/flow-interval.ts";
import type { GroupCommit } from "./group-commit.ts";
import type { Sql } from "./sql.ts";

const columns = `lane, start_ms, feed, intersection, origin, length_s, total, by_class, occupancy, mean_headway_s,
  quality, frames_seen, gap_s`;

/** How much an interval knows: its quality, then the frames behind it. */
const knows = (row: string) =>
  `(case ${row}.quality when 'valid' then 2 when 'partial' then 1 else 0 end, ${row}.frames_seen)`;

/**
 * The first of its lane, start and feed stays unless a later one saw more: a resend after a lost acknowledgement
 * counts once, and the fuller account of a window survives a restart of the camera in the middle of it. `distinct on`
 * because one statement may not touch a row twice.
 */
const insert = `
insert into flow_interval (${columns})
select distinct on (lane, start_ms, feed) ${columns}
from json_populate_recordset(null::flow_interval, $1::json) as sent
order by lane, start_ms, feed, ${knows("sent")} desc
on conflict (lane, start_ms, feed) do update set
  intersection = excluded.intersection, origin = excluded.origin, length_s = excluded.length_s,
  total = excluded.total, by_class = excluded.by_class, occupancy = excluded.occupancy,
  mean_headway_s = excluded.mean_headway_s, quality = excluded.quality, frames_seen = excluded.frames_seen,
  gap_s = excluded.gap_s
where ${knows("excluded")} > ${knows("flow_interval")}`;

const selectRecent = `
select ${columns} from flow_interval
where ($1::text is null or lane = $1) and start_ms >= $2
order by start_ms desc, lane, feed limit $3`;

export async function insertFlowIntervals(sql: Sql, intervals: readonly FlowInterval[]): Promise<void> {
  await sql.transaction((tx) => tx.query(insert, [JSON.stringify(intervals)]));
}

export class SqlFlowStore implements FlowStore {
  readonly #sql: Sql;
  readonly #writer: GroupCommit<FlowInterval>;

  constructor(sql: Sql, writer: GroupCommit<FlowInterval>) {
    this.#sql = sql;
    this.#writer = writer;
  }

  append(intervals: readonly FlowInterval[]): Promise<void> {
    return this.#writer.append(intervals);
  }

  async recent(query: Parameters<FlowStore["recent"]>[0]): Promise<readonly FlowInterval[]> {
    const { lane = null, since_ms = 0, limit } = query;
    const rows = await this.#sql.query<FlowInterval>(selectRecent, [lane, since_ms, limit]);
    return rows.map((row) => ({ ...row, start_ms: Number(row.start_ms) }));
  }
}
