/**
 * Power is pulled while evidence is made: the process is killed at every step from a detection to its sealed package and at
 * random moments after, and the disk under it runs full or turns read-only. Whatever was told to be a case becomes a whole
 * package once there is power and room again, and nothing that verifies is ever less. A few pulls in the normal suite,
 * more than fifty as a campaign.
 */
import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { caseId } from "../../api/enforcement/case-id.ts";
import { readPublicKeys } from "../../api/evidence/keys.ts";
import { type Verdict, verifyPackage } from "../../api/evidence/verify-package.ts";
import { openPlateVault } from "../../api/plates/plate-vault.ts";
import { openStorage } from "../../api/storage/open-storage.ts";
import type { Detection } from "../../core/cases/detection.ts";
import { systemClock } from "../../detectors/system-clock.ts";
import { DataFolders, need } from "../support/data-folder.ts";
import { temporaryFolder } from "../support/greenwave-service.ts";
import { missing } from "../support/peers.ts";
import { recordFilm } from "../support/recorded-film.ts";
import { ringIn } from "../support/recorded-stream.ts";
import { Seeded } from "../support/seeded.ts";
import { SmallDisk } from "../support/small-disk.ts";
import { stagedAct } from "../support/staged-act.ts";

const full = process.env["GREENWAVE_CAMPAIGN"] === "full";
const maker = fileURLToPath(new URL("../support/evidence-maker.js", import.meta.url));
const chance = new Seeded(20_261_122);

const steps = [
  ...["opening", "held", "opened", "cutting", "examining", "reading", "hiding"],
  ...["sealing", "recorded", "noting", "noted", "released"],
] as const;
type Step = (typeof steps)[number];

interface Pull {
  /** `refused`: storage did not take the case. */
  readonly step: Step | "refused";
  readonly after_ms: number;
  /** Bystanders hidden and plates read by the networks, which takes most of a minute. */
  readonly real: boolean;
}

/** At each step itself, then somewhere after a step drawn by lot; the longest of them take a few hundred milliseconds. */
const pulls: readonly Pull[] = full
  ? [
      ...steps.map((step) => ({ step, after_ms: 0, real: false })),
      ...Array.from({ length: 40 }, () => ({
        step: steps[Math.floor(chance.next() * steps.length)] as Step,
        after_ms: 1 + Math.floor(chance.next() ** 2 * 600),
        real: false,
      })),
      ...(["reading", "hiding", "hiding"] as const).map((step) => ({
        step,
        after_ms: 500 + 8000 * chance.next(),
        real: true,
      })),
    ]
  : [
      { step: "recorded", after_ms: 0, real: false },
      { step: "noting", after_ms: 0, real: false },
    ];

type Fault = "runs full" | "turns read-only";
const disk_bytes = 400 << 20;

const [film_s, act_s] = [9, 4.6];
const inside = [
  ...["clip.mp4", "still-a.jpg", "still-b.jpg", "still-c.jpg"],
  ...["view.mp4", "view-a.jpg", "view-b.jpg", "view-c.jpg"],
];

interface Line {
  readonly step?: Step;
  readonly told?: string;
  readonly trouble?: string;
  readonly done?: true;
}

interface Maker {
  readonly process: ChildProcess;
  readonly lines: Line[];
  /** The signal that ended it, or its exit code. */
  readonly ended: Promise<NodeJS.Signals | number | null>;
  words(): string;
  /** Resolves once such a line came, or the process ended without one. */
  said(wanted: (line: Line) => boolean): Promise<boolean>;
}

function startMaker(data: string, detections: readonly [string, Detection][], kill: Pull | null): Maker {
  const order = { data, detections, kill, real: kill?.real ?? false, refusing: kill?.step === "refused" };
  const child = spawn(process.execPath, [maker, JSON.stringify(order)], { stdio: ["ignore", "pipe", "pipe"] });
  const lines: Line[] = [];
  let words = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    words = (words + text).slice(-4000);
  });
  const listeners = new Set<() => void>();
  createInterface({ input: child.stdout }).on("line", (line) => {
    lines.push(JSON.parse(line) as Line);
    for (const listener of listeners) listener();
  });
  const ended = once(child, "close").then(([code, signal]) => (signal ?? code) as NodeJS.Signals | number | null);
  const said = (wanted: (line: Line) => boolean): Promise<boolean> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!lines.some(wanted)) return;
        listeners.delete(look);
        resolve(true);
      };
      listeners.add(look);
      look();
      void ended.then(() => resolve(lines.some(wanted)));
    });
  return { process: child, lines, ended, words: () => words, said };
}

