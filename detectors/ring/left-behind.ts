/** Recordings that no recorder looks after: of cameras that left the site file, or whose recording was switched off. */
import { existsSync } from "node:fs";
import { readdir, rmdir } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../../core/ports/clock.ts";
import type { Service } from "../../core/ports/service.ts";
import { type Problem, problem } from "../../core/problems/problem.ts";
import { keepWithin, sweep } from "./retention.ts";

export interface LeftBehindOptions {
  /** That of all cameras. */
  readonly folder: string;
  /** Cameras whose recorders look after their own. */
  readonly recorded: ReadonlySet<string>;
  /** How long pictures of the others may stay, unless held; 0 for a camera that is not to be recorded. */
  readonly keep_h: (camera: string) => number;
  readonly clock: Clock;
}

export interface LeftBehind extends Service {
  /** Why old pictures could not be removed; null while they could. */
  problem(): Problem | null;
}

const every_ms = 600_000;

class RecordingsLeftBehind implements LeftBehind {
  readonly #options: LeftBehindOptions;
  #timer: NodeJS.Timeout | null = null;
  #round: Promise<void> = Promise.resolve();
  #problem: Problem | null = null;

  constructor(options: LeftBehindOptions) {
    this.#options = options;
  }

  problem(): Problem | null {
    return this.#problem;
  }

  async start(): Promise<void> {
    this.#timer = setInterval(() => {
      this.#round = this.#round.then(() => this.#look());
    }, every_ms);
    this.#timer.unref();
    this.#round = this.#look();
    await this.#round;
  }

  async close(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.#round;
  }

  async #look(): Promise<void> {
    const { folder, recorded } = this.#options;
    try {
      const entries = existsSync(folder) ? await readdir(folder, { withFileTypes: true }) : [];
      for (const entry of entries) if (entry.isDirectory() && !recorded.has(entry.name)) await this.#tidy(entry.name);
      this.#problem = null;
    } catch (error) {
      const reason = (error as NodeJS.ErrnoException).code ?? String(error);
      this.#problem = problem("RECORDINGS_STAY", { folder, reason });
    }
  }

  async #tidy(camera: string): Promise<void> {
    const { folder, keep_h, clock } = this.#options;
    const own = join(folder, camera);
    await sweep(own);
    const limits = { keep_ms: keep_h(camera) * 3_600_000, keep_bytes: Number.POSITIVE_INFINITY, writing: false };
    await keepWithin(own, limits, clock.nowMs());
    if ((await readdir(own)).length === 0) await rmdir(own);
  }
}

/** Looks when it is started and every ten minutes. */
export const tidyLeftBehind = (options: LeftBehindOptions): LeftBehind => new RecordingsLeftBehind(options);
