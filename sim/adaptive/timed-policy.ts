/** A policy with a watch beside it: how long looking and deciding take together. */
import type { Decision, Policy } from "../../core/adaptive/policy.ts";
import type { JunctionSight } from "../../core/adaptive/sight.ts";

/** All that was measured of one run. */
export class DecisionTimes {
  #times_ms = new Float64Array(4096);
  #count = 0;

  add(time_ms: number): void {
    if (this.#count === this.#times_ms.length) {
      const more = new Float64Array(2 * this.#count);
      more.set(this.#times_ms);
      this.#times_ms = more;
    }
    this.#times_ms[this.#count] = time_ms;
    this.#count += 1;
  }

  get count(): number {
    return this.#count;
  }

  /** `share` 0 to 1 of all are no longer; null where nothing was decided. */
  quantile_ms(share: number): number | null {
    if (this.#count === 0) return null;
    const sorted = this.#times_ms.slice(0, this.#count).toSorted();
    return sorted[Math.min(this.#count - 1, Math.floor(share * this.#count))] as number;
  }
}

export class TimedPolicy implements Policy {
  readonly #policy: Policy;
  readonly #times: DecisionTimes;
  #looked_ms = 0;

  constructor(policy: Policy, times: DecisionTimes) {
    this.#policy = policy;
    this.#times = times;
  }

  look(sight: JunctionSight, stage: number, dt_s: number): void {
    const began_ms = performance.now();
    this.#policy.look(sight, stage, dt_s);
    this.#looked_ms = performance.now() - began_ms;
  }

  decide(sight: JunctionSight, stage: number, shown_s: number): Decision {
    const began_ms = performance.now();
    const decision = this.#policy.decide(sight, stage, shown_s);
    this.#times.add(this.#looked_ms + performance.now() - began_ms);
    return decision;
  }
}
