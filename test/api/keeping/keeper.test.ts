/** What is over is proposed, confirmed by a person, and then really gone; what is held stays. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { SqlCaseStore } from "../../../api/cases/case-store.ts";
import { createKeeper, type Keeper } from "../../../api/keeping/keeper.ts";
import { createPackages } from "../../../api/keeping/packages.ts";
import { type KeepingStores, keepingStores } from "../../../api/keeping/stores.ts";
import { SqlLedger } from "../../../api/storage/sql-ledger.ts";
import { SERVICE } from "../../../core/cases/states.ts";
import { localDay } from "../../../core/keeping/calendar.ts";
import { usualRules } from "../../../core/keeping/retention-rules.ts";
import type { CasePlate } from "../../../core/ports/cases.ts";
import { problem } from "../../../core/problems/problem.ts";
import { need, ScriptedClock } from "../../support/data-folder.ts";
import { type DatabaseSql, enginesUnderTest, openDatabaseOf } from "../../support/databases.ts";
import { act_ms, detection } from "../../support/detections.ts";
import { memoryVault } from "../../support/plate-vault.ts";

const DAY_MS = 86_400_000;
const zone = "Asia/Ho_Chi_Minh";

const plate: CasePlate = { text: "43A12345", confidence: 0.98, country: "vn", frames: 5, agreeing: 5, votes: [] };

describe.each(enginesUnderTest)("keeping with %s", (engine, skipped) => {
  const dataDir = mkdtempSync(join(tmpdir(), "greenwave-keeping-"));
  const evidence = join(dataDir, "evidence");
  const vault = memoryVault();
  let database: Awaited<ReturnType<typeof openDatabaseOf>>;
  let sql: DatabaseSql;
  let ledger: SqlLedger;
  let cases: SqlCaseStore;
  let stores: KeepingStores;
  let clock: ScriptedClock;
  let keeper: Keeper;
  let made = 0;

  /** A case whose evidence is there, and that was screened out or not. */
  async function judged(rejected: boolean): Promise<string> {
    made += 1;
    const id = `case-${made}`;
    const at_ms = clock.nowMs();
    mkdirSync(join(evidence, id), { recursive: true });
    writeFileSync(join(evidence, id, "manifest.json"), "{}");
    mkdirSync(join(evidence, `${id}.aside-1`));
    await cases.open(id, detection({ camera: id }), false, at_ms);
    await cases.setEvidence(
      id,
      { state: "ready", manifest_sha256: "c".repeat(64), edition: 1, bytes: 2 },
      plate,
      at_ms,
    );
    if (rejected) {
      const reason = problem("CASE_STAGED");
      need(await cases.step(id, { kind: "screened_out", by: SERVICE, at_ms, reason }, 1));
    }
    return id;
  }

  const proposed = async (): Promise<readonly string[]> =>
    (await stores.deletions.list("proposed", 100)).map(({ case_id }) => case_id);

  const deletionOf = async (id: string): Promise<number> => {
    const found = (await stores.deletions.list("proposed", 100)).find(({ case_id }) => case_id === id);
    if (found === undefined) throw new Error(`${id} is not proposed`);
    return found.id;
  };

  describe.skipIf(skipped)("stored", () => {
    beforeAll(async () => {
      database = await openDatabaseOf(engine);
      sql = database.sql;
      ledger = new SqlLedger(sql);
      cases = new SqlCaseStore({ sql, ledger, vault });
      stores = keepingStores(sql, ledger, cases);
      clock = new ScriptedClock(act_ms + 60_000);
    });
    afterAll(async () => {
      await database.close();
      rmSync(dataDir, { recursive: true, force: true });
    });
    const housekeeper = (quota_bytes: number | null): Keeper => {
      const packages = createPackages({
        folder: evidence,
        stored: stores.stored,
        store: null,
        localCopyDays: 30,
        clock,
      });
      return createKeeper({
        cases,
        deletions: stores.deletions,
        packages,
        samples: stores.samples,
        chains: { ledger, roots: stores.roots },
        rules: usualRules,
        folders: { dataDir, recordings: join(dataDir, "recordings") },
        quota_bytes,
        warnDays: 14,
        timezone: zone,
        clock,
      });
    };
    // The service was started again: nothing is remembered but what is stored.
    beforeEach(() => {
      keeper = housekeeper(null);
    });

    it("proposes the evidence of a rejected case after 30 days, once, and deletes nothing by itself", async () => {
      const [rejected, open] = [await judged(true), await judged(false)];
      await keeper.round();
      expect(await proposed()).toEqual([]);
      clock.advance(31 * DAY_MS);
      await keeper.round();
      clock.advance(DAY_MS);
      await keeper.round();
      expect(keeper.problems()).toEqual([]);
      expect(await proposed()).toEqual([rejected]);
      expect(existsSync(join(evidence, rejected))).toBe(true);
      const log = await cases.log(rejected);
      expect(log.filter(({ kind }) => kind === "deletion_proposed")).toHaveLength(1);
      expect((await cases.get(open))?.evidence.state).toBe("ready");
    });

    it("deletes what was confirmed: bytes and plate; the steps stay, and case and ledger say so", async () => {
      const [id] = await proposed();
      if (id === undefined) throw new Error("nothing is proposed");
      expect((await cases.get(id))?.plate).toEqual(plate);
      need(await stores.deletions.confirm(await deletionOf(id), "binh", clock.nowMs()));
      await keeper.carryOut();
      expect(existsSync(join(evidence, id))).toBe(false);
      expect(existsSync(join(evidence, `${id}.aside-1`))).toBe(false);
      const after = await cases.get(id);
      expect(after?.evidence).toMatchObject({ state: "deleted", reason: expect.stringContaining("binh") });
      expect(after?.plate).toBeNull();
      expect(after?.case.state).toBe("rejected");
      expect((await cases.log(id)).slice(-2).map(({ kind }) => kind)).toEqual([
        "deletion_confirmed",
        "evidence_deleted",
      ]);
      expect((await ledger.recent(1))[0]?.kind).toBe("case.evidence_deleted");
      const [row] = await sql.query<{ plate: string | null }>("select plate from violation_case where id = $1", [id]);
      expect(row?.plate).toBeNull();
      expect(await stores.deletions.list("confirmed", 10)).toEqual([]);
    });

    it("goes on with a deletion that the end of the service cut short", async () => {
      const id = await judged(true);
      clock.advance(31 * DAY_MS);
      await keeper.round();
      need(await stores.deletions.confirm(await deletionOf(id), "binh", clock.nowMs()));
      rmSync(join(evidence, id), { recursive: true });
      await keeper.round();
      expect((await cases.get(id))?.evidence.state).toBe("deleted");
    });

    it("keeps what is held, stops what was proposed, and proposes it again after the release", async () => {
      const id = await judged(true);
      need(await stores.holds.hold(id, "chi", "the court asked for it", clock.nowMs()));
      clock.advance(31 * DAY_MS);
      await keeper.round();
      expect(await proposed()).not.toContain(id);
      need(await stores.holds.release(id, "chi", "the court is done", clock.nowMs()));
      clock.advance(DAY_MS);
      await keeper.round();
      const deletion = await deletionOf(id);
      need(await stores.holds.hold(id, "chi", "an appeal", clock.nowMs()));
      expect(await proposed()).not.toContain(id);
      const refused = await stores.deletions.confirm(deletion, "binh", clock.nowMs());
      expect(refused.ok ? "" : refused.problems[0]?.code).toBe("DELETION_UNKNOWN");
      expect(existsSync(join(evidence, id))).toBe(true);
      expect((await cases.log(id)).map(({ kind }) => kind).slice(3)).toEqual([
        "held",
        "released",
        "deletion_proposed",
        "held",
      ]);
    });

    it("refuses to hold what is not there, twice, or after it was given up; and to release what is not held", async () => {
      const id = await judged(true);
      const code = (result: { ok: boolean; problems?: readonly { code: string }[] }) => result.problems?.[0]?.code;
      const now_ms = clock.nowMs();
      expect(code(await stores.holds.hold("nobody", "chi", "x", now_ms))).toBe("CASE_UNKNOWN");
      expect(code(await stores.holds.release(id, "chi", "x", now_ms))).toBe("CASE_NOT_HELD");
      need(await stores.holds.hold(id, "chi", "x", now_ms));
      expect(code(await stores.holds.hold(id, "chi", "x", now_ms))).toBe("CASE_HELD");
      need(await stores.holds.release(id, "chi", "x", now_ms));
      clock.advance(31 * DAY_MS);
      await keeper.round();
      const deletion = await deletionOf(id);
      need(await stores.deletions.confirm(deletion, "binh", clock.nowMs()));
      expect(code(await stores.holds.hold(id, "chi", "too late", clock.nowMs()))).toBe("DELETION_UNDERWAY");
      expect(code(await stores.deletions.confirm(deletion, "binh", clock.nowMs()))).toBe("DELETION_UNDERWAY");
    });

    it("deletes nothing of a case that was opened again after its deletion was proposed", async () => {
      const id = await judged(false);
      const at_ms = clock.nowMs();
      const [screened, rejects] = [
        { kind: "screened", by: SERVICE, at_ms, protected_as: null },
        { kind: "reviewed", by: "lan", at_ms, verdict: "reject", reason: "an ambulance" },
      ] as const;
      need(await cases.step(id, screened, 1));
      need(await cases.step(id, rejects, 2));
      clock.advance(31 * DAY_MS);
      await keeper.round();
      const deletion = await deletionOf(id);
      need(await cases.step(id, { kind: "review_undone", by: "lan", at_ms: clock.nowMs() }, 3));
      expect(await proposed()).not.toContain(id);
      expect((await stores.deletions.confirm(deletion, "binh", clock.nowMs())).ok).toBe(false);
    });

    it("tells what takes room, and warns when it will soon be full", async () => {
      const MB = 1_000_000;
      mkdirSync(join(dataDir, "recordings", "camera-1"), { recursive: true });
      writeFileSync(join(dataDir, "recordings", "camera-1", "segment"), Buffer.alloc(3 * MB));
      const today = localDay(clock.nowMs(), zone);
      for (const [before, bytes] of [
        [2, MB],
        [1, 2 * MB],
      ] as const) {
        await stores.samples.add(localDay(clock.nowMs() - before * DAY_MS, zone), [{ kind: "raw_video", bytes }]);
      }
      const roomy = housekeeper(100 * MB);
      await roomy.round();
      expect(roomy.problems()).toEqual([]);
      const { kinds, days_left } = await roomy.room();
      expect(kinds.map(({ kind }) => kind)).toEqual(["database", "evidence", "raw_video"]);
      expect(kinds.find(({ kind }) => kind === "raw_video")).toMatchObject({
        bytes: 3 * MB,
        growth_bytes_per_day: MB,
      });
      expect(Math.floor(days_left ?? 0)).toBe(96);
      const tight = housekeeper(8.2 * MB);
      await tight.round();
      expect(tight.problems()).toEqual([
        expect.objectContaining({
          code: "DISK_FULL_SOON",
          words: expect.objectContaining({ days: 5, kind: "raw_video" }),
        }),
      ]);
      expect((await stores.samples.since(today)).filter(({ kind }) => kind === "raw_video")).toHaveLength(1);
    });

    it("names a ledger that was altered, and a closed day that is not what was signed", async () => {
      const { roots } = stores;
      const sign = () => [{ algorithm: "ed25519" as const, key_id: "0".repeat(16), signature: "AAAA" }];
      const day = (await roots.firstOpenDay(zone)) ?? "";
      await roots.close({ site: "da-nang", timezone: zone, day, now_ms: clock.nowMs(), sign });
      clock.advance(DAY_MS);
      await keeper.round();
      expect(keeper.problems()).toEqual([]);
      await sql.query("update case_entry set hash = $1 where case_id = 'case-1' and seq = 2", ["f".repeat(64)]);
      await sql.query("update ledger_entry set kind = 'other' where seq = 2");
      clock.advance(DAY_MS);
      await keeper.round();
      expect(keeper.problems()).toEqual([
        problem("CHAIN_BROKEN", { chain: "ledger", entry: 2, fault: "wrong_hash" }),
        problem("ROOT_DISAGREES", { day }),
      ]);
    });
  });
});
