/** Cases as they are remembered: the same promises on PGlite and on a PostgreSQL server. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SqlCaseStore } from "../../../api/cases/case-store.ts";
import { sha256 } from "../../../api/storage/sha256.ts";
import { SqlLedger } from "../../../api/storage/sql-ledger.ts";
import { verifyChain } from "../../../core/evidence/ledger-chain.ts";
import type { CaseEvidence, CasePlate } from "../../../core/ports/cases.ts";
import type { LedgerEntry } from "../../../core/ports/storage.ts";
import { problem } from "../../../core/problems/problem.ts";
import { need } from "../../support/data-folder.ts";
import { type DatabaseSql, enginesUnderTest, openDatabaseOf } from "../../support/databases.ts";
import { act_ms, detection } from "../../support/detections.ts";
import { memoryVault } from "../../support/plate-vault.ts";

const opened_ms = act_ms + 300;
const by = "(service)";
const screened = { kind: "screened", by, protected_as: null } as const;

const plate: CasePlate = {
  text: "43A12345",
  confidence: 0.98,
  country: "vn",
  frames: 5,
  agreeing: 4,
  votes: [..."43A12345"].map((symbol) => ({ symbol, share: 0.9 })),
};

const ready: CaseEvidence = { state: "ready", manifest_sha256: "c".repeat(64), edition: 1, bytes: 4_000_000 };

describe.each(enginesUnderTest)("cases with %s", (engine, skipped) => {
  let database: Awaited<ReturnType<typeof openDatabaseOf>>;
  let sql: DatabaseSql;
  let ledger: SqlLedger;
  let cases: SqlCaseStore;
  const heard: LedgerEntry[] = [];

  describe.skipIf(skipped)("stored", () => {
    beforeAll(async () => {
      database = await openDatabaseOf(engine);
      sql = database.sql;
      ledger = new SqlLedger(sql);
      cases = new SqlCaseStore({ sql, ledger, vault: memoryVault(), heard: (entry) => heard.push(entry) });
    });
    afterAll(() => database.close());

    const open = (id: string, change: Parameters<typeof detection>[0] = {}, sampled = false) =>
      cases.open(id, detection({ camera: id, ...change }), sampled, opened_ms);

    it("begin detected, with the whole act, and come back as they were", async () => {
      const opened = await open("c-1");
      expect(opened).toEqual({
        id: "c-1",
        detection: detection({ camera: "c-1" }),
        case: {
          state: "detected",
          rule: "red_light",
          sampled: false,
          protectedAs: null,
          reviews: [],
          cancelAskedBy: null,
          steps: [{ kind: "detected", by, at_ms: opened_ms, rule: "red_light", sampled: false }],
        },
        evidence: { state: "pending", attempts: 0, trouble: null },
        plate: null,
      });
      expect(await cases.get("c-1")).toEqual(opened);
      expect(await cases.get("nobody")).toBeNull();
    });

    it("told twice, at the same time too, are one case", async () => {
      const act = detection({ camera: "c-2" });
      const told = await Promise.all(
        ["c-2", "c-2-again", "c-2-more"].map((id) => cases.open(id, act, false, opened_ms)),
      );
      const ids = new Set(told.map(({ id }) => id));
      expect(ids.size).toBe(1);
      expect((await cases.list({ camera: "c-2", limit: 9 })).map(({ id }) => id)).toEqual([...ids]);
    });

    it("of another track, connection or place are other cases", async () => {
      await open("c-3-a", { camera: "c-3" });
      await open("c-3-b", { camera: "c-3", track: 8 });
      await open("c-3-c", { camera: "c-3", session_ms: 1 });
      await open("c-3-d", { camera: "c-3", rule: { ...detection().rule, place: "westbound" } });
      expect(await cases.list({ camera: "c-3", limit: 9 })).toHaveLength(4);
    });

    it("go on step by step, and every step is in the log", async () => {
      await open("c-4");
      const went = need(await cases.step("c-4", { ...screened, at_ms: opened_ms + 1 }, 1));
      expect(went.case.state).toBe("screened");
      const review = {
        kind: "reviewed",
        by: "minh",
        at_ms: opened_ms + 2,
        verdict: "reject",
        reason: "police",
      } as const;
      const reviewed = need(await cases.step("c-4", review, 2));
      expect(reviewed.case).toMatchObject({ state: "rejected", reviews: [{ by: "minh", verdict: "reject" }] });
      expect(await cases.get("c-4")).toEqual(reviewed);
      expect((await cases.log("c-4")).map(({ kind }) => kind)).toEqual(["detected", "screened", "reviewed"]);
    });

    it("refuse a step of somebody who has not seen the newest one, and keep nothing of it", async () => {
      await open("c-5");
      const step = { ...screened, at_ms: opened_ms } as const;
      const both = await Promise.all([cases.step("c-5", step, 1), cases.step("c-5", step, 1)]);
      expect(both.filter(({ ok }) => ok)).toHaveLength(1);
      expect(both.find(({ ok }) => !ok)).toMatchObject({ problems: [{ code: "CASE_MOVED_ON" }] });
      expect(await cases.step("nobody", step, 1)).toMatchObject({ ok: false, problems: [{ code: "CASE_UNKNOWN" }] });
      const out = await cases.step("c-5", { ...step, kind: "noticed", reference: "1" }, 2);
      expect(out).toMatchObject({ ok: false, problems: [{ code: "CASE_STEP_OUT_OF_TURN" }] });
      expect(await cases.log("c-5")).toHaveLength(2);
    });

    it("keep the state of their evidence, and hide the plate from whoever reads the tables", async () => {
      await open("c-6");
      const trouble = problem("FILE_GONE", { name: "clip.mp4" });
      await cases.setEvidence("c-6", { state: "pending", attempts: 1, trouble }, null, opened_ms + 1);
      expect((await cases.get("c-6"))?.evidence).toEqual({ state: "pending", attempts: 1, trouble });
      await cases.setEvidence("c-6", ready, plate, opened_ms + 2);
      expect(await cases.get("c-6")).toMatchObject({ evidence: ready, plate });
      const rows = await sql.query("select c::text as text from violation_case c where id = 'c-6'");
      expect(JSON.stringify(rows)).not.toContain("43A12345");
      expect(JSON.stringify(await cases.log("c-6"))).not.toContain("43A12345");
      const gone: CaseEvidence = { state: "deleted", at_ms: opened_ms + 9, reason: "its time was over" };
      await cases.setEvidence("c-6", gone, null, opened_ms + 9);
      expect(await cases.get("c-6")).toMatchObject({ evidence: gone, plate: null, case: { state: "detected" } });
      expect((await cases.log("c-6")).map(({ kind }) => kind)).toEqual([
        "detected",
        "evidence_ready",
        "evidence_deleted",
      ]);
      await expect(cases.setEvidence("nobody", ready, null, 1)).rejects.toThrow("there is no case nobody");
    });

    it("whose evidence is asked for again wait for it as if it had never been tried", async () => {
      await open("c-again");
      const trouble = problem("EVIDENCE_UNFIT", { case: "c-again", reason: "nothing" });
      await cases.setEvidence("c-again", { state: "failed", trouble }, null, opened_ms);
      const reason = problem("CASE_WITHOUT_EVIDENCE", { reason: "nothing" });
      need(await cases.step("c-again", { kind: "screened_out", by, at_ms: opened_ms, reason }, 1));
      const asked = { kind: "evidence_asked", by: "an", at_ms: opened_ms + 5, reason: "the disk was mended" } as const;
      const told = need(await cases.step("c-again", asked, 2));
      expect(told).toMatchObject({ case: { state: "detected" }, evidence: { state: "pending", attempts: 0 } });
      expect(await cases.get("c-again")).toEqual(told);
      const kinds = (await cases.log("c-again")).map(({ kind }) => kind);
      expect(kinds).toEqual(["detected", "evidence_failed", "screened_out", "evidence_asked", "evidence_pending"]);
      await cases.setEvidence("c-again", ready, plate, opened_ms + 9);
      expect(await cases.get("c-again")).toMatchObject({ evidence: ready, case: { state: "detected" } });
    });

    it("have a log of their own that is a chain, in which nobody writes a step without taking it", async () => {
      await open("c-7");
      const body = { case_id: "c-7", edition: 1, manifest_sha256: "d".repeat(64) };
      const entry = await cases.record("c-7", "sealed", body, opened_ms + 5);
      const log = await cases.log("c-7");
      expect(log.at(-1)).toEqual(entry);
      expect(verifyChain(log, sha256)).toMatchObject({ entries: 2, broken_at: null });
      await expect(cases.record("c-7", "decided", {}, opened_ms)).rejects.toThrow("steps are taken");
      await expect(cases.record("nobody", "seen", {}, 1)).rejects.toThrow("there is no case nobody");
      expect(await cases.log("nobody")).toEqual([]);
    });

    it("are held by the service's own ledger: detection, seal and decision, and nothing that names a vehicle", async () => {
      await open("c-8");
      await cases.record("c-8", "sealed", { case_id: "c-8", edition: 1, manifest_sha256: "e".repeat(64) }, opened_ms);
      await cases.record("c-8", "exported", { case_id: "c-8" }, opened_ms);
      const log = await cases.log("c-8");
      const held = (await ledger.recent(50)).filter(({ body }) => (body as { case_id: string }).case_id === "c-8");
      expect(held.map(({ kind, body }) => [kind, body])).toEqual([
        ["case.sealed", { case_id: "c-8", entry: 2, entry_hash: log[1]?.hash }],
        ["case.detected", { case_id: "c-8", entry: 1, entry_hash: log[0]?.hash }],
      ]);
      expect(heard.filter((entry) => held.some(({ hash }) => hash === entry.hash))).toEqual(held.toReversed());
      expect(await ledger.verify()).toMatchObject({ broken_at: null });
    });

    it("are listed newest act first, by state, evidence, rule, camera and time, page by page", async () => {
      const rule = { ...detection().rule, id: "stopping" } as const;
      for (const n of [1, 2, 3, 4, 5]) {
        await open(`c-9-${n}`, { camera: "c-9", rule, track: n, at_ms: act_ms + Math.floor(n / 2) * 1000 });
      }
      need(await cases.step("c-9-4", { ...screened, at_ms: opened_ms }, 1));
      await cases.setEvidence("c-9-4", ready, null, opened_ms);
      const ids = async (query: Partial<Parameters<typeof cases.list>[0]>) =>
        (await cases.list({ camera: "c-9", limit: 9, ...query })).map(({ id }) => id);
      expect(await ids({})).toEqual(["c-9-5", "c-9-4", "c-9-3", "c-9-2", "c-9-1"]);
      expect(await ids({ limit: 2 })).toEqual(["c-9-5", "c-9-4"]);
      expect(await ids({ limit: 2, before: "c-9-4" })).toEqual(["c-9-3", "c-9-2"]);
      expect(await ids({ states: ["screened", "closed"] })).toEqual(["c-9-4"]);
      expect(await ids({ evidence: "ready" })).toEqual(["c-9-4"]);
      expect(await ids({ evidence: "failed" })).toEqual([]);
      expect(await ids({ rule: "stopping", since_ms: act_ms + 1000, until_ms: act_ms + 2000 })).toEqual([
        "c-9-3",
        "c-9-2",
      ]);
      expect(await ids({ rule: "red_light" })).toEqual([]);
    });

    it.each([
      ["an entry changed", "update case_entry set body = replace(body, '(service)', 'somebody') where seq = 1", 1],
      ["an entry deleted", "delete from case_entry where seq = 2", 2],
      ["the newest entry cut off", "delete from case_entry where seq = 3", 3],
      ["the act changed", `update violation_case set detection = replace(detection, '"car"', '"bus"')`, 1],
      ["the evidence changed", "update violation_case set evidence = replace(evidence, 'cc', 'dd')", 3],
      ["another case's plate put in", "update violation_case set plate = 'c29tZXRoaW5n'", 3],
    ])("with %s are named, and left out of lists", async (what, text, entry) => {
      const id = `t-${sha256(what).slice(0, 8)}`;
      await open(id);
      need(await cases.step(id, { ...screened, at_ms: opened_ms }, 1));
      await cases.setEvidence(id, ready, plate, opened_ms + 2);
      const column = text.includes("case_entry") ? "case_id" : "id";
      await sql.script(
        text.includes(" where ") ? `${text} and ${column} = '${id}'` : `${text} where ${column} = '${id}'`,
      );
      const broken = { code: "CASE_LOG_BROKEN", words: { case: id, entry } };
      await expect(cases.get(id)).rejects.toMatchObject({ problems: [broken] });
      expect(await cases.list({ camera: id, limit: 9 })).toEqual([]);
      expect(cases.troubles).toContainEqual(expect.objectContaining({ words: expect.objectContaining(broken.words) }));
      expect(await cases.step(id, { ...screened, at_ms: opened_ms }, 1)).toMatchObject({ ok: false });
    });
  });
});
