/**
 * From the act to a sealed package that can be reviewed: `npm run bench -- evidence [--acts <number>] [--quick] [--json]`. What is
 * measured and how: bench/README.md.
 */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, cpus, loadavg, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { pino } from "pino";
import { InProcessBus } from "../api/bus/in-process-bus.ts";
import { signingKey } from "../api/evidence/keys.ts";
import { createEvidenceMaking } from "../api/evidence/making/making.ts";
import { openPlateVault } from "../api/plates/plate-vault.ts";
import { openStorage } from "../api/storage/open-storage.ts";
import type { Detection } from "../core/cases/detection.ts";
import { type Result, sentence } from "../core/problems/problem.ts";
import { openRing, readVehiclePlate, redactClip, redactPictures } from "../detectors/index.ts";
import { systemClock } from "../detectors/system-clock.ts";
import { type NewestPicture, RecordedCamera } from "./evidence/recorded-camera.ts";
import { makeFilm } from "./vision/film.ts";
import { endedChildren_s } from "./vision/process-figures.ts";
import { median, percentile } from "./vision/statistics.ts";

const { values: asked } = parseArgs({
  options: {
    acts: { type: "string" },
    quick: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});
const acts = asked.acts === undefined ? (asked.quick ? 2 : 12) : Number(asked.acts);
/** Below `dist/bench`. */
const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const span = { before_ms: 5000, after_ms: 5000 } as const;
const say = (line: string): boolean => (asked.json ? process.stderr : process.stdout).write(`${line}\n`);

interface Act {
  /** From the act to when its case says that the evidence is ready. */
  readonly ready_ms: number;
  /** From the act to when the recording held all of the clip: five seconds, the rest of the keyframe group, and the way to the disk. */
  readonly recorded_ms: number;
  /** By step, in the order of their beginning. */
  readonly steps_ms: Readonly<Record<string, number>>;
  /** Of all processes that made it; the camera's own ffmpeg runs on and is not among them. */
  readonly cpu_s: number;
}

function needed<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(result.problems.map((each) => sentence(each)).join(" "));
}

/** A box on the street that moves as cars do there. */
function detectionOf(camera: string, track: number, { session_ms, pts_s, arrival_ms }: NewestPicture): Detection {
  const points = Array.from({ length: 31 }, (_, n) => {
    const back_s = (30 - n) / 10;
    const box: [number, number, number, number] = [0.3 + n * 0.008, 0.35 + n * 0.006, 0.12, 0.14];
    return { at_ms: arrival_ms - back_s * 1000, pts_s: pts_s - back_s, box };
  });
  return {
    camera,
    intersection: "bench",
    lane: null,
    rule: { id: "wrong_way", place: "bench", version: 1, thresholds: {} },
    track,
    class: "car",
    at_ms: arrival_ms,
    uncertainty_ms: 40,
    measured: { driven_m: 12 },
    session_ms,
    points,
    signal: null,
    calibration: null,
    clock: { source: "none", offset_ms: 0, uncertainty_ms: 0, checked_at_ms: Math.round(arrival_ms) },
    models: [],
    staged: true,
  };
}

