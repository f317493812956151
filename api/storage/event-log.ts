/** Detector events in SQL. */
import type { DetectorEvent } from "../../core/ports/detection-feed.ts";
import type { EventLog } from "../../core/ports/storage.ts";
import type { GroupCommit } from "./group-commit.ts";
import type { Sql } from "./sql.ts";

const columns = 'intersection, channel, at_ms, "on", origin';

/** A channel cannot go on twice in one millisecond: the same event again is a resend. */
const insert = `
insert into detector_event (${columns})
select ${columns} from json_populate_recordset(null::detector_event, $1::json)
on conflict do nothing`;

const selectRecent = `
select ${columns} from detector_event
where ($1::text is null or intersection = $1) and at_ms >= $2 and ($3::bigint is null or at_ms < $3)
  and ($4::text is null or origin = $4)
order by at_ms desc, intersection, channel, "on" limit $5`;

/** In slices, so that an append never waits long for the one connection. */
const deleteSlice = `
with gone as (
  delete from detector_event
  where ctid = any(array(select ctid from detector_event where at_ms < $1 limit $2))
  returning 1
)
select count(*)::integer as rows from gone`;

const SLICE_ROWS = 5000;

export async function insertDetectorEvents(sql: Sql, events: readonly DetectorEvent[]): Promise<void> {
  await sql.transaction((tx) => tx.query(insert, [JSON.stringify(events)]));
}

/** Deletes events before `before_ms`; ends early, between two slices, once `stop` is aborted. */
export async function deleteDetectorEvents(sql: Sql, before_ms: number, stop: AbortSignal): Promise<number> {
  let deleted = 0;
  for (let slice = SLICE_ROWS; slice === SLICE_ROWS && !stop.aborted; deleted += slice) {
    const found = await sql.transaction((tx) => tx.query<{ rows: number }>(deleteSlice, [before_ms, SLICE_ROWS]));
    slice = found[0]?.rows ?? 0;
  }
  return deleted;
}

export class SqlEventLog implements EventLog {
  readonly #sql: Sql;
  readonly #writer: GroupCommit<DetectorEvent>;

  constructor(sql: Sql, writer: GroupCommit<DetectorEvent>) {
    this.#sql = sql;
    this.#writer = writer;
  }

  append(events: readonly DetectorEvent[]): Promise<void> {
    return this.#writer.append(events);
  }

  async recent(query: Parameters<EventLog["recent"]>[0]): Promise<readonly DetectorEvent[]> {
    const { intersection = null, since_ms = 0, until_ms = null, origin = null, limit } = query;
    const rows = await this.#sql.query<DetectorEvent>(selectRecent, [intersection, since_ms, until_ms, origin, limit]);
    return rows.map((row) => ({ ...row, at_ms: Number(row.at_ms) }));
  }
}
