/** What an embedded engine does not do by itself: checkpoints, vacuum, and forgetting old detector events. */
import type { Clock } from "../../core/ports/clock.ts";
import { type Problem, problem, thrownProblem } from "../../core/problems/problem.ts";
import { deleteDetectorEvents } from "./event-log.ts";
import type { DatabaseSql } from "./sql.ts";

/**
 * PostgreSQL's own default. PGlite has no checkpointer: without this the log grows until the process ends, and the
 * start after a `kill -9` replays all of it.
 */
const UPKEEP_EVERY_MS = 5 * 60_000;
const DAY_MS = 86_400_000;

export interface UpkeepOptions {
  readonly sql: DatabaseSql;
  readonly clock: Clock;
  /** Names the database in a problem. */
  readonly folder: string;
  readonly keepEventsDays: number;
}

export class Upkeep {
  readonly #options: UpkeepOptions;
  readonly #stop = new AbortController();
  readonly #running: Promise<void>;
  #forgotAt_ms = Number.NEGATIVE_INFINITY;
  #problem: Problem | null = null;

  /** Starts at once; the first round comes after one pause, to leave the start of the service alone. */
  constructor(options: UpkeepOptions) {
    this.#options = options;
    this.#running = this.#run();
  }

  /** Why the latest round failed; null when it did not. */
  get problem(): Problem | null {
    return this.#problem;
  }

  /** Idempotent. Resolves when the round under way, if any, has ended. */
  async close(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (await this.#pause()) await this.#round();
  }

  /** False when it is time to stop. */
  async #pause(): Promise<boolean> {
    try {
      await this.#options.clock.sleep(UPKEEP_EVERY_MS, this.#stop.signal);
    } catch (error) {
      if (!this.#stop.signal.aborted) throw error;
    }
    return !this.#stop.signal.aborted;
  }

  async #round(): Promise<void> {
    const { sql, clock, folder, keepEventsDays } = this.#options;
    try {
      const now_ms = clock.nowMs();
      if (now_ms - this.#forgotAt_ms >= DAY_MS) {
        await deleteDetectorEvents(sql, now_ms - keepEventsDays * DAY_MS, this.#stop.signal);
        await sql.vacuum();
        this.#forgotAt_ms = now_ms;
      }
      await sql.checkpoint();
      this.#problem = null;
    } catch (error) {
      const again_min = UPKEEP_EVERY_MS / 60_000;
      this.#problem = thrownProblem(error, (reason) => problem("UPKEEP_FAILED", { folder, reason, again_min }));
    }
  }
}
