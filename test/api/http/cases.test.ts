/** Cases over HTTP, each with a really sealed package: who is shown what, when, and what is left behind in the audit. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readPublicKeys } from "../../../api/evidence/keys.ts";
import type { FileToSeal } from "../../../api/evidence/seal-package.ts";
import { verifyPackage } from "../../../api/evidence/verify-package.ts";
import type { CaseDocument } from "../../../api/http/cases/document.ts";
import { may, roleNames } from "../../../core/accounts/roles.ts";
import { problem, sentence } from "../../../core/problems/problem.ts";
import { drawCase, type PackagedCase, packageCase, plate, ready_ms } from "../../support/case-package.ts";
import { need, ScriptedClock } from "../../support/data-folder.ts";
import { act_ms, detection } from "../../support/detections.ts";
import { type FrontDoor, openFrontDoor } from "../../support/front-door.ts";
import { missing } from "../../support/peers.ts";

const host = "127.0.0.1:8080";

describe.skipIf(missing("ffmpeg"))("cases over HTTP", () => {
  const root = mkdtempSync(join(tmpdir(), "greenwave-cases-"));
  let files: readonly FileToSeal[];
  let made = 0;
  let folder: string;
  let clock: ScriptedClock;
  let door: FrontDoor;
  let [an, binh, chi, dung, gia]: [string, string, string, string, string] = ["", "", "", "", ""];

  beforeAll(() => {
    files = drawCase(join(root, "drawn"));
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  beforeEach(async () => {
    made += 1;
    folder = join(root, `run-${made}`);
    clock = new ScriptedClock(ready_ms + 60_000);
    door = await openFrontDoor({ clock, evidence: join(folder, "evidence") });
    an = await door.sessionOf("an", "reviewer");
    binh = await door.sessionOf("binh", "reviewer");
    chi = await door.sessionOf("chi", "officer");
    dung = await door.sessionOf("dung", "officer");
    gia = await door.sessionOf("gia", "data_protection_officer");
    return () => door.server.close();
  });

  const stage = (one: PackagedCase) =>
    packageCase({ cases: door.cases, evidence: join(folder, "evidence"), keys: join(folder, "keys"), files }, one);
  const get = (url: string, cookie: string, headers: Readonly<Record<string, string>> = {}) =>
    door.server.inject({ url, headers: { host, cookie, ...headers } });
  const post = (url: string, cookie: string, payload: object) =>
    door.server.inject({ method: "POST", url, headers: { host, cookie }, payload });
  const told = async (id: string, cookie: string) => (await get(`/api/cases/${id}`, cookie)).json<CaseDocument>();
  const code = (answer: { statusCode: number; json: <T>() => T }): readonly [number, string] => [
    answer.statusCode,
    answer.json<{ code: string }>().code,
  ];
  const written = async () =>
    (await door.audit.recent({ limit: 500 })).map(({ by, action, subject }) => [by, action, subject]);

  it("stand in a queue, newest act first, that says whom each waits for", async () => {
    await stage({ id: "c-1" });
    await stage({ id: "c-2", change: { at_ms: act_ms + 1000 } });
    await door.cases.open("c-3", (await door.cases.get("c-1"))?.detection as never, false, 1);
    const list = (await get("/api/cases?limit=1", an)).json<{ cases: object[]; next: string }>();
    expect(list).toMatchObject({
      cases: [{ id: "c-2", state: "screened", mine: true, evidence: { state: "ready" } }],
      next: "c-2",
    });
    const rest = (await get("/api/cases?limit=5&before=c-2", an)).json<{ cases: object[]; next: null }>();
    expect(rest).toMatchObject({ cases: [{ id: "c-1" }], next: null });
    expect(JSON.stringify(list)).not.toContain("43A12345");
    await post("/api/cases/c-2/review", an, { verdict: "accept", reason: "", steps_seen: 2 });
    const mine = async (cookie: string) =>
      (await get("/api/cases?state=decision", cookie))
        .json<{ cases: { mine: boolean }[] }>()
        .cases.map((one) => one.mine);
    expect([await mine(an), await mine(chi)]).toEqual([[false], [true]]);
    expect(code(await get("/api/cases?state=lost", an))).toEqual([400, "BAD_QUERY"]);
  });

  it("go from the first review to the end, each step by somebody who may", async () => {
    await stage({ id: "c-1" });
    const take = (cookie: string, path: string, body: object, steps_seen: number) =>
      post(`/api/cases/c-1/${path}`, cookie, { ...body, steps_seen });
    expect((await told("c-1", an)).actions).toEqual(["review"]);
    expect((await take(an, "review", { verdict: "accept", reason: "" }, 2)).json()).toMatchObject({
      state: "decision",
    });
    expect(code(await take(an, "decision", { confirmed: true, reason: "" }, 3))).toEqual([403, "NOT_PERMITTED"]);
    expect((await told("c-1", chi)).actions).toEqual(["decide", "unblur", "export"]);
    expect((await take(chi, "decision", { confirmed: true, reason: "" }, 3)).json()).toMatchObject({
      state: "decided",
    });
    expect((await take(chi, "notice", { reference: "TB-17" }, 4)).json()).toMatchObject({ state: "noticed" });
    expect((await take(chi, "cancel", { reason: "số nhà sai" }, 5)).json()).toMatchObject({ state: "cancelling" });
    const answer = { agreed: true, reason: "" };
    expect(code(await take(chi, "cancel-answer", answer, 6))).toEqual([403, "CASE_SAME_PERSON"]);
    const end = (await take(dung, "cancel-answer", answer, 6)).json<CaseDocument>();
    expect(end.state).toBe("closed");
    expect(end.steps.map(({ kind, by }) => [kind, by])).toEqual([
      ["detected", "(service)"],
      ["screened", "(service)"],
      ["reviewed", "an"],
      ["decided", "chi"],
      ["noticed", "chi"],
      ["cancel_asked", "chi"],
      ["cancel_answered", "dung"],
    ]);
    const did = (await written()).filter(([, action]) => !String(action).includes("seen"));
    expect(did.map(([by, action]) => [by, action]).reverse()).toEqual([
      ["an", "case.reviewed"],
      ["an", "refused"],
      ["chi", "case.decided"],
      ["chi", "case.noticed"],
      ["chi", "case.cancel_asked"],
      ["dung", "case.cancel_answered"],
    ]);
  });

  it("refuse a step of whoever has not seen the newest one, or gives no reason, in their language", async () => {
    await stage({ id: "c-1" });
    const review = { verdict: "reject", reason: "", steps_seen: 2 };
    expect(code(await post("/api/cases/c-1/review", an, review))).toEqual([422, "CASE_REASON_MISSING"]);
    expect(code(await post("/api/cases/c-1/review", an, { ...review, steps_seen: 1 }))).toEqual([409, "CASE_MOVED_ON"]);
    expect(code(await post("/api/cases/c-1/review", an, { ...review, verdict: "maybe" }))).toEqual([400, "BAD_BODY"]);
    expect(code(await post("/api/cases/c-1/review", an, { ...review, reason: "\u0000" }))).toEqual([400, "BAD_BODY"]);
    expect(code(await post("/api/cases/c-1/review", an, { ...review, reason: "x".repeat(9000) }))).toEqual([
      400,
      "BAD_BODY",
    ]);
    const broken = await door.server.inject({
      method: "POST",
      url: "/api/cases/c-1/review",
      headers: { host, cookie: an, "content-type": "application/json", "accept-language": "vi" },
      payload: "{",
    });
    expect([...code(broken), broken.headers["content-language"]]).toEqual([400, "BAD_BODY", "vi"]);
    expect(await told("c-1", an)).toMatchObject({ steps_seen: 2, state: "screened" });
  });

  it("are reviewed a second time without knowing what the first said, nor the plate", async () => {
    await stage({ id: "c-1", sampled: true });
    const before = await told("c-1", an);
    expect(before).toMatchObject({ plate: null, plate_withheld: true });
    expect(JSON.stringify(before)).not.toContain("sampled");
    expect(code(await get("/api/cases/c-1/plate.jpg", an))).toEqual([403, "CASE_PLATE_WITHHELD"]);

    const review = { verdict: "reject", reason: "vạch mờ", steps_seen: 2 };
    const mine = (await post("/api/cases/c-1/review", an, review)).json<CaseDocument>();
    expect(mine).toMatchObject({ state: "second_review", plate, plate_withheld: false, actions: ["undo"] });
    expect((await get("/api/cases/c-1/plate.jpg", an)).headers["content-type"]).toBe("image/jpeg");

    for (const cookie of [binh, chi]) {
      const blind = await told("c-1", cookie);
      expect(blind.steps[2]).toEqual({ kind: "reviewed", by: "an", at_ms: clock.nowMs(), withheld: true });
      expect(JSON.stringify(blind)).not.toMatch(/vạch mờ|reject|43A12345/);
      expect(code(await get("/api/cases/c-1/plate.jpg", cookie))).toEqual([403, "CASE_PLATE_WITHHELD"]);
    }
    expect(code(await post("/api/cases/c-1/review", an, { ...review, steps_seen: 3 }))).toEqual([
      403,
      "CASE_SAME_PERSON",
    ]);
    const second = { verdict: "accept", reason: "", steps_seen: 3 };
    const after = (await post("/api/cases/c-1/review", binh, second)).json<CaseDocument>();
    expect(after).toMatchObject({ state: "decision", plate });
    expect(after.steps[2]).toMatchObject({ verdict: "reject", reason: "vạch mờ" });
    expect(code(await post("/api/cases/c-1/undo", an, { steps_seen: 4 }))).toEqual([403, "CASE_NOT_YOURS"]);
    expect((await post("/api/cases/c-1/undo", binh, { steps_seen: 4 })).json()).toMatchObject({
      state: "second_review",
      plate: null,
    });
  });

  it("tell what the clip shows when, and since when it was red", async () => {
    await stage({ id: "c-1", change: { measured: { red_for_s: 2.25 } } });
    const { clip, media, signal, detection } = await told("c-1", an);
    expect(clip).toMatchObject({ starts_ms: act_ms - 1000, frames_per_s: 25, act_s: 1 });
    expect(clip?.pictures.slice(0, 2)).toEqual([
      { media_s: 0, at_ms: act_ms - 1000 },
      { media_s: 0.04, at_ms: act_ms - 960 },
    ]);
    expect(media.map(({ name, kind, label }) => [name, kind, label])).toEqual([
      ["view.mp4", "clip", null],
      ["view-a.jpg", "still", "a"],
      ["view-b.jpg", "still", "b"],
      ["view-c.jpg", "still", "c"],
    ]);
    expect(signal).toMatchObject({ phase: 2, red_since_ms: act_ms + 0.25 - 2250 });
    expect(detection).not.toHaveProperty("points");
  });

  it("show blurred pictures whole or in parts, and nothing else of the package", async () => {
    await stage({ id: "c-1" });
    const clip = readFileSync(join(folder, "evidence", "c-1", "view.mp4"));
    const whole = await get("/api/cases/c-1/media/view.mp4", an);
    expect([whole.statusCode, whole.headers["content-type"], whole.headers["cache-control"]]).toEqual([
      200,
      "video/mp4",
      "no-store",
    ]);
    expect(whole.rawPayload.equals(clip)).toBe(true);
    const part = await get("/api/cases/c-1/media/view.mp4", an, { range: "bytes=100-199" });
    expect([part.statusCode, part.headers["content-range"]]).toEqual([206, `bytes 100-199/${clip.length}`]);
    expect(part.rawPayload.equals(clip.subarray(100, 200))).toBe(true);
    expect((await get("/api/cases/c-1/media/view.mp4", an, { range: `bytes=${clip.length}-` })).statusCode).toBe(416);
    for (const name of ["clip.mp4", "still-b.jpg", "plate.jpg"]) {
      expect(code(await get(`/api/cases/c-1/media/${name}`, an))).toEqual([404, "CASE_MEDIA_UNKNOWN"]);
    }
    const looks = (await written()).filter(([, action]) => action === "case.media_seen");
    expect(looks).toEqual([["an", "case.media_seen", "c-1/view.mp4"]]);
  });

  it("keep nobody's path out of the package's folder", async () => {
    await stage({ id: "c-1" });
    writeFileSync(join(folder, "evidence", "secret.jpg"), "x");
    for (const name of ["..%2Fsecret.jpg", "%2e%2e%2fsecret.jpg", "manifest.json", "custody.jsonl"]) {
      const answer = await get(`/api/cases/c-1/media/${name}`, binh);
      expect([name, answer.statusCode]).toEqual([name, 404]);
    }
  });

  it("show originals to the session that said why, for ten minutes", async () => {
    await stage({ id: "c-1" });
    expect(code(await post("/api/cases/c-1/unblur", an, { reason: "x" }))).toEqual([403, "NOT_PERMITTED"]);
    expect(code(await post("/api/cases/c-1/unblur", chi, { reason: "" }))).toEqual([400, "BAD_BODY"]);
    const granted = await post("/api/cases/c-1/unblur", chi, { reason: "khiếu nại số 4" });
    const { url, until_ms, originals } = granted.json<{ url: string; until_ms: number; originals: object[] }>();
    expect([until_ms, originals.length]).toEqual([clock.nowMs() + 600_000, 4]);
    const seen = await get(url, chi);
    expect([seen.statusCode, seen.headers["cache-control"]]).toEqual([200, "no-store"]);
    expect(code(await get(url, dung))).toEqual([403, "CASE_GRANT_OVER"]);
    expect(code(await get(url, await door.sessionOf("chi")))).toEqual([403, "CASE_GRANT_OVER"]);
    expect(code(await get(url.replace("c-1", "c-2"), chi))).toEqual([403, "CASE_GRANT_OVER"]);
    expect(code(await get(url.replace("clip.mp4", "manifest.json"), chi))).toEqual([404, "CASE_MEDIA_UNKNOWN"]);
    clock.advance(600_001);
    expect(code(await get(url, chi))).toEqual([403, "CASE_GRANT_OVER"]);
    expect(await door.audit.recent({ limit: 500, subject: "c-1" })).toContainEqual(
      expect.objectContaining({ by: "chi", role: "officer", action: "case.unblurred", purpose: "khiếu nại số 4" }),
    );
    expect((await door.cases.log("c-1")).at(-1)).toMatchObject({ kind: "unblurred", body: { by: "chi" } });
  });

  /** What the tar holds, as another program unpacks it. */
  function unpacked(tar: Buffer): string {
    const place = join(folder, "unpacked");
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, "it.tar"), tar);
    execFileSync("tar", ["-xf", "it.tar"], { cwd: place });
    return place;
  }

  it("leave whole, sealed as they are, for the authority that may have them", async () => {
    await stage({ id: "c-1" });
    expect(code(await post("/api/cases/c-1/export", an, { reason: "x", redacted: false }))).toEqual([
      403,
      "NOT_PERMITTED",
    ]);
    const answer = await post("/api/cases/c-1/export", chi, { reason: "tòa án quận", redacted: false });
    expect(answer.headers["content-disposition"]).toBe('attachment; filename="c-1.tar"');
    const keys = need(await readPublicKeys(join(folder, "keys")));
    const verdict = need(await verifyPackage(join(unpacked(answer.rawPayload), "c-1"), keys));
    expect(verdict.findings).toEqual([]);
    expect((await door.audit.recent({ limit: 1 }))[0]).toMatchObject({
      by: "chi",
      action: "case.exported",
      subject: "c-1",
      purpose: "tòa án quận",
    });
  });

  it("leave redacted with blurred pictures alone, and without the plate", async () => {
    await stage({ id: "c-1" });
    const answer = await post("/api/cases/c-1/export", chi, { reason: "chủ xe", redacted: true });
    const place = join(unpacked(answer.rawPayload), "c-1");
    expect(readdirSync(place).sort()).toEqual(["case.json", "view-a.jpg", "view-b.jpg", "view-c.jpg", "view.mp4"]);
    expect(readFileSync(join(place, "case.json"), "utf8")).not.toContain("43A12345");
    expect(JSON.parse(readFileSync(join(place, "case.json"), "utf8"))).toMatchObject({
      case_id: "c-1",
      at_ms: act_ms + 0.25,
    });
  });

  it("that were staged never become a notice, and those of protected plates only with two reviews and a reason", async () => {
    await stage({ id: "c-1", change: { staged: true }, protectedAs: "diplomatic" });
    const accept = { verdict: "accept", reason: "" };
    await post("/api/cases/c-1/review", an, { ...accept, steps_seen: 2 });
    expect(await told("c-1", an)).toMatchObject({ state: "second_review", protected_as: "diplomatic" });
    await post("/api/cases/c-1/review", binh, { ...accept, steps_seen: 3 });
    const confirm = { confirmed: true, reason: "", steps_seen: 4 };
    expect(code(await post("/api/cases/c-1/decision", chi, confirm))).toEqual([422, "CASE_REASON_MISSING"]);
    await post("/api/cases/c-1/decision", chi, { ...confirm, reason: "đại sứ quán đã trả lời" });
    expect((await told("c-1", chi)).actions).not.toContain("notice");
    const notice = { reference: "TB-1", steps_seen: 5 };
    expect(code(await post("/api/cases/c-1/notice", chi, notice))).toEqual([409, "CASE_STAGED"]);
  });

  it("say what screening found in the reader's language", async () => {
    await door.cases.open("c-1", detection(), false, ready_ms);
    const reason = problem("CASE_TOLD_TWICE", { case: "c-0" });
    need(await door.cases.step("c-1", { kind: "screened_out", by: "(service)", at_ms: ready_ms, reason }, 1));
    const answer = await get("/api/cases/c-1", an, { "accept-language": "vi" });
    expect(answer.json<CaseDocument>()).toMatchObject({
      state: "rejected",
      steps: [{}, { reason: sentence(reason, "vi") }],
    });
  });

  it("whose evidence could not be made are tried again when a reviewer says why, and nobody else's are", async () => {
    await door.cases.open("c-1", detection(), false, ready_ms);
    const ask = { reason: "the disk was mended", steps_seen: 2 };
    const trouble = problem("EVIDENCE_UNFIT", { case: "c-1", reason: "nothing was recorded" });
    await door.cases.setEvidence("c-1", { state: "failed", trouble }, null, ready_ms);
    const reason = problem("CASE_WITHOUT_EVIDENCE", { reason: sentence(trouble) });
    need(await door.cases.step("c-1", { kind: "screened_out", by: "(service)", at_ms: ready_ms, reason }, 1));
    expect(await told("c-1", an)).toMatchObject({ state: "rejected", actions: ["ask_evidence"] });
    expect(code(await post("/api/cases/c-1/evidence", an, { ...ask, reason: " " }))).toEqual([
      422,
      "CASE_REASON_MISSING",
    ]);
    expect((await post("/api/cases/c-1/evidence", an, ask)).json()).toMatchObject({
      state: "detected",
      evidence: { state: "pending", attempts: 0, trouble: null },
      steps: [{}, {}, { kind: "evidence_asked", by: "an", reason: "the disk was mended" }],
    });
    expect((await written()).map(([by, action]) => [by, action])).toContainEqual(["an", "case.evidence_asked"]);
    const again = { ...ask, steps_seen: 3 };
    expect(code(await post("/api/cases/c-1/evidence", an, again))).toEqual([409, "CASE_EVIDENCE_NOT_FAILED"]);
  });

  it("that screening or people rejected for another reason stay rejected", async () => {
    await door.cases.open("c-1", detection(), false, ready_ms);
    const reason = problem("CASE_TOLD_TWICE", { case: "c-0" });
    need(await door.cases.step("c-1", { kind: "screened_out", by: "(service)", at_ms: ready_ms, reason }, 1));
    const trouble = problem("EVIDENCE_UNFIT", { case: "c-1", reason: "nothing was recorded" });
    await door.cases.setEvidence("c-1", { state: "failed", trouble }, null, ready_ms);
    expect((await told("c-1", an)).actions).toEqual([]);
    const ask = { reason: "look again", steps_seen: 2 };
    expect(code(await post("/api/cases/c-1/evidence", an, ask))).toEqual([409, "CASE_STEP_OUT_OF_TURN"]);
  });

  it("are not judged while there is nothing to judge by", async () => {
    await stage({ id: "c-1" });
    await door.cases.setEvidence("c-1", { state: "deleted", at_ms: 1, reason: "over" }, null, 1);
    const review = { verdict: "accept", reason: "", steps_seen: 2 };
    expect(code(await post("/api/cases/c-1/review", an, review))).toEqual([409, "CASE_NOT_SHOWABLE"]);
    expect(await told("c-1", an)).toMatchObject({ media: [], clip: null, actions: [] });
    expect(code(await get("/api/cases/c-1/media/view.mp4", an))).toEqual([404, "CASE_MEDIA_UNKNOWN"]);
  });

  it("tell who saw what to those who may read the audit, and to nobody else", async () => {
    await stage({ id: "c-1" });
    await told("c-1", an);
    await told("c-1", an);
    await door.server.inject({
      method: "POST",
      url: "/api/login",
      headers: { host },
      payload: { name: "hoa", password: "wrong" },
    });
    expect(code(await get("/api/audit", chi))).toEqual([403, "NOT_PERMITTED"]);
    expect((await get("/api/cases/c-1", "greenwave_session=made-up")).statusCode).toBe(401);
    const answer = (await get("/api/audit", gia)).json<{
      entries: Record<string, unknown>[];
      next: null;
      chain: object;
    }>();
    expect(answer.entries.map(({ by, role, action, subject }) => [by, role, action, subject])).toEqual([
      ["gia", "data_protection_officer", "audit.read", null],
      ["-", null, "refused", "GET /api/cases/:id"],
      ["chi", null, "refused", "GET /api/audit"],
      ["hoa", null, "login.failed", null],
      ["an", "reviewer", "case.seen", "c-1"],
    ]);
    expect(answer).toMatchObject({ next: null, chain: { entries: 5, broken_at: null } });
    expect(answer.entries[4]).toMatchObject({ from: "127.0.0.1", at_ms: clock.nowMs(), seq: 1 });
    const page = (await get("/api/audit?limit=2&before=4", gia)).json<{ entries: { seq: number }[]; next: string }>();
    expect([page.entries.map(({ seq }) => seq), page.next]).toEqual([[3, 2], "2"]);
  });

  it("slow down whoever asks for cases that are not there, and nobody else", async () => {
    await stage({ id: "c-1" });
    const codes: string[] = [];
    for (let n = 0; n < 7; n += 1) codes.push(code(await get(`/api/cases/c-${n + 100}`, an))[1]);
    expect(codes).toEqual([...Array<string>(5).fill("CASE_UNKNOWN"), "GUESSED_TOO_OFTEN", "GUESSED_TOO_OFTEN"]);
    expect((await get("/api/cases/c-1", an)).statusCode).toBe(429);
    expect((await get("/api/cases/c-1", binh)).statusCode).toBe(200);
    expect((await get("/api/me", an)).statusCode).toBe(200);
    clock.advance(5000);
    expect((await get("/api/cases/c-1", an)).statusCode).toBe(200);
  });

  it("slow down whoever makes up sessions, and nobody who has one", async () => {
    await stage({ id: "c-1" });
    const tries: number[] = [];
    for (let n = 0; n < 7; n += 1) tries.push((await get("/api/cases", `greenwave_session=guess-${n}`)).statusCode);
    expect(tries).toEqual([401, 401, 401, 401, 401, 429, 429]);
    expect((await get("/api/cases", an)).statusCode).toBe(200);
  });

  it("tell their plates to nobody else, by whatever route", async () => {
    await stage({ id: "c-1" });
    await post("/api/cases/c-1/review", an, { verdict: "accept", reason: "", steps_seen: 2 });
    const urls = door.server.routeAccess
      .filter(({ method, url }) => method === "GET" && url !== "/api/live")
      .map(({ url }) => url.replace(":id", "c-1").replace(":name", "view.mp4"));
    const tellers = async (cookie: string) => {
      const answers = await Promise.all(urls.map(async (url) => [url, (await get(url, cookie)).body] as const));
      return answers.flatMap(([url, body]) => (body.includes("43A12345") ? [url] : []));
    };
    expect(await tellers(an)).toEqual(["/api/cases/c-1"]);
    for (const role of roleNames.filter((each) => !may([each], "see_plates"))) {
      expect([role, await tellers(await door.sessionOf(role.replaceAll("_", "-"), role))]).toEqual([role, []]);
    }
    expect(await tellers("")).toEqual([]);
    expect(door.log.join("")).not.toContain("43A12345");
  });
});