describe.skipIf(missing("ffmpeg", "shared data"))("power pulled while evidence is made", () => {
  const root = temporaryFolder();
  const folders = new DataFolders();
  const start_ms = Date.now() - 120_000;
  let pictures = 0;
  const disks: SmallDisk[] = [];

  beforeAll(async () => {
    // A real street, a keyframe a second.
    const street = fileURLToPath(
      new URL("../../../shared/data/vision/videos/multilane-highangle.mp4", import.meta.url),
    );
    const film = join(root.path, "film.mp4");
    const coding = ["-c:v", "libx264", "-preset", "veryfast", "-g", "24", "-bf", "2", "-an"];
    execFileSync("ffmpeg", ["-v", "error", "-i", street, "-t", String(film_s), ...coding, film]);
    await recordFilm(film, ringIn(join(root.path, "recordings")), start_ms);
  });
  afterAll(async () => {
    for (const disk of disks) disk.unmount();
    root.remove();
    await folders.remove();
  });

  const act = (track: number): [string, Detection] => [`case-${track}`, stagedAct({ start_ms, act_s, track })];

  async function fill(data: string): Promise<void> {
    await cp(await folders.withDatabase(), data, { recursive: true });
    await cp(join(root.path, "recordings"), join(data, "recordings"), { recursive: true });
  }

  function lackingOf(name: string, { manifest }: Verdict): readonly string[] {
    const files = new Set(manifest.files.map((file) => file.name));
    const count = manifest.clip.frames.length;
    pictures ||= count;
    const short = count === pictures ? [] : [`${name} has ${count} pictures of ${pictures}`];
    return [...short, ...inside.filter((file) => !files.has(file)).map((file) => `${name} lacks ${file}`)];
  }

  /** Of every folder among the packages that our own verifier would call genuine, half-made ones too: what it lacks. */
  async function lackingIn(data: string): Promise<readonly string[]> {
    const [evidence, folder] = [join(data, "evidence"), join(data, "keys")];
    if (!existsSync(evidence) || !existsSync(folder)) return [];
    const keys = await readPublicKeys(folder);
    if (!keys.ok) return [];
    const lacking: string[] = [];
    for (const name of readdirSync(evidence)) {
      const verdict = await verifyPackage(join(evidence, name), keys.value);
      if (verdict.ok && verdict.value.findings.length === 0) lacking.push(...lackingOf(name, verdict.value));
    }
    return lacking;
  }

  /** Whatever was told is ready, its package is genuine and the one that was noted, and nothing is left behind. */
  async function expectAllReady(data: string, told: readonly string[]): Promise<void> {
    const vault = need(await openPlateVault(data, systemClock));
    const storage = need(await openStorage({ dataDir: data, clock: systemClock, vault }));
    try {
      const cases = await storage.cases.list({ limit: 100 });
      expect(cases.map(({ id }) => id)).toEqual(expect.arrayContaining([...told]));
      const keys = need(await readPublicKeys(join(data, "keys")));
      for (const { id, evidence } of cases) {
        const verdict = need(await verifyPackage(join(data, "evidence", id), keys));
        expect(verdict.findings).toEqual([]);
        const { manifest_sha256, manifest } = verdict;
        expect(evidence).toMatchObject({ state: "ready", manifest_sha256, edition: manifest.edition });
        const seals = (await storage.cases.log(id)).filter(({ kind }) => kind === "sealed");
        const editions = seals.map(({ body }) => (body as { edition: number }).edition);
        expect(editions).toEqual(Array.from({ length: manifest.edition }, (_, n) => n + 1));
      }
      expect(readdirSync(join(data, "evidence")).sort()).toEqual(cases.map(({ id }) => id).sort());
      expect((await storage.ledger.verify()).broken_at).toBeNull();
    } finally {
      await storage.close();
    }
    const holds = join(data, "recordings", "north", "holds");
    // A hold without a case: the power went between the two, and nobody was told of a case.
    const held = existsSync(holds) ? readdirSync(holds).filter((name) => name.endsWith(".json")).length : 0;
    expect(held).toBeLessThanOrEqual(1);
  }

  it.each(pulls.map((pull, n) => [n + 1, pull.step, Math.round(pull.after_ms), pull] as const))(
    "pull %i: after “%s”, %i ms",
    { timeout: 300_000 },
    async (n, _step, _after_ms, pull) => {
      const data = await folders.unused();
      await fill(data);
      const first = startMaker(data, [act(n)], pull);
      const end = await first.ended;
      // A pull drawn too late finds the work done.
      if (pull.after_ms === 0) expect([end, first.words()]).toEqual(["SIGKILL", ""]);
      expect(await lackingIn(data)).toEqual([]);
      const told = first.lines.flatMap((line) => line.told ?? []);
      const second = startMaker(data, [act(n)], null);
      expect([await second.ended, second.words()]).toEqual([0, ""]);
      expect(await lackingIn(data)).toEqual([]);
      await expectAllReady(data, [...told, `case-${n}`]);
      rmSync(data, { recursive: true, force: true });
    },
  );

  /** Acts at once, and how long storage has refused them by then. */
  const refusals = [1, 2, 5, 2, 1].map((acts, n) => [n + 1, acts, 700 * n] as const);

  it.each(full ? refusals : [])(
    "refusal %i: of %i acts, pulled after %i ms",
    { timeout: 300_000 },
    async (_n, acts, after_ms) => {
      const data = await folders.unused();
      await fill(data);
      const waiting = Array.from({ length: acts }, (_, n) => act(n + 1));
      const first = startMaker(data, waiting, { step: "refused", after_ms, real: false });
      expect([await first.ended, first.words()]).toEqual(["SIGKILL", ""]);
      const second = startMaker(data, [], null);
      expect([await second.ended, second.words()]).toEqual([0, ""]);
      await expectAllReady(
        data,
        waiting.map(([, detection]) => caseId(detection)),
      );
      rmSync(data, { recursive: true, force: true });
    },
  );

  /** A small disk: of everything for one that runs full, of the packages for one that turns read-only. Null where nobody may mount one. */
  async function smallDisk(fault: Fault): Promise<{ readonly data: string; readonly disk: SmallDisk } | null> {
    const data = await folders.unused();
    const disk = SmallDisk.mount(fault === "runs full" ? data : join(data, "evidence"), disk_bytes);
    if (disk === null) {
      process.stderr.write("skipped: a disk that runs full or turns read-only (nobody may mount one here)\n");
      return null;
    }
    disks.push(disk);
    await fill(data);
    return { data, disk };
  }

  /** While a file is being written the system refuses; between two it does not. */
  function spoil(fault: Fault, disk: SmallDisk): void {
    if (fault === "runs full") disk.fill();
    else for (let n = 0; n < 100 && !remounted(disk, "ro"); n += 1);
  }

  function mend(fault: Fault, disk: SmallDisk): void {
    if (fault === "runs full") disk.makeRoom();
    else remounted(disk, "rw");
  }

  const faults = [
    ["runs full", "cutting"],
    ["runs full", "examining"],
    ["runs full", "hiding"],
    ["runs full", "sealing"],
    ["runs full", "recorded"],
    ["runs full", "noting"],
    ["turns read-only", "cutting"],
    ["turns read-only", "hiding"],
    ["turns read-only", "sealing"],
    ["turns read-only", "noting"],
  ] as const;

  it.each(full ? faults : faults.slice(3, 4))(
    "a disk that %s after “%s”",
    { timeout: 300_000 },
    async (fault, step) => {
      const place = await smallDisk(fault);
      if (place === null) return;
      const { data, disk } = place;
      const running = startMaker(data, [act(1)], null);
      expect(await running.said((line) => line.step === step)).toBe(true);
      spoil(fault, disk);
      // It tells of the trouble, or it was quicker than the disk, or its database ended; never a package that is less.
      await running.said((line) => line.trouble === "EVIDENCE_DISK" || line.done === true);
      expect(await lackingIn(data)).toEqual([]);
      mend(fault, disk);
      const deadline = setTimeout(() => running.process.kill("SIGKILL"), 60_000);
      await running.ended;
      clearTimeout(deadline);
      const again = startMaker(data, [], null);
      expect([await again.ended, again.words()]).toEqual([0, ""]);
      expect(await lackingIn(data)).toEqual([]);
      await expectAllReady(data, ["case-1"]);
      disk.unmount();
    },
  );
});

const remounted = ({ folder }: SmallDisk, way: "ro" | "rw"): boolean =>
  spawnSync("mount", ["-o", `remount,${way}`, folder]).status === 0;
