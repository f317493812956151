import { existsSync, readdirSync, readFileSync } from "node:fs";
import { cp, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { InProcessBus } from "../../../../api/bus/in-process-bus.ts";
import {
  createEvidenceMaking,
  type EvidenceMaking,
  type MakingOptions,
} from "../../../../api/evidence/making/making.ts";
import { verifyPackage } from "../../../../api/evidence/verify-package.ts";
import type { CaseEvidence, CaseRecord } from "../../../../core/ports/cases.ts";
import type { Clock } from "../../../../core/ports/clock.ts";
import { failed, problem } from "../../../../core/problems/problem.ts";
import { systemClock } from "../../../../detectors/system-clock.ts";
import { type CaseFolder, openCaseFolder } from "../../../support/case-folder.ts";
import { DataFolders, need } from "../../../support/data-folder.ts";
import { eventually, temporaryFolder } from "../../../support/greenwave-service.ts";
import { makeNumberedFilm, numbersIn } from "../../../support/numbered-film.ts";
import { missing } from "../../../support/peers.ts";
import { plainTools } from "../../../support/plain-tools.ts";
import { recordFilm } from "../../../support/recorded-film.ts";
import { ringIn } from "../../../support/recorded-stream.ts";
import { stagedAct } from "../../../support/staged-act.ts";

/** Runs ahead with every look at it, so that what waits for minutes is over in seconds. */
function hurriedClock(): Clock {
  let ahead_ms = 0;
  const nowMs = (): number => {
    ahead_ms += 50;
    return Date.now() + ahead_ms;
  };
  return { nowMs, sleep: (_ms, stop) => systemClock.sleep(10, stop) };
}

/** The film: 10 s of 25 pictures a second with B-frames, a keyframe a second; the act in its middle. */
const [film_s, act_s] = [10, 5.05];
const plate = {
  text: "43A12345",
  confidence: 0.97,
  country: "vn",
  frames: 8,
  agreeing: 7,
  votes: [{ symbol: "4", share: 1 }],
};

describe.skipIf(missing("ffmpeg"))("the evidence of a case", { timeout: 90_000 }, () => {
  const root = temporaryFolder();
  const folders = new DataFolders();
  const start_ms = Date.now() - 60_000;
  const detection = stagedAct({ start_ms, act_s });
  const opened: CaseFolder[] = [];
  const makings: EvidenceMaking[] = [];

  beforeAll(async () => {
    const film = join(root.path, "film.mp4");
    makeNumberedFilm(film, film_s * 25, ["-c:v", "libx264", "-g", "25", "-bf", "2", "-x264-params", "scenecut=0"]);
    expect(await recordFilm(film, ringIn(join(root.path, "recordings")), start_ms)).toBe(film_s * 25);
  });
  afterEach(async () => {
    for (const making of makings.splice(0)) await making.close("the test is over");
    for (const { storage } of opened.splice(0)) await storage.close();
  });
  afterAll(async () => {
    root.remove();
    await folders.remove();
  });

  async function dataFolder(): Promise<string> {
    const data = await folders.withDatabase();
    await cp(join(root.path, "recordings"), join(data, "recordings"), { recursive: true });
    return data;
  }

  async function open(data: string, clock: Clock = systemClock): Promise<CaseFolder> {
    const folder = await openCaseFolder(data, clock);
    opened.push(folder);
    return folder;
  }

  function make({ ring, storage, evidence, keys }: CaseFolder, change: Partial<MakingOptions> = {}): EvidenceMaking {
    const site = { id: "da-nang", timezone: "Asia/Ho_Chi_Minh", country: "vn", place: () => "Bạch Đằng" };
    const making = createEvidenceMaking({
      ring,
      cases: storage.cases,
      folder: evidence,
      keys,
      site,
      tools: plainTools(),
      span: { before_ms: 3000, after_ms: 3000 },
      clock: systemClock,
      bus: new InProcessBus({ log: pino({ level: "silent" }) }),
      log: pino({ level: "silent" }),
      ...change,
    });
    makings.push(making);
    return making;
  }

  const settled = ({ storage }: CaseFolder, id: string): Promise<CaseRecord | null> =>
    eventually(
      "the evidence",
      () => storage.cases.get(id),
      (found) => found !== null && found.evidence.state !== "pending",
      50_000,
    );

  async function findings({ evidence, keys }: CaseFolder, id: string): Promise<readonly string[]> {
    return need(await verifyPackage(join(evidence, id), keys)).findings.map(({ code }) => code);
  }

  const manifestOf = ({ evidence }: CaseFolder, id: string) =>
    JSON.parse(readFileSync(join(evidence, id, "manifest.json"), "utf8"));

  test("is cut, looked at, sealed and noted, and the recording is let go", async () => {
    const folder = await open(await dataFolder());
    await folder.storage.cases.open("case-1", detection, false, Date.now());
    const span = { from_ms: start_ms, to_ms: start_ms + 10_000 };
    need(await folder.ring.hold("north", { ...span, reason: "case-1" }));
    need(await folder.ring.hold("north", { ...span, reason: "somebody else's" }));
    const steps: string[] = [];
    const crop = { frame: 0, box: [20, 20, 60, 30] as const };
    const making = make(folder, { tools: plainTools({ plate, crop }), heard: (_id, step) => steps.push(step) });
    await making.start(new AbortController().signal);
    const record = await settled(folder, "case-1");
    await making.close("made");

    expect(steps).toEqual(["cutting", "examining", "reading", "hiding", "sealing", "noting", "noted", "released"]);
    expect(record?.plate).toEqual(plate);
    const manifest = manifestOf(folder, "case-1");
    const bytes = manifest.files.reduce((sum: number, file: { bytes: number }) => sum + file.bytes, 0);
    expect(record?.evidence).toMatchObject({ state: "ready", edition: 1, bytes });
    expect(await findings(folder, "case-1")).toEqual([]);
    const inside = ["clip.mp4", "custody.jsonl", "custody.sig.json", "manifest.json", "manifest.sig.json", "plate.jpg"];
    const views = ["a", "b", "c"].flatMap((label) => [`still-${label}.jpg`, `view-${label}.jpg`]);
    expect(readdirSync(join(folder.evidence, "case-1"))).toEqual([...inside, ...views, "view.mp4"].sort());
    expect(readdirSync(folder.evidence)).toEqual(["case-1"]);
    expect(need(await folder.ring.holds("north")).map(({ reason }) => reason)).toEqual(["somebody else's"]);
    expect((await folder.storage.ledger.recent(10)).map(({ kind }) => kind)).toContain("case.sealed");
    expect(making.progress()).toEqual({ waiting: 0, now: [], made: 1, failed: 0 });
    expect(making.problem()).toBeNull();
  });

  test("shows the pictures before, at and after the act, and says when each was seen", async () => {
    const folder = await open(await dataFolder());
    await folder.storage.cases.open("case-1", detection, false, Date.now());
    await make(folder).start(new AbortController().signal);
    await settled(folder, "case-1");
    const shown = (name: string): number | undefined => numbersIn(join(folder.evidence, "case-1", name))[0];
    // Picture 126 is seen at 5.04 s and 127 at 5.08 s; the act is at 5.05 s, give or take 0.02 s.
    expect(["still-a.jpg", "still-b.jpg", "still-c.jpg"].map(shown)).toEqual([125, 127, 151]);
    const { clip, files, event } = manifestOf(folder, "case-1");
    const numbers = numbersIn(join(folder.evidence, "case-1", "clip.mp4"));
    expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, n) => 50 + n));
    const seen = clip.frames.map(({ at_ms }: { at_ms: number }) => at_ms).sort((a: number, b: number) => a - b);
    expect(seen.map((at_ms: number) => Math.round((at_ms - start_ms) / 40))).toEqual(numbers);
    expect(seen[0]).toBeLessThanOrEqual(event.at_ms - 3000);
    expect(seen.at(-1)).toBeGreaterThanOrEqual(event.at_ms + 3000 - 40);
    expect(clip.gaps).toEqual([]);
    const b = files.find(({ name }: { name: string }) => name === "still-b.jpg");
    expect(b.made_from).toEqual({ name: "clip.mp4", frame: 127 - 50, steps: ["decoded"] });
  });

  test("waits until the recording holds what comes after the act", async () => {
    const data = await dataFolder();
    const folder = await open(data);
    // The film ends a second after this act, and by its clock that is now.
    const late = stagedAct({ start_ms, act_s: 9 });
    const clock: Clock = { ...systemClock, nowMs: () => start_ms + 14_000 };
    await folder.storage.cases.open("case-1", late, false, clock.nowMs());
    const making = make(folder, { clock });
    await making.start(new AbortController().signal);
    await eventually(
      "the case is known",
      () => Promise.resolve(making.progress()),
      ({ waiting }) => waiting === 1,
      9000,
    );
    await new Promise((resolve) => setTimeout(resolve, 1200));
    expect(making.progress()).toMatchObject({ waiting: 1, now: [], made: 0 });
    await making.close("enough");

    // Nothing more came for half a minute: it is made of what there is, and says what is missing.
    const later: Clock = { ...systemClock, nowMs: () => start_ms + 60_000 };
    await make(folder, { clock: later }).start(new AbortController().signal);
    expect(await settled(folder, "case-1")).toMatchObject({ evidence: { state: "ready" } });
    const { gaps } = manifestOf(folder, "case-1").clip;
    expect(gaps).toHaveLength(1);
    expect(gaps[0].to_ms - gaps[0].from_ms).toBeGreaterThan(1900);
    expect(await findings(folder, "case-1")).toEqual([]);
  });

  test("of which nothing was recorded fails and says so", async () => {
    const folder = await open(await dataFolder());
    await folder.storage.cases.open("case-1", stagedAct({ start_ms: start_ms - 600_000, act_s }), false, Date.now());
    await folder.storage.cases.open("case-2", stagedAct({ camera: "south", start_ms, act_s }), false, Date.now());
    const making = make(folder, { clock: hurriedClock() });
    await making.start(new AbortController().signal);
    for (const id of ["case-1", "case-2"]) {
      const evidence = (await settled(folder, id))?.evidence as Extract<CaseEvidence, { state: "failed" }>;
      expect(evidence).toMatchObject({ state: "failed", trouble: { code: "EVIDENCE_NOT_RECORDED" } });
    }
    // A reader may see what was stored before its writer hears that it is.
    await expect.poll(() => making.progress()).toMatchObject({ waiting: 0, made: 0, failed: 2 });
  });

  test("whose views cannot be made waits, tells why, and is made when they can", async () => {
    const folder = await open(await dataFolder());
    await folder.storage.cases.open("case-1", detection, false, Date.now());
    const plain = plainTools();
    let works = false;
    const broken = failed(problem("REDACTION_STOPPED", { reason: "out of memory" }));
    const tools = {
      ...plain,
      redactPictures: (...order: Parameters<typeof plain.redactPictures>) =>
        works ? plain.redactPictures(...order) : Promise.resolve(broken),
    };
    const making = make(folder, { tools });
    await making.start(new AbortController().signal);
    const trouble = () => Promise.resolve(making.problem());
    await eventually("the trouble", trouble, (told) => told?.code === "REDACTION_STOPPED", 20_000);
    const waiting = await eventually(
      "it is noted",
      () => folder.storage.cases.get("case-1"),
      (record) => record?.evidence.state === "pending" && record.evidence.attempts > 0,
      9000,
    );
    expect(waiting?.evidence).toMatchObject({ trouble: { code: "REDACTION_STOPPED" } });
    expect(existsSync(join(folder.evidence, "case-1"))).toBe(false);
    works = true;
    expect(await settled(folder, "case-1")).toMatchObject({ evidence: { state: "ready" } });
    // The case is noted first.
    await expect.poll(() => making.problem()).toBeNull();
  });

  test("is not sealed by a clock that was set back, and is once it has caught up", async () => {
    const folder = await open(await dataFolder());
    await folder.storage.cases.open("case-1", detection, false, Date.now());
    let behind_ms = 15_000;
    const making = make(folder, { clock: { ...systemClock, nowMs: () => Date.now() - behind_ms } });
    await making.start(new AbortController().signal);
    const trouble = () => Promise.resolve(making.problem());
    await eventually("the trouble", trouble, (told) => told?.code === "EVIDENCE_CLOCK_BACK", 50_000);
    expect(readdirSync(folder.evidence)).not.toContain("case-1");
    behind_ms = 0;
    await settled(folder, "case-1");
    expect(await findings(folder, "case-1")).toEqual([]);
  });

  test("that was sealed before the power went is taken over as it is", async () => {
    const data = await dataFolder();
    const folder = await open(data);
    await folder.storage.cases.open("case-1", detection, false, Date.now());
    const crop = { frame: 0, box: [20, 20, 60, 30] as const };
    const tools = plainTools({ plate, crop });
    // As if the process had ended between the seal and its note.
    const halted: MakingOptions["heard"] = (_id, step) => {
      if (step === "noting") throw new Error("the power went");
    };
    const first = make(folder, { tools, heard: halted });
    await first.start(new AbortController().signal);
    await eventually("the seal", () => Promise.resolve(existsSync(join(folder.evidence, "case-1"))), Boolean, 20_000);
    await first.close("gone");
    const sealed = readFileSync(join(folder.evidence, "case-1", "manifest.json"), "utf8");
    await writeFile(join(folder.evidence, "case-9.part"), "left behind");

    const second = make(folder);
    await second.start(new AbortController().signal);
    expect(await settled(folder, "case-1")).toMatchObject({ evidence: { state: "ready", edition: 1 }, plate });
    expect(readFileSync(join(folder.evidence, "case-1", "manifest.json"), "utf8")).toBe(sealed);
    const seals = (await folder.storage.cases.log("case-1")).filter(({ kind }) => kind === "sealed");
    expect(seals).toHaveLength(1);
    await second.close("made");
    expect(readdirSync(folder.evidence)).toEqual(["case-1"]);
  });

  test("that was sealed in the log alone becomes the next edition, and one that is unsound is set aside", async () => {
    const folder = await open(await dataFolder());
    const { cases } = folder.storage;
    await cases.open("case-1", detection, false, Date.now());
    const body = { case_id: "case-1", edition: 1, manifest_sha256: "cd".repeat(32) };
    await cases.record("case-1", "sealed", body, Date.now());
    await mkdir(join(folder.evidence, "case-1"), { recursive: true });
    await writeFile(join(folder.evidence, "case-1", "clip.mp4"), "not a clip");
    const making = make(folder);
    await making.start(new AbortController().signal);
    expect(await settled(folder, "case-1")).toMatchObject({ evidence: { state: "ready", edition: 2 } });
    await making.close("the case is settled");
    expect(manifestOf(folder, "case-1").supersedes).toBe(body.manifest_sha256);
    expect(await findings(folder, "case-1")).toEqual([]);
    expect(readdirSync(folder.evidence)).toEqual(["case-1", "case-1.aside-1"]);
  });

  test("does not come out of a recording that rots", async () => {
    const data = await dataFolder();
    const north = join(data, "recordings", "north");
    const [media] = readdirSync(north).filter((name) => name.endsWith(".media"));
    const bytes = readFileSync(join(north, media as string));
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] as number) ^ 1;
    await writeFile(join(north, media as string), bytes);
    const folder = await open(data);
    await folder.storage.cases.open("case-1", detection, false, Date.now());
    const span = { from_ms: start_ms, to_ms: start_ms + 10_000 };
    need(await folder.ring.hold("north", { ...span, reason: "case-1" }));
    const making = make(folder, { clock: hurriedClock() });
    await making.start(new AbortController().signal);
    expect((await settled(folder, "case-1"))?.evidence).toMatchObject({
      state: "failed",
      trouble: { code: "RECORDING_SPOILED" },
    });
    // Only now is what was under way surely taken away.
    await making.close("the case is settled");
    // For whoever looks into it, it stays.
    expect(need(await folder.ring.holds("north"))).toHaveLength(1);
    expect(readdirSync(folder.evidence)).toEqual([]);
  });
});
