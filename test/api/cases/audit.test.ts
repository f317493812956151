/** The audit: who saw and took out what. On PGlite and on a PostgreSQL server. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SqlAudit } from "../../../api/cases/sql-audit.ts";
import type { AuditEntry } from "../../../core/ports/audit.ts";
import { type DatabaseSql, enginesUnderTest, openDatabaseOf } from "../../support/databases.ts";

const seen = (subject: string | null, change: Partial<AuditEntry> = {}): AuditEntry => ({
  by: "minh",
  role: "reviewer",
  at_ms: 1_763_000_000_000,
  from: "127.0.0.1",
  action: "case.seen",
  subject,
  purpose: null,
  ...change,
});

describe.each(enginesUnderTest)("the audit with %s", (engine, skipped) => {
  let database: Awaited<ReturnType<typeof openDatabaseOf>>;
  let sql: DatabaseSql;
  let audit: SqlAudit;

  describe.skipIf(skipped)("kept", () => {
    beforeAll(async () => {
      database = await openDatabaseOf(engine);
      sql = database.sql;
      audit = new SqlAudit(sql);
    });
    afterAll(() => database.close());

    it("tells who, in which role, did what with what, why, when and from where, newest first", async () => {
      const entries = [
        seen("c-1"),
        seen("c-2", { action: "case.exported", by: "lan", role: "officer", purpose: 'hồ sơ số 12 "subject":"c-1"}' }),
        seen(null, { action: "refused", role: null }),
      ];
      for (const entry of entries) await audit.record(entry);
      const all = await audit.recent({ limit: 9 });
      expect(all).toEqual(entries.map((entry, index) => ({ seq: index + 1, ...entry })).reverse());
      expect(await audit.recent({ limit: 1, before: 3 })).toEqual([all[1]]);
      expect(await audit.recent({ limit: 9, subject: "c-1" })).toEqual([all[2]]);
      expect(await audit.verify()).toEqual({ entries: 3, broken_at: null, fault: null });
    });

    it.each([
      ["changed", "update audit_entry set body = replace(body, 'lan', 'nam') where seq = 2", 2, "wrong_hash"],
      ["deleted", "delete from audit_entry where seq = 2", 2, "wrong_sequence"],
      ["replaced by no text of ours", "update audit_entry set body = 'nothing' where seq = 1", 1, "wrong_hash"],
      ["cut off", "delete from audit_entry where seq = 3", 3, "wrong_tail"],
      ["moved in time", "update audit_entry set at_ms = at_ms - 1 where seq = 3", 3, "wrong_hash"],
    ])("names the row that was %s", async (_what, text, broken_at, fault) => {
      const before = await sql.query("select * from audit_entry order by seq");
      await sql.script(text);
      expect(await audit.verify()).toMatchObject({ broken_at, fault });
      expect((await audit.recent({ limit: 9 })).length).toBeGreaterThan(1);
      await sql.script("delete from audit_entry");
      await sql.query("insert into audit_entry select * from json_populate_recordset(null::audit_entry, $1::json)", [
        JSON.stringify(before),
      ]);
      expect(await audit.verify()).toMatchObject({ entries: 3, broken_at: null });
    });

    it("keeps what two do at the same time in one chain", async () => {
      await Promise.all(Array.from({ length: 10 }, (_, n) => audit.record(seen(`r-${n}`))));
      expect(await audit.verify()).toMatchObject({ entries: 13, broken_at: null });
    });
  });
});
