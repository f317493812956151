/** Flow intervals in SQL. */
import type { FlowStore } from "../../core/ports/storage.ts";
import type { FlowInterval } from "../../core/traffic/flow-interval.ts";
import { insertFullest } from "./fuller-account.ts";
import type { GroupCommit } from "./group-commit.ts";
import type { Sql } from "./sql.ts";

const always = [
  ...["lane", "start_ms", "feed", "intersection", "origin", "length_s", "total", "by_class", "occupancy"],
  ...["mean_headway_s", "quality", "frames_seen", "gap_s"],
];
/** Null where the feed does not measure it, and in rows that are older than the column. */
const sometimes = [
  ...["min_headway_s", "median_headway_s", "headway_counts", "speeds", "mean_speed_kmh", "p85_speed_kmh"],
  ...["mean_queue_veh", "max_queue_veh", "max_queue_m", "actuations", "frames_expected", "gaps", "longest_gap_s"],
  ...["damaged_frames", "flags"],
] as const;
const columns = [...always, ...sometimes];

const insert = insertFullest("flow_interval", ["lane", "start_ms", "feed"], columns);

const selectRecent = `
select ${columns.join(", ")} from flow_interval
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
    return rows.map(intervalOf);
  }
}

/** What is not known is left out, as the feed left it out. */
function intervalOf(row: FlowInterval): FlowInterval {
  const interval = { ...row, start_ms: Number(row.start_ms) };
  for (const column of sometimes) if (interval[column] === null) delete interval[column];
  return interval;
}
