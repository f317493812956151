/** What each rule has said since the service started: how many acts, and why it would not judge how many more. */
import { type Language, type Problem, sentence } from "../../core/problems/problem.ts";
import type { Refusal } from "../../core/violations/ruling.ts";

export interface RuleReport {
  readonly place: string;
  readonly violations: number;
  readonly newest_ms: number | null;
  readonly refusals: readonly {
    readonly code: string;
    readonly count: number;
    readonly newest_ms: number;
    /** Of the newest. */
    readonly message: string;
  }[];
}

interface Counted {
  count: number;
  newest_ms: number;
  reason: Problem;
}

export class RuleTally {
  readonly place: string;
  #violations = 0;
  #newest_ms: number | null = null;
  /** By code: their number is that of the catalogue. */
  readonly #refusals = new Map<string, Counted>();

  constructor(place: string) {
    this.place = place;
  }

  violated(at_ms: number): void {
    this.#violations += 1;
    this.#newest_ms = at_ms;
  }

  refused({ at_ms, reason }: Pick<Refusal, "at_ms" | "reason">): void {
    const count = (this.#refusals.get(reason.code)?.count ?? 0) + 1;
    this.#refusals.set(reason.code, { count, newest_ms: at_ms, reason });
  }

  report(language: Language): RuleReport {
    return {
      place: this.place,
      violations: this.#violations,
      newest_ms: this.#newest_ms,
      refusals: [...this.#refusals].map(([code, { count, newest_ms, reason }]) => ({
        code,
        count,
        newest_ms,
        message: sentence(reason, language),
      })),
    };
  }
}