async function measure(film: string, folder: string): Promise<readonly Act[]> {
  const [recordings, keys] = [join(folder, "recordings"), join(folder, "keys")];
  mkdirSync(keys);
  const vault = needed(await openPlateVault(folder, systemClock));
  const storage = needed(await openStorage({ dataDir: folder, clock: systemClock, vault }));
  const log = pino({ level: "warn" }, pino.destination(2));
  const bus = new InProcessBus({ log });
  const heard: { step: string; at_ms: number }[] = [];
  const making = createEvidenceMaking({
    ring: openRing(recordings),
    cases: storage.cases,
    folder: join(folder, "evidence"),
    keys: [await signingKey(keys)],
    tools: { readPlate: readVehiclePlate, redactClip, redactPictures },
    site: { id: "bench", timezone: "Asia/Ho_Chi_Minh", country: "vn", place: ({ intersection }) => intersection },
    span,
    clock: systemClock,
    bus,
    log,
    heard: (_id, step) => heard.push({ step, at_ms: Date.now() }),
  });
  const camera = new RecordedCamera("bench", film, recordings);
  const stop = new AbortController();
  const done: Act[] = [];
  try {
    await making.start(stop.signal);
    // The clip begins five seconds before the act.
    while (camera.newest === null) await delay(100);
    await delay(span.before_ms + 2000);
    for (let n = 0; n < acts; n += 1) {
      // Anywhere within the keyframe group.
      await delay((n * 777) % 2000);
      heard.length = 0;
      const cpu_s = endedChildren_s();
      const detection = detectionOf("bench", n, camera.newest);
      await storage.cases.open(`bench-${n}`, detection, false, Date.now());
      bus.publish("case", { id: `bench-${n}`, state: "detected", at_ms: Date.now() });
      while (!heard.some(({ step }) => step === "released")) await delay(20);
      const since = (step: string): number =>
        (heard.find((each) => each.step === step)?.at_ms ?? Number.NaN) - detection.at_ms;
      const begun = heard.map(({ step, at_ms }, i) => [step, (heard[i + 1]?.at_ms ?? at_ms) - at_ms] as const);
      const act: Act = {
        ready_ms: since("noted"),
        recorded_ms: since("cutting"),
        steps_ms: Object.fromEntries(begun.filter(([step]) => step !== "released")),
        cpu_s: endedChildren_s() - cpu_s,
      };
      done.push(act);
      say(
        `act ${n + 1} of ${acts}: ready after ${(act.ready_ms / 1000).toFixed(1)} s, ${act.cpu_s.toFixed(1)} processor seconds`,
      );
    }
    return done;
  } finally {
    await making.close("measured");
    await camera.close();
    await storage.close();
  }
}

const seconds = (values: readonly number[]) => {
  const sorted = values.map((value) => value / 1000).toSorted((a, b) => a - b);
  return { p50_s: percentile(sorted, 0.5), p99_s: percentile(sorted, 0.99), least_s: sorted[0] ?? Number.NaN };
};

function report(done: readonly Act[]) {
  const names = Object.keys(done[0]?.steps_ms ?? {});
  return {
    machine: { cpu: cpus()[0]?.model ?? "", cores: availableParallelism(), load: loadavg()[0] ?? 0 },
    acts: done.length,
    ready: seconds(done.map(({ ready_ms }) => ready_ms)),
    /** What nobody can be quicker than: the seconds after the act must pass, and their keyframe group must end. */
    recorded: seconds(done.map(({ recorded_ms }) => recorded_ms)),
    ready_to_recorded: median(done.map((act) => act.ready_ms / act.recorded_ms)),
    steps: Object.fromEntries(names.map((name) => [name, seconds(done.map((act) => act.steps_ms[name] ?? 0))])),
    cpu_s: median(done.map(({ cpu_s }) => cpu_s)),
  };
}

const film = makeFilm(join(root, "..", "shared", "data", "vision", "videos"), join(root, ".greenwave", "bench"));
if (film === null) {
  say("the shared videos are not here: nothing to measure");
  process.exitCode = 2;
} else {
  const folder = mkdtempSync(join(tmpdir(), "greenwave-bench-"));
  try {
    say(`${acts} acts before a camera of ${film.width}x${film.height}, ${film.frames_per_s} pictures a second …`);
    const figures = report(await measure(film.long, folder));
    const { ready, recorded, steps } = figures;
    const both = ({ p50_s, p99_s }: typeof ready): string => `p50 ${p50_s.toFixed(1)} s, p99 ${p99_s.toFixed(1)} s`;
    say(`from the act to a package ready for review: ${both(ready)}`);
    say(
      `of that until the clip is recorded (no way around): ${both(recorded)}; ready takes ${figures.ready_to_recorded.toFixed(2)} of it`,
    );
    for (const [name, took] of Object.entries(steps)) say(`  ${name.padEnd(10)} ${both(took)}`);
    say(
      `processor: ${figures.cpu_s.toFixed(1)} s a package (median); load of the machine ${figures.machine.load.toFixed(1)}`,
    );
    if (asked.json) process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
