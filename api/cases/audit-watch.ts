/** Walks the audit when the service starts and once a day, and says so when it does not hold. */
import type { Audit } from "../../core/ports/audit.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Service } from "../../core/ports/service.ts";
import { type Problem, problem } from "../../core/problems/problem.ts";
import { Rounds } from "../service/rounds.ts";

const DAY_MS = 86_400_000;

export interface AuditWatchOptions {
  readonly audit: Pick<Audit, "verify">;
  readonly clock: Clock;
  readonly log: { error(words: object, message: string): void };
}

export class AuditWatch implements Service {
  readonly #options: AuditWatchOptions;
  readonly #rounds: Rounds;
  #problem: Problem | null = null;

  constructor(options: AuditWatchOptions) {
    this.#options = options;
    this.#rounds = new Rounds(options.clock, () => this.#round());
  }

  problem(): Problem | null {
    return this.#problem;
  }

  /** A broken audit is told, and stops nothing. */
  start(stop: AbortSignal): Promise<void> {
    return this.#rounds.start(stop);
  }

  close(): Promise<void> {
    return this.#rounds.close();
  }

  async #round(): Promise<number> {
    const { log } = this.#options;
    await this.#walk().catch((error: unknown) => log.error({ err: error }, "the audit could not be walked"));
    return DAY_MS;
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
