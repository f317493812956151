/** Keeping over HTTP: with real stores, asked by the people who may and by those who may not. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { InProcessBus } from "../../../api/bus/in-process-bus.ts";
import { readPublicKeys } from "../../../api/evidence/keys.ts";
import { verifyPackage } from "../../../api/evidence/verify-package.ts";
import { createKeeping, type Keeping } from "../../../api/service/keeping.ts";
import type { Storage } from "../../../api/storage/open-storage.ts";
import { openStorage } from "../../../api/storage/open-storage.ts";
import { sha256 } from "../../../api/storage/sha256.ts";
import { SERVICE } from "../../../core/cases/states.ts";
import { problem } from "../../../core/problems/problem.ts";
import { drawCase, packageCase } from "../../support/case-package.ts";
import { need, ScriptedClock } from "../../support/data-folder.ts";
import { act_ms, detection } from "../../support/detections.ts";
import { type FrontDoor, openFrontDoor, sampleSite } from "../../support/front-door.ts";
import { missing } from "../../support/peers.ts";
import { memoryVault } from "../../support/plate-vault.ts";

const host = "127.0.0.1:8080";
const DAY_MS = 86_400_000;

interface KeepingDocument {
  readonly classes: readonly { readonly class: string; readonly keep_h: number | null }[];
  readonly room: { readonly free_bytes: number };
  readonly proposed: readonly { readonly id: number; readonly case_id: string; readonly class: string }[];
  readonly holds: readonly { readonly case_id: string; readonly by: string; readonly reason: string }[];
}

describe("keeping over HTTP", () => {
  const dataDir = mkdtempSync(join(tmpdir(), "greenwave-keeping-http-"));
  const clock = new ScriptedClock(act_ms + 60_000);
  let storage: Storage;
  let keeping: Keeping;
  let door: FrontDoor;
  let [officer, protector, auditor] = ["", "", ""];

  const ask = (method: "GET" | "POST" | "DELETE", url: string, cookie: string, payload?: object) =>
    door.server.inject({ method, url, headers: { host, cookie }, ...(payload === undefined ? {} : { payload }) });
  const state = async () => (await ask("GET", "/api/keeping", protector)).json<KeepingDocument>();
  const audited = async () =>
    (await storage.audit.recent({ limit: 3 })).map(({ by, action, subject, purpose }) => [
      by,
      action,
      subject,
      purpose,
    ]);

  const at = (...parts: string[]): string => join(dataDir, ...parts);

  /** A case with a package that is really sealed. */
  async function sealed(id: string): Promise<void> {
    const { cases } = storage;
    await packageCase({ cases, evidence: at("evidence"), keys: at("keys"), files: drawCase(at("drawn")) }, { id });
    const manifest_sha256 = sha256(readFileSync(at("evidence", id, "manifest.json"), "utf8"));
    const ready = { state: "ready", manifest_sha256, edition: 1, bytes: 1 } as const;
    await cases.setEvidence(id, ready, null, clock.nowMs());
  }

  beforeAll(async () => {
    storage = need(await openStorage({ dataDir, clock, vault: memoryVault() }));
    const bus = new InProcessBus({ log: { error: () => undefined } });
    const site = sampleSite();
    keeping = need(await createKeeping({ site, dataDir, storage, cases: storage.cases, bus, clock, env: {} }));
    for (const id of ["case-1", "case-2"]) {
      mkdirSync(join(dataDir, "evidence", id), { recursive: true });
      writeFileSync(join(dataDir, "evidence", id, "manifest.json"), "{}");
      const at_ms = clock.nowMs();
      await storage.cases.open(id, detection({ camera: id }), false, at_ms);
      const ready = { state: "ready", manifest_sha256: "c".repeat(64), edition: 1, bytes: 2 } as const;
      await storage.cases.setEvidence(id, ready, null, at_ms);
      const reason = problem("CASE_STAGED");
      need(await storage.cases.step(id, { kind: "screened_out", by: SERVICE, at_ms, reason }, 1));
    }
    if (!missing("ffmpeg")) await sealed("case-3");
    clock.advance(31 * DAY_MS);
    const { cases, audit } = storage;
    door = await openFrontDoor({ clock, site, stores: { cases, audit, keeping, packages: keeping.packages } });
    officer = await door.sessionOf("an", "officer");
    protector = await door.sessionOf("gia", "data_protection_officer");
    auditor = await door.sessionOf("hai", "auditor");
    await keeping.keeper.round();
    await keeping.closer.closeDue();
  });
  afterAll(async () => {
    await door.server.close();
    await storage.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it("tells what is kept for how long, the room, and what is proposed, to those who watch over it", async () => {
    const { classes, room, proposed, holds } = await state();
    expect(classes.map((each) => [each.class, each.keep_h])).toEqual([
      ["raw_video", 720],
      ["plate_passages", 72],
      ["rejected_cases", 720],
      ["case_files", null],
      ["audit", null],
    ]);
    expect(room.free_bytes).toBeGreaterThan(0);
    expect(proposed.map(({ case_id }) => case_id).sort()).toEqual(["case-1", "case-2"]);
    expect(holds).toEqual([]);
    expect((await ask("GET", "/api/keeping", auditor)).statusCode).toBe(200);
    expect((await ask("GET", "/api/keeping", officer)).statusCode).toBe(403);
  });

  it("holds a case for a reason that is written down, and not without one", async () => {
    expect((await ask("POST", "/api/cases/case-1/hold", protector, { reason: "" })).statusCode).toBe(400);
    expect((await ask("POST", "/api/cases/case-1/hold", officer, { reason: "x" })).statusCode).toBe(403);
    expect((await ask("POST", "/api/cases/nobody/hold", protector, { reason: "x" })).statusCode).toBe(404);
    const held = await ask("POST", "/api/cases/case-1/hold", protector, { reason: "tòa án yêu cầu" });
    expect([held.statusCode, held.json<object>()]).toEqual([
      200,
      { case_id: "case-1", by: "gia", reason: "tòa án yêu cầu", since_ms: clock.nowMs() },
    ]);
    expect((await audited())[0]).toEqual(["gia", "case.held", "case-1", "tòa án yêu cầu"]);
    const { proposed, holds } = await state();
    expect(proposed.map(({ case_id }) => case_id)).toEqual(["case-2"]);
    expect(holds.map(({ case_id, reason }) => [case_id, reason])).toEqual([["case-1", "tòa án yêu cầu"]]);
  });

  it("deletes what the data-protection officer confirms, and nobody else", async () => {
    const [{ id } = { id: 0 }] = (await state()).proposed;
    expect((await ask("POST", `/api/keeping/deletions/${id}/confirm`, officer)).statusCode).toBe(403);
    expect((await ask("POST", `/api/keeping/deletions/${id}/confirm`, auditor)).statusCode).toBe(403);
    const confirmed = await ask("POST", `/api/keeping/deletions/${id}/confirm`, protector);
    expect([confirmed.statusCode, confirmed.json<{ state: string }>().state]).toEqual([200, "done"]);
    expect((await storage.cases.get("case-2"))?.evidence.state).toBe("deleted");
    expect((await audited())[0]).toEqual(["gia", "evidence.given_up", "case-2", null]);
    expect((await ask("POST", `/api/keeping/deletions/${id}/confirm`, protector)).statusCode).toBe(409);
    expect((await ask("POST", "/api/keeping/deletions/999/confirm", protector)).statusCode).toBe(404);
    expect((await ask("POST", "/api/keeping/deletions/all/confirm", protector)).statusCode).toBe(404);
  });

  it("releases what was held", async () => {
    expect((await ask("DELETE", "/api/cases/case-1/hold", protector, {})).statusCode).toBe(400);
    expect((await ask("DELETE", "/api/cases/case-1/hold", protector, { reason: "over" })).statusCode).toBe(204);
    expect((await ask("DELETE", "/api/cases/case-1/hold", protector, { reason: "over" })).statusCode).toBe(409);
    expect((await audited()).map(([, action]) => action)).toContain("case.released");
  });

  it("hands out the signed roots of closed days, page by page", async () => {
    type Page = {
      readonly days: readonly { readonly digest: string; readonly root: { readonly day: string } }[];
      readonly next: string;
    };
    const first = (await ask("GET", "/api/roots?limit=2", auditor)).json<Page>();
    const today = new Date(clock.nowMs() + 7 * 3_600_000 - DAY_MS).toISOString().slice(0, 10);
    expect(first.days[0]?.root.day).toBe(today);
    const second = (await ask("GET", `/api/roots?limit=2&before=${first.next}`, auditor)).json<Page>();
    const days = [...first.days, ...second.days].map(({ root }) => root.day);
    expect(days).toEqual(days.toSorted().reverse());
    expect(new Set(days).size).toBe(4);
    expect((await ask("GET", "/api/roots", officer)).statusCode).toBe(403);
    expect((await ask("GET", "/api/roots?before=yesterday", auditor)).statusCode).toBe(400);
  });

  it.skipIf(missing("ffmpeg"))(
    "exports a package with its proof, and both stand up to the published roots",
    async () => {
      const reason = { reason: "the prosecutor asked for it", redacted: false };
      const answer = await ask("POST", "/api/cases/case-3/export", officer, reason);
      expect(answer.statusCode).toBe(200);
      mkdirSync(at("exported"));
      writeFileSync(at("case-3.tar"), answer.rawPayload);
      execFileSync("tar", ["-xmf", at("case-3.tar"), "-C", at("exported")]);
      expect(readdirSync(at("exported")).sort()).toEqual(["case-3", "case-3.proof.json"]);
      const keys = need(await readPublicKeys(at("keys")));
      const judged = async () => need(await verifyPackage(at("exported", "case-3"), keys, at("roots"))).findings;
      expect(await judged()).toEqual([]);
      const proof = readFileSync(at("exported", "case-3.proof.json"), "utf8");
      writeFileSync(at("exported", "case-3.proof.json"), proof.replace(/"hash":"../g, '"hash":"ff'));
      expect((await judged()).map(({ code }) => code)).toEqual(["PROOF_WRONG"]);
    },
  );
});
