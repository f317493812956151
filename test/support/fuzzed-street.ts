/** The whole service on two intersections with two cameras, of which one is driven mad. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { FeedStatus } from "../../core/ports/detection-feed.ts";
import type { ControllerStatus } from "../../core/ports/signal-controller.ts";
import { type FakeFfmpeg, fakeFfmpeg, ffmpegMoods } from "./fake-ffmpeg.ts";
import { FaultyCamera, faults, makeFilms } from "./faulty-camera.ts";
import { eventually, type RunningGreenwave, startGreenwave } from "./greenwave-service.ts";
import { damaged } from "./mutations.ts";
import { descendants, type RunningProcess } from "./processes.ts";
import type { Seeded } from "./seeded.ts";

interface State {
  readonly now_ms: number;
  readonly signals: readonly ControllerStatus[];
  readonly feeds: readonly FeedStatus[];
}

/** A signal's state is read every second or so; a busy machine may be late. */
const stale_ms = 8000;
const answer_ms = 10_000;
const look_ms = 500;

const ordeals = [
  "cable",
  "damaged replies",
  "false ffmpeg",
  "stopped ffmpeg",
  "killed ffmpeg",
  "killed process",
  "stopped process",
] as const;

function siteText(mad: string, sane: string): string {
  const text = readFileSync(fileURLToPath(new URL("../fixtures/first-light.yaml", import.meta.url)), "utf8");
  return text.replace("  - id: eye\n", `  - id: eye\n    source: ${JSON.stringify(mad)}\n`).replace(
    "\ncontrollers:",
    `
  - id: sane
    intersection: second
    source: ${JSON.stringify(sane)}
    interval_s: 10
    lines: [{ id: sane-line, lane: second-west, from: [0.2, 0.5], to: [0.8, 0.5] }]

controllers:`,
  );
}

export class FuzzedStreet {
  readonly complaints: string[] = [];
  readonly #service: RunningGreenwave;
  readonly #camera: FaultyCamera;
  readonly #ffmpeg: FakeFfmpeg;
  readonly #chance: Seeded;
  readonly #counts = new Map<string, number>();
  #saneSince_ms = 0;

  private constructor(service: RunningGreenwave, camera: FaultyCamera, ffmpeg: FakeFfmpeg, chance: Seeded) {
    this.#service = service;
    this.#camera = camera;
    this.#ffmpeg = ffmpeg;
    this.#chance = chance;
  }

  static async open(folder: string, chance: Seeded): Promise<FuzzedStreet> {
    const films = makeFilms(folder);
    const camera = await FaultyCamera.start(films, null);
    const ffmpeg = fakeFfmpeg(folder, "/usr/bin/ffmpeg", "wide.mp4");
    const site = join(folder, "site.yaml");
    // What a site file must not hold, a password, comes from the environment.
    writeFileSync(site, siteText("unused", films.wide).replace('source: "unused"', "source_env: MAD_CAMERA"));
    const environment = { ...process.env, PATH: ffmpeg.path, MAD_CAMERA: camera.url };
    const service = await startGreenwave(join(folder, "data"), ["--site", site], environment);
    const street = new FuzzedStreet(service, camera, ffmpeg, chance);
    await street.#bothLive();
    return street;
  }

