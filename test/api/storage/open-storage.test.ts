import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { afterAll, describe, expect, it } from "vitest";
import { openDatabase } from "../../../api/storage/database-folder.ts";
import { FreeSpace } from "../../../api/storage/free-space.ts";
import { migrate } from "../../../api/storage/migrate.ts";
import { migrations } from "../../../api/storage/migrations/all.ts";
import { openStorage } from "../../../api/storage/open-storage.ts";
import type { PgliteSql } from "../../../api/storage/pglite-sql.ts";
import { SqlLedger } from "../../../api/storage/sql-ledger.ts";
import { guardAgainstTraps } from "../../../api/storage/trap-guard.ts";
import type { DetectorEvent } from "../../../core/ports/detection-feed.ts";
import { DataFolders, need, opened, ScriptedClock } from "../../support/data-folder.ts";

const folders = new DataFolders();
const clock = new ScriptedClock();
afterAll(() => folders.remove());

/** The database below a storage, for what only a forger or another version would do. */
async function inDatabase<T>(dataDir: string, work: (sql: PgliteSql) => Promise<T>): Promise<T> {
  const sql = need(await openDatabase(dataDir, new FreeSpace(dataDir)));
  try {
    return await work(sql);
  } finally {
    await sql.close();
  }
}

describe("a data folder", () => {
  it("keeps what was stored from one start to the next", async () => {
    const dataDir = await folders.withDatabase();
    const first = await opened(dataDir);
    const entry = await first.ledger.append("note", { n: 1 }, 5);
    await first.close();
    const second = await opened(dataDir);
    expect(await second.ledger.recent(5)).toEqual([entry]);
    expect(second.health()).toEqual({ problems: [], waitingRows: 0, schema: migrations.length });
    await second.close();
  });

  it("has one owner: the second is told which process, and the first goes on", async () => {
    const dataDir = await folders.withDatabase();
    const owner = await opened(dataDir);
    expect(await openStorage({ dataDir, clock })).toMatchObject({
      ok: false,
      problems: [{ code: "DATA_FOLDER_OCCUPIED", words: { folder: dataDir, pid: String(process.pid) } }],
    });
    await owner.ledger.append("still here", null, 1);
    await owner.close();
  });

  it("is left free when it does not open", async () => {
    const dataDir = await folders.withDatabase();
    await truncate(join(dataDir, "db", "global", "pg_control"), 0);
    expect((await openStorage({ dataDir, clock })).ok).toBe(false);
    expect(await readdir(join(dataDir, "lock"))).toEqual([]);
  });

  it("cannot be a file, nor below one", async () => {
    const dataDir = await folders.unused();
    await mkdir(join(dataDir, ".."), { recursive: true });
    await writeFile(dataDir, "a file");
    for (const path of [dataDir, join(dataDir, "below")]) {
      expect(await openStorage({ dataDir: path, clock })).toMatchObject({
        ok: false,
        problems: [{ code: "DATA_FOLDER_UNUSABLE", words: { folder: path } }],
      });
    }
  });

  it("left behind by a creation that was cut short is made anew", async () => {
    const dataDir = await folders.withDatabase();
    await writeFile(join(dataDir, "db.unfinished"), "");
    await rm(join(dataDir, "db", "global"), { recursive: true });
    await (await opened(dataDir)).close();
    expect(existsSync(join(dataDir, "db.unfinished"))).toBe(false);
  });

  it("without its version file is not mistaken for an empty one", async () => {
    const dataDir = await folders.withDatabase();
    const db = join(dataDir, "db");
    await rm(join(db, "PG_VERSION"));
    const before = await readdir(db);
    expect(await openStorage({ dataDir, clock })).toMatchObject({
      ok: false,
      problems: [{ code: "DATABASE_DAMAGED", words: { reason: expect.stringContaining("PG_VERSION is missing") } }],
    });
    expect(await readdir(db)).toEqual(before);
  });

  it.each([
    ["its control file is empty", (db: string) => truncate(join(db, "global", "pg_control"), 0), "pg_control"],
    ["its tables are gone", (db: string) => rm(join(db, "base"), { recursive: true }), "does not exist"],
    [
      "its settings are no settings",
      (db: string) => writeFile(join(db, "postgresql.conf"), "one two three"),
      "configuration file",
    ],
  ])("is reported as damaged when %s", async (_name, damage, reason) => {
    const dataDir = await folders.withDatabase();
    await damage(join(dataDir, "db"));
    expect(await openStorage({ dataDir, clock })).toMatchObject({
      ok: false,
      problems: [{ code: "DATABASE_DAMAGED", words: { folder: dataDir, reason: expect.stringContaining(reason) } }],
    });
  });
});

