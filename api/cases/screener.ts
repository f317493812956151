/** Looks at each case whose evidence is settled, before a person does: docs/reference/cases.md. */
import { windowOf_ms } from "../../core/cases/duplicates.ts";
import { type ScreeningRules, screen } from "../../core/cases/screening.ts";
import type { CaseRecord, CaseStore } from "../../core/ports/cases.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Service } from "../../core/ports/service.ts";
import { type Problem, problem, reasonOf } from "../../core/problems/problem.ts";
import { Rounds } from "../service/rounds.ts";

export interface ScreenerOptions {
  readonly cases: Pick<CaseStore, "list" | "step">;
  readonly rules: ScreeningRules;
  readonly clock: Clock;
  readonly log: { warn(words: object, message: string): void };
}

const LOOK_EVERY_MS = 1000;
/** While storage cannot be used. */
const PAUSE_MS = 10_000;
const settled = ["ready", "failed", "deleted"] as const;
const PAGE_CASES = 100;
/** Acts against one rule within a window, of all cameras; beyond, only the newest are compared. */
const COMPARED_CASES = 2000;

export class Screener implements Service {
  readonly #options: ScreenerOptions;
  readonly #rounds: Rounds;
  #problem: Problem | null = null;

  constructor(options: ScreenerOptions) {
    this.#options = options;
    this.#rounds = new Rounds(options.clock, () => this.#round());
  }

  /** Why the newest look failed; null when it did not. */
  problem(): Problem | null {
    return this.#problem;
  }

  start(stop: AbortSignal): Promise<void> {
    return this.#rounds.start(stop);
  }

  close(): Promise<void> {
    return this.#rounds.close();
  }

  /** One look at all that waits: how many cases went on. */
  async look(): Promise<number> {
    let went = 0;
    for (const evidence of settled) {
      const waiting = await this.#options.cases.list({ states: ["detected"], evidence, limit: PAGE_CASES });
      // The earlier act first: of two that tell the same it is the one that stays.
      for (const record of waiting.toReversed()) if (await this.#screen(record)) went += 1;
    }
    return went;
  }

  async #screen(record: CaseRecord): Promise<boolean> {
    const { cases, rules, clock } = this.#options;
    const { rule, at_ms } = record.detection;
    const window_ms = windowOf_ms(rule.id, rules);
    const others = await cases.list({
      rule: rule.id,
      since_ms: at_ms - window_ms,
      // Exclusive there, and a duplicate at the very end of the window is one.
      until_ms: at_ms + window_ms + 1,
      limit: COMPARED_CASES,
    });
    const step = screen(record, others, rules, clock.nowMs());
    if (step === null) return false;
    // A case that somebody else moved meanwhile is looked at again, or not at all.
    return (await cases.step(record.id, step, record.case.steps.length)).ok;
  }

  async #round(): Promise<number> {
    try {
      await this.look();
      this.#problem = null;
      return LOOK_EVERY_MS;
    } catch (error) {
      const reason = reasonOf(error);
      if (this.#problem === null) this.#options.log.warn({ reason }, "cases could not be screened; trying again");
      this.#problem = problem("CASES_NOT_SCREENED", { reason });
      return PAUSE_MS;
    }
  }
}