  /** One ordeal after the other, while somebody looks at the street. Resolves with how many of each kind there were. */
  async endure(time_ms: number): Promise<Readonly<Record<string, number>>> {
    const end_ms = Date.now() + time_ms;
    const ended = new AbortController();
    const looking = this.#look(ended.signal);
    while (Date.now() < end_ms) {
      const ordeal = this.#chance.pick(ordeals);
      this.#counts.set(ordeal, (this.#counts.get(ordeal) ?? 0) + 1);
      await this.#suffer(ordeal);
    }
    ended.abort();
    await looking;
    return Object.fromEntries(this.#counts);
  }

  /** All is well again: both cameras see, and nothing is left of what was killed. */
  async expectRecovery(): Promise<void> {
    this.#ffmpeg.be("real", Buffer.alloc(0), Buffer.alloc(0));
    await this.#bothLive();
  }

  async close(): Promise<void> {
    await this.#service.stop();
    await this.#camera.close();
  }

  async #bothLive(): Promise<void> {
    const live = ({ feeds }: State): boolean =>
      feeds.filter(({ phase, frames_per_s, origin }) => origin === "camera" && phase === "live" && frames_per_s > 0)
        .length === 2;
    const { feeds } = await eventually("two live cameras", () => this.#service.json<State>("/api/state"), live, 90_000);
    this.#saneSince_ms = feeds.find(({ feed }) => feed === "sane")?.since_ms ?? 0;
  }

  async #suffer(ordeal: (typeof ordeals)[number]): Promise<void> {
    const chance = this.#chance;
    const hold_ms = chance.between(200, 4000);
    switch (ordeal) {
      case "cable": {
        const fault = chance.pick(faults);
        await fault.begin(this.#camera, chance);
        await pause(hold_ms);
        await fault.end?.(this.#camera);
        break;
      }
      case "damaged replies":
        this.#camera.cable.garble((bytes) => (chance.next() < 0.3 ? damaged(bytes, chance) : bytes));
        await this.#camera.server.order("drop");
        await pause(hold_ms);
        await this.#camera.cable.restore();
        break;
      case "false ffmpeg":
        this.#ffmpeg.be(chance.pick(ffmpegMoods), rubbish(chance), rubbish(chance));
        for (const { pid } of this.#below("mad ffmpeg")) kill(pid, "SIGKILL");
        await pause(hold_ms);
        this.#ffmpeg.be("real", Buffer.alloc(0), Buffer.alloc(0));
        break;
      case "stopped ffmpeg":
        for (const { pid } of this.#below("mad ffmpeg")) kill(pid, "SIGSTOP");
        await pause(hold_ms);
        break;
      case "killed ffmpeg":
        for (const { pid } of this.#below("mad ffmpeg")) kill(pid, "SIGKILL");
        await pause(hold_ms);
        break;
      case "killed process":
        for (const { pid } of this.#below("mad process"))
          kill(pid, chance.pick(["SIGKILL", "SIGSEGV", "SIGABRT", "SIGTERM"]));
        await pause(hold_ms);
        break;
      case "stopped process":
        for (const { pid } of this.#below("mad process")) kill(pid, "SIGSTOP");
        await pause(hold_ms);
        for (const { pid } of this.#below("mad process")) kill(pid, "SIGCONT");
        break;
    }
  }

  /** The mad camera's process is the one without the sane camera's ffmpeg below it. */
  #below(which: "mad ffmpeg" | "mad process"): readonly RunningProcess[] {
    const all = descendants(this.#service.ready.pid);
    const sane = all.find(({ command }) => command.includes("wide.mp4"));
    const cameras = all.filter(({ pid, command }) => command.includes("camera.child") && pid !== sane?.parent);
    if (sane === undefined) return [];
    if (which === "mad process") return cameras;
    return all.filter(({ parent }) => cameras.some(({ pid }) => pid === parent));
  }

  async #look(ended: AbortSignal): Promise<void> {
    while (!ended.aborted) {
      await pause(look_ms);
      const complaint = await this.#complaint().catch((error: unknown) => `no answer: ${String(error)}`);
      if (complaint !== null) this.complaints.push(complaint);
    }
  }

  async #complaint(): Promise<string | null> {
    const { process: main, ready } = this.#service;
    if (main.exitCode !== null || main.signalCode !== null) return `the main process ended: ${this.#service.log()}`;
    const answer = await fetch(new URL("/api/state", ready.url), { signal: AbortSignal.timeout(answer_ms) });
    const { now_ms, signals, feeds } = (await answer.json()) as State;
    if (signals.length !== 2) return `${signals.length} signals`;
    const old = signals.find(({ at_ms }) => now_ms - at_ms > stale_ms);
    if (old !== undefined) return `the signal of ${old.intersection} was read ${now_ms - old.at_ms} ms ago`;
    const sane = feeds.find(({ feed }) => feed === "sane");
    if (sane?.phase !== "live" || sane.since_ms !== this.#saneSince_ms)
      return `the other camera: ${JSON.stringify(sane)}`;
    return null;
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const rubbish = (chance: Seeded): Buffer =>
  Buffer.from(Array.from({ length: chance.below(3000) }, () => chance.below(256)));

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended by itself meanwhile.
  }
}