describe("closing storage", () => {
  it("lets everything under way become durable, and refuses what comes later", async () => {
    const dataDir = await folders.withDatabase();
    const storage = await opened(dataDir);
    const underWay = [storage.ledger.append("last", 1, 1), storage.events.append([event(0)])];
    await Promise.all([storage.close(), storage.close()]);
    await Promise.all(underWay);
    await expect(storage.events.append([event(1)])).rejects.toMatchObject({ problems: [{ code: "STORAGE_CLOSED" }] });
    await expect(storage.ledger.append("late", 1, 1)).rejects.toMatchObject({ problems: [{ code: "STORAGE_CLOSED" }] });
    const again = await opened(dataDir);
    expect(await again.ledger.recent(9)).toHaveLength(1);
    expect(await again.events.recent({ limit: 9 })).toEqual([event(0)]);
    await again.close();
  });
});

describe("migrations", () => {
  const newest = migrations.length;
  const second = {
    number: newest + 1,
    name: "second",
    sql: "create table second_table (a integer); insert into second_table values (1);",
  };
  const broken = {
    number: newest + 2,
    name: "broken",
    sql: "create table third_table (a integer); select no_such_function();",
  };

  it("are applied once, in order, each whole or not at all", async () => {
    const dataDir = await folders.withDatabase();
    await inDatabase(dataDir, async (sql) => {
      const all = [...migrations, second];
      expect(await migrate(sql, all, dataDir, 7)).toEqual({ ok: true, value: newest + 1 });
      expect(await migrate(sql, all, dataDir, 8)).toEqual({ ok: true, value: newest + 1 });
      expect(await migrate(sql, [...all, broken], dataDir, 9)).toMatchObject({
        ok: false,
        problems: [
          {
            code: "MIGRATION_FAILED",
            words: { number: newest + 2, reason: expect.stringContaining("no_such_function") },
          },
        ],
      });
      const history = await sql.query("select number, name, applied_at_ms from schema_migration where number > $1", [
        newest,
      ]);
      expect(history).toEqual([{ number: newest + 1, name: "second", applied_at_ms: 7 }]);
      expect(await sql.query("select to_regclass('third_table') as found")).toEqual([{ found: null }]);
    });
    expect(await openStorage({ dataDir, clock })).toMatchObject({
      ok: false,
      problems: [{ code: "SCHEMA_TOO_NEW", words: { found: newest + 1, known: newest } }],
    });
  });

  it("with another text than the one applied are refused", async () => {
    const dataDir = await folders.withDatabase();
    await inDatabase(dataDir, (sql) => sql.script("update schema_migration set checksum = 'other'"));
    expect(await openStorage({ dataDir, clock })).toMatchObject({
      ok: false,
      problems: [{ code: "MIGRATION_ALTERED", words: { number: 1, name: "first" } }],
    });
  });
});

