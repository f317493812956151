/** Days under signed roots: closing them, and finding with them what a package cannot say of itself. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { InProcessBus } from "../../../api/bus/in-process-bus.ts";
import { SqlCaseStore } from "../../../api/cases/case-store.ts";
import { SqlAudit } from "../../../api/cases/sql-audit.ts";
import { readPublicKeys } from "../../../api/evidence/keys.ts";
import { proofFile } from "../../../api/evidence/package-files.ts";
import { verifyPackage } from "../../../api/evidence/verify-package.ts";
import { createDayCloser } from "../../../api/keeping/day-closer.ts";
import { DayRoots } from "../../../api/keeping/day-roots.ts";
import { sha256 } from "../../../api/storage/sha256.ts";
import { SqlLedger } from "../../../api/storage/sql-ledger.ts";
import { canonicalJson } from "../../../core/evidence/canonical-json.ts";
import { rootOfLeaves, type SignedDayRoot, signedDayRootSchema } from "../../../core/evidence/day-root.ts";
import { chainEntry } from "../../../core/evidence/ledger-chain.ts";
import { need, ScriptedClock } from "../../support/data-folder.ts";
import { type DatabaseSql, enginesUnderTest, openDatabaseOf } from "../../support/databases.ts";
import { detection } from "../../support/detections.ts";
import { missing } from "../../support/peers.ts";
import { memoryVault } from "../../support/plate-vault.ts";
import { type AppendingLog, caseId, record, sealCase, seen_ms } from "../evidence/sealed-case.ts";

const DAY_MS = 86_400_000;
const zone = "Asia/Ho_Chi_Minh";
/** The case is seen on this day, at two in the afternoon. */
const firstDay = "2026-11-22";

