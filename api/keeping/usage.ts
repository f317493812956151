/** How much room everything takes on the disk of the data folder, and how much is left. */
import { readdir, stat, statfs } from "node:fs/promises";
import { join } from "node:path";
import type { DayUsage } from "../../core/keeping/forecast.ts";
import type { Sql } from "../storage/sql.ts";

/** Bytes of all files below; nothing for a folder that is not there. What goes away meanwhile is not counted. */
async function bytesBelow(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  let bytes = 0;
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) bytes += await bytesBelow(path);
    else if (entry.isFile())
      bytes += await stat(path).then(
        ({ size }) => size,
        () => 0,
      );
  }
  return bytes;
}

export interface UsageFolders {
  readonly dataDir: string;
  readonly recordings: string;
}

export interface Room {
  readonly kinds: readonly { readonly kind: string; readonly bytes: number }[];
  readonly free_bytes: number;
}

/** What lies on another disk is left out: it does not fill this one. `quota_bytes`: all that may be taken, or null. */
export async function measureRoom({ dataDir, recordings }: UsageFolders, quota_bytes: number | null): Promise<Room> {
  const { dev } = await stat(dataDir);
  const folders = [
    ["raw_video", recordings],
    ["evidence", join(dataDir, "evidence")],
    ["database", join(dataDir, "db")],
  ] as const;
  const kinds: { kind: string; bytes: number }[] = [];
  for (const [kind, folder] of folders) {
    const disk = await stat(folder).then(
      (found) => found.dev,
      () => dev,
    );
    if (disk === dev) kinds.push({ kind, bytes: await bytesBelow(folder) });
  }
  const { bavail, bsize } = await statfs(dataDir);
  const used = kinds.reduce((sum, { bytes }) => sum + bytes, 0);
  const onDisk = bavail * bsize;
  return { kinds, free_bytes: quota_bytes === null ? onDisk : Math.max(0, Math.min(onDisk, quota_bytes - used)) };
}

const insert = `
insert into usage_sample (day, kind, bytes) values ($1, $2, $3)
on conflict (day, kind) do update set bytes = excluded.bytes`;

/** One number a day and kind: the latest of that day. */
export class UsageSamples {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async add(day: string, kinds: Room["kinds"]): Promise<void> {
    await this.#sql.transaction(async (tx) => {
      for (const { kind, bytes } of kinds) await tx.query(insert, [day, kind, bytes]);
    });
  }

  async since(day: string): Promise<readonly DayUsage[]> {
    const rows = await this.#sql.query<DayUsage>(
      "select day, kind, bytes from usage_sample where day >= $1 order by day",
      [day],
    );
    return rows.map((row) => ({ ...row, bytes: Number(row.bytes) }));
  }
}
