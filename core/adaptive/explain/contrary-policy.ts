/** A policy that once, at one moment, does what it decided against: to see what that would have come to. */
import type { Decision, Policy } from "../policy.ts";
import type { JunctionSight } from "../sight.ts";

/** Where a change was decided the stage is kept for so long: as long as any green lasts. */
const kept_s = 5;

export interface Contrary {
  readonly at_s: number;
  readonly stage: number;
  readonly decided: Decision;
  /** Shown instead. */
  readonly instead: number;
}

export class ContraryPolicy implements Policy {
  readonly #policy: Policy;
  readonly #now_s: () => number;
  readonly #from_s: number;
  #contrary: Contrary | null = null;

  /** From `from_s` on, at the first decision that has another choice. */
  constructor(policy: Policy, from_s: number, now_s: () => number) {
    this.#policy = policy;
    this.#from_s = from_s;
    this.#now_s = now_s;
  }

  /** Null until then. */
  get contrary(): Contrary | null {
    return this.#contrary;
  }

  look(sight: JunctionSight, stage: number, dt_s: number): void {
    this.#policy.look(sight, stage, dt_s);
  }

  decide(sight: JunctionSight, stage: number, shown_s: number): Decision {
    const decided = this.#policy.decide(sight, stage, shown_s);
    const now_s = this.#now_s();
    if (this.#contrary === null && now_s >= this.#from_s) {
      const instead = decided.stage === stage ? decided.alternative : stage;
      if (instead !== decided.stage) this.#contrary = { at_s: now_s, stage, decided, instead };
    }
    if (this.#contrary === null || now_s >= this.#contrary.at_s + kept_s) return decided;
    return { ...decided, stage: this.#contrary.instead };
  }
}