describe.each(enginesUnderTest)("days under signed roots, with %s", (engine, skipped) => {
  const root = mkdtempSync(join(tmpdir(), "greenwave-roots-"));
  const at = (...parts: string[]): string => join(root, ...parts);
  const clock = new ScriptedClock(seen_ms);
  let database: Awaited<ReturnType<typeof openDatabaseOf>>;
  let sql: DatabaseSql;
  let ledger: SqlLedger;
  let cases: SqlCaseStore;
  let roots: DayRoots;
  let files: ReturnType<typeof record>;

  const closer = () =>
    createDayCloser({
      roots,
      bus: new InProcessBus({ log: { error: () => undefined } }),
      clock,
      site: "da-nang",
      timezone: zone,
      keysFolder: at("keys"),
      folders: [at("roots"), at("published")],
    });

  const rootOf = (day: string, folder = "roots"): SignedDayRoot =>
    signedDayRootSchema.parse(JSON.parse(readFileSync(at(folder, `${day}.json`), "utf8")));

  const open = (id: string): Promise<unknown> => cases.open(id, detection({ camera: id }), false, clock.nowMs());

  /** The case's log is in the store, as it is in the service. */
  const storedLog = (id: string): AppendingLog => ({
    append: async (kind, body, at_ms) => {
      if (kind === "detected") await cases.open(id, detection(), false, at_ms);
      else await cases.record(id, kind, body, at_ms);
      return cases.log(id);
    },
  });

  const codes = async (folder: string, rootsFolder = at("roots")): Promise<readonly string[]> => {
    const keys = need(await readPublicKeys(at("keys")));
    const { findings } = need(await verifyPackage(folder, keys, rootsFolder));
    for (const finding of findings) expect(Object.values(finding.words)).not.toContain(undefined);
    return findings.map(({ code }) => code);
  };

  describe.skipIf(skipped || missing("ffmpeg"))("closed", () => {
    beforeAll(async () => {
      database = await openDatabaseOf(engine);
      sql = database.sql;
      ledger = new SqlLedger(sql);
      cases = new SqlCaseStore({ sql, ledger, vault: memoryVault() });
      roots = new DayRoots(sql, ledger);
      mkdirSync(at("keys"));
      files = record(at("recorded"));
      await ledger.append("plan", { intersection: "ham-nghi" }, seen_ms);
      await sealCase(at("edition-1"), at("keys"), files, storedLog(caseId), 1);
      const audit = new SqlAudit(sql);
      await audit.record({
        by: "lan",
        role: "reviewer",
        at_ms: seen_ms + 6000,
        from: "::1",
        action: "view",
        subject: caseId,
        purpose: null,
      });
      await open("other-1");
      clock.advance(12 * 3_600_000);
      await open("other-2");
      await closer().closeDue();
      await sealCase(
        at("edition-2"),
        at("keys"),
        files,
        { append: (kind, body) => storedLog(caseId).append(kind, body, clock.nowMs()) },
        2,
      );
      clock.advance(3 * DAY_MS);
      await closer().closeDue();
    });
    afterAll(async () => {
      await database.close();
      rmSync(root, { recursive: true, force: true });
    });

    it("are all closed, those of nobody being there too, each signed and following from the one before", async () => {
      const days = (await readdir(at("roots"))).sort();
      expect(days).toEqual(["2026-11-22.json", "2026-11-23.json", "2026-11-24.json", "2026-11-25.json"]);
      expect(rootOf("2026-11-23").root.previous).toBe(sha256(canonicalJson(rootOf(firstDay).root)));
      expect(rootOf("2026-11-25").root).toMatchObject({ entries: 0, chains: [], cases: [], faults: [] });
      expect((await readdir(at("published"))).sort()).toEqual(days);
    });

    it("stand for ledger, audit and the logs of cases of that day, in the site's own time", async () => {
      const { root: first } = rootOf(firstDay);
      // The plan, and of two cases: the detections and the one seal.
      expect(first.chains.map(({ chain, to_seq }) => [chain, to_seq])).toEqual([
        ["ledger", 4],
        ["audit", 1],
      ]);
      expect(first.cases.map(({ to_seq }) => to_seq).sort()).toEqual([1, 2]);
      expect(first.cases.map(({ sealed }) => sealed?.edition ?? null)).toContain(1);
      const { root: second } = rootOf("2026-11-23");
      // Half past two at night: the third case, the closing of the first day, and the second seal.
      expect(second.chains.map(({ from_seq, to_seq }) => [from_seq, to_seq])).toEqual([[5, 7]]);
      expect(second.cases.map(({ sealed }) => sealed?.edition ?? null).sort()).toEqual([2, null]);
    });

    it("can be reckoned again from the tables", async () => {
      for (const day of [firstDay, "2026-11-23", "2026-11-24"]) {
        const { root: closed } = rootOf(day);
        expect(rootOfLeaves(await roots.leavesOf(closed), sha256)).toBe(closed.merkle_root);
      }
    });

    it("know the newest package, with the proof that comes with it and without", async () => {
      expect(await codes(at("edition-2"))).toEqual([]);
      const seal = (await cases.log(caseId)).at(-1);
      const proof = await roots.proof(caseId, seal?.seq ?? 0);
      expect(proof?.day).toBe("2026-11-23");
      writeFileSync(proofFile(at("edition-2")), JSON.stringify(proof));
      expect(await codes(at("edition-2"))).toEqual([]);
      rmSync(proofFile(at("edition-2")));
    });

    it("name a package that was put back whole, log and all", async () => {
      expect(await codes(at("edition-1"), at("no-roots")).catch((error: Error) => error.message)).toContain(
        "no daily root",
      );
      const keys = need(await readPublicKeys(at("keys")));
      expect(need(await verifyPackage(at("edition-1"), keys)).findings).toEqual([]);
      expect(await codes(at("edition-1"))).toEqual(["PACKAGE_REPLAYED"]);
    });

    it("are content with a package that was the newest when they were closed", async () => {
      mkdirSync(at("first-only"));
      cpSync(at("roots", `${firstDay}.json`), at("first-only", `${firstDay}.json`));
      expect(await codes(at("edition-1"), at("first-only"))).toEqual([]);
      expect(await codes(at("edition-2"), at("first-only"))).toEqual(["PACKAGE_NOT_ANCHORED"]);
    });

    it("name a case that was sealed beside the books, with the key and all", async () => {
      await sealCase(at("beside"), at("keys"), files);
      expect(await codes(at("beside"))).toEqual(["PACKAGE_NOT_ANCHORED"]);
    });

    it("name another package of the same edition, sealed over the true log's beginning", async () => {
      const truth = (await cases.log(caseId)).slice(0, 1);
      const forged: AppendingLog = {
        append: async (kind, body, at_ms) => {
          if (kind === "detected") return truth;
          const last = truth[0] as (typeof truth)[number];
          return [...truth, chainEntry(last, kind, { ...(body as object), more: true }, at_ms, sha256)];
        },
      };
      await sealCase(at("forged"), at("keys"), files, forged, 1);
      expect(await codes(at("forged"))).toContain("PACKAGE_LOG_REWRITTEN");
    });

    it("that were changed, left out or swapped are named", async () => {
      const spoiled = (name: string): string => {
        cpSync(at("roots"), at(name), { recursive: true });
        return at(name);
      };
      const without = spoiled("without");
      rmSync(join(without, "2026-11-24.json"));
      expect(await codes(at("edition-2"), without)).toEqual(["ROOTS_BROKEN"]);
      const changed = spoiled("changed");
      const file = join(changed, "2026-11-23.json");
      writeFileSync(file, readFileSync(file, "utf8").replace('"edition":2', '"edition":1'));
      expect(await codes(at("edition-1"), changed)).toEqual(
        expect.arrayContaining(["SIGNATURE_WRONG", "ROOTS_BROKEN"]),
      );
    });

    it("do not accept the proof of something else", async () => {
      const [first] = await cases.log(caseId);
      const proof = await roots.proof(caseId, first?.seq ?? 0);
      writeFileSync(proofFile(at("edition-2")), JSON.stringify(proof));
      expect(await codes(at("edition-2"))).toEqual(["PROOF_WRONG"]);
      rmSync(proofFile(at("edition-2")));
    });

    it("name what was altered in the tables before they were closed", async () => {
      await sql.query("update ledger_entry set body = '{}' where seq = $1", [(await ledger.recent(1))[0]?.seq]);
      await ledger.append("plan", {}, clock.nowMs());
      clock.advance(DAY_MS);
      await closer().closeDue();
      expect(rootOf("2026-11-26").root.faults).toEqual([
        expect.objectContaining({ chain: "ledger", fault: "wrong_hash" }),
      ]);
    });
  });
});
