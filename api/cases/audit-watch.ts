/** Walks the audit when the service starts and once a day, and says so when it does not hold. */
import type { Audit } from "../../core/ports/audit.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Service } from "../../core/ports/service.ts";
import { type Problem, problem } from "../../core/problems/problem.ts";

const DAY_MS = 86_400_000;

export interface AuditWatchOptions {
  readonly audit: Pick<Audit, "verify">;
  readonly clock: Clock;
  readonly log: { error(words: object, message: string): void };
}

export class AuditWatch implements Service {
  readonly #options: AuditWatchOptions;
  readonly #ended = new AbortController();
  #running: Promise<void> = Promise.resolve();
  #problem: Problem | null = null;

  constructor(options: AuditWatchOptions) {
    this.#options = options;
  }

  problem(): Problem | null {
    return this.#problem;
  }

  /** The first walk goes on while the service begins to work: a broken audit is told, and stops nothing. */
  start(stop: AbortSignal): Promise<void> {
    stop.addEventListener("abort", () => this.#ended.abort(), { once: true });
    this.#running = this.#run();
    return Promise.resolve();
  }

  async close(): Promise<void> {
    this.#ended.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { clock, log } = this.#options;
    while (!this.#ended.signal.aborted) {
      await this.#walk().catch((error: unknown) => log.error({ err: error }, "the audit could not be walked"));
      await clock.sleep(DAY_MS, this.#ended.signal).catch((error: unknown) => {
        if (!this.#ended.signal.aborted) throw error;
      });
    }
  }

  async #walk(): Promise<void> {
    const { audit, log } = this.#options;
    const { entries, broken_at, fault } = await audit.verify();
    if (broken_at === null) {
      this.#problem = null;
      return;
    }
    this.#problem = problem("AUDIT_BROKEN", { at: broken_at, entries, fault: fault ?? "-" });
    log.error({ at: broken_at, fault }, "the audit does not verify");
  }
}
