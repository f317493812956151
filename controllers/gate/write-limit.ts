/**
 * How many requests that write may leave this process: for one device and for all of them. A loop that has gone wrong is
 * stopped here, whatever it believes. Buckets of tokens that fill with time; giving a device back costs none.
 */
import type { Clock } from "../../core/ports/clock.ts";
import { type Problem, problem } from "../../core/problems/problem.ts";

interface Rate {
  /** Requests at once. */
  readonly burst: number;
  readonly per_s: number;
}

export interface WriteRates {
  readonly device: Rate;
  readonly all: Rate;
}

/**
 * A whole database is some 200 requests and one plan 10, so that one device may get two databases at once; a city of 166
 * gets a plan each in a minute (28 requests a second) with ten times that to spare.
 */
const usualRates: WriteRates = {
  device: { burst: 400, per_s: 10 },
  all: { burst: 12_000, per_s: 300 },
};

interface Bucket {
  tokens: number;
  at_ms: number;
}

export class WriteLimit {
  readonly #clock: Clock;
  readonly #rates: WriteRates;
  readonly #devices = new Map<string, Bucket>();
  readonly #all: Bucket;

  constructor(clock: Clock, rates: WriteRates = usualRates) {
    this.#clock = clock;
    this.#rates = rates;
    this.#all = { tokens: rates.all.burst, at_ms: clock.nowMs() };
  }

  /** Takes one request's room, or says why there is none. */
  take(controller: string): Problem | null {
    const { device, all } = this.#rates;
    const own = this.#devices.get(controller) ?? { tokens: device.burst, at_ms: this.#clock.nowMs() };
    this.#devices.set(controller, own);
    this.#fill(own, device);
    this.#fill(this.#all, all);
    if (own.tokens < 1) return problem("WRITES_TOO_MANY", { controller, per_s: device.per_s });
    if (this.#all.tokens < 1) return problem("WRITES_TOO_MANY", { controller, per_s: all.per_s });
    own.tokens -= 1;
    this.#all.tokens -= 1;
    return null;
  }

  /** A clock that was set back fills nothing. */
  #fill(bucket: Bucket, { burst, per_s }: Rate): void {
    const now_ms = this.#clock.nowMs();
    const passed_s = Math.max(0, now_ms - bucket.at_ms) / 1000;
    bucket.tokens = Math.min(burst, bucket.tokens + passed_s * per_s);
    bucket.at_ms = now_ms;
  }
}