describe("a ledger changed behind our back", () => {
  const forgeries = [
    ["a body", `update ledger_entry set body = '{"n":9}' where seq = 2`, 2, "wrong_hash"],
    ["a body, into no JSON", "update ledger_entry set body = 'oops' where seq = 2", 2, "wrong_hash"],
    ["a body, into a number JSON cannot hold", "update ledger_entry set body = '1e999' where seq = 2", 2, "wrong_hash"],
    ["a time", "update ledger_entry set at_ms = at_ms + 1 where seq = 3", 3, "wrong_hash"],
    ["an entry removed", "delete from ledger_entry where seq = 2", 2, "wrong_sequence"],
    ["the first removed", "delete from ledger_entry where seq = 1", 1, "wrong_sequence"],
    ["the last removed", "delete from ledger_entry where seq = 3", 3, "wrong_tail"],
    ["everything removed", "delete from ledger_entry", 1, "wrong_tail"],
    ["one moved before the first", "update ledger_entry set seq = -5 where seq = 1", 1, "wrong_sequence"],
    ["the record of its tail removed", "delete from ledger_tail", 1, "wrong_tail"],
  ] as const;

  it("is found, and the entry and the fault are named", async () => {
    const dataDir = await folders.withDatabase();
    await inDatabase(dataDir, async (sql) => {
      for (const [name, forgery, broken_at, fault] of forgeries) {
        await sql.script("delete from ledger_entry; delete from ledger_tail");
        await sql.script("insert into ledger_tail (seq, hash) values (0, repeat('0', 64))");
        const ledger = new SqlLedger(sql);
        for (let n = 1; n <= 3; n += 1) await ledger.append("note", { n }, n);
        expect(await ledger.verify(), name).toEqual({ entries: 3, broken_at: null, fault: null });
        await sql.script(forgery);
        expect(await ledger.verify(), name).toMatchObject({ broken_at, fault });
      }
    });
  });
});

const DAY_MS = 86_400_000;
const event = (at_ms: number): DetectorEvent => ({ intersection: "x", channel: 1, at_ms, on: true, origin: "camera" });

describe("upkeep", () => {
  it("forgets detector events older than their days, and nothing else", async () => {
    const time = new ScriptedClock();
    const now_ms = time.nowMs();
    const dataDir = await folders.withDatabase();
    const storage = need(await openStorage({ dataDir, clock: time, keepEventsDays: 2 }));
    const old = Array.from({ length: 7000 }, (_, i) => event(now_ms - 3 * DAY_MS + i));
    const kept = [event(now_ms - DAY_MS), event(now_ms)];
    await storage.events.append([...old, ...kept]);
    time.advance(5 * 60_000);
    await time.nextSleep();
    expect(await storage.events.recent({ limit: 10_000 })).toEqual(kept.toReversed());
    expect(storage.health().problems).toEqual([]);
    await storage.close();
  });

  it("moves the log into the tables, so that a start after kill -9 has little to replay", async () => {
    const time = new ScriptedClock();
    const dataDir = await folders.withDatabase();
    const storage = await opened(dataDir, time);
    await storage.ledger.append("note", 1, 1);
    const controlFile = join(dataDir, "db", "global", "pg_control");
    const before = await readFile(controlFile);
    time.advance(5 * 60_000);
    await time.nextSleep();
    expect((await readFile(controlFile)).equals(before)).toBe(false);
    await storage.close();
  });
});

describe("an engine that dies", () => {
  it("becomes an error that says so, instead of a loop without end", async () => {
    const dataDir = await folders.withDatabase();
    const engine = await PGlite.create({ dataDir: join(dataDir, "db") });
    const trap = new Error("unreachable");
    const { mod } = engine as unknown as { mod: { _PostgresMainLoopOnce(): void } };
    const run = mod._PostgresMainLoopOnce;
    let dying = false;
    mod._PostgresMainLoopOnce = () => {
      if (dying) throw trap;
      run();
    };
    const deaths: unknown[] = [];
    guardAgainstTraps(engine, (error) => deaths.push(error));
    await expect(engine.query("select no_such_column")).rejects.toThrow("no_such_column");
    expect((await engine.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
    dying = true;
    await expect(engine.query("select 1")).rejects.toBe(trap);
    await expect(engine.query("select 1")).rejects.toBe(trap);
    expect(deaths).toEqual([trap]);
  });
});
