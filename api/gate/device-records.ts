/** Device records in SQL. */
import type { DeviceRecord, DeviceRecords } from "../../core/ports/device-records.ts";
import type { Sql } from "../storage/sql.ts";

const columns = "controller, checksum, frozen_checksum, frozen_ms, released_by, released_reason, released_ms";

const upsert = `
insert into device_record (${columns}) values ($1, $2, $3, $4, $5, $6, $7)
on conflict (controller) do update set checksum = $2, frozen_checksum = $3, frozen_ms = $4, released_by = $5,
  released_reason = $6, released_ms = $7`;

type Numeric = number | string | null;

interface Row {
  readonly controller: string;
  readonly checksum: Numeric;
  readonly frozen_checksum: Numeric;
  readonly frozen_ms: Numeric;
  readonly released_by: string | null;
  readonly released_reason: string | null;
  readonly released_ms: Numeric;
}

const recordOf = (row: Row): DeviceRecord => ({
  controller: row.controller,
  checksum: row.checksum === null ? null : Number(row.checksum),
  frozen: row.frozen_checksum === null ? null : { checksum: Number(row.frozen_checksum), at_ms: Number(row.frozen_ms) },
  released:
    row.released_by === null
      ? null
      : { by: row.released_by, reason: row.released_reason ?? "", at_ms: Number(row.released_ms) },
});

export class SqlDeviceRecords implements DeviceRecords {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async all(): Promise<readonly DeviceRecord[]> {
    return (await this.#sql.query<Row>(`select ${columns} from device_record order by controller`)).map(recordOf);
  }

  async put({ controller, checksum, frozen, released }: DeviceRecord): Promise<void> {
    const values = [
      controller,
      checksum,
      frozen?.checksum ?? null,
      frozen?.at_ms ?? null,
      released?.by ?? null,
      released?.reason ?? null,
      released?.at_ms ?? null,
    ];
    await this.#sql.transaction((tx) => tx.query(upsert, values));
  }
}
