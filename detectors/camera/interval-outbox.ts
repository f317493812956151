/**
 * Finished intervals on their way to storage, oldest first. One is forgotten only once storage has said it has it;
 * what storage refuses is offered again, later and later. When too many wait, the oldest are dropped and counted.
 */
import type { Clock } from "../../core/ports/clock.ts";
import { backoff_ms } from "../source/backoff.ts";

export interface IntervalOutboxOptions<T> {
  /** Resolves once the interval is stored. */
  readonly store: (interval: T) => Promise<void>;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly chance: () => number;
}

/** Hours of a camera with several lanes. */
const mostWaiting = 1000;

export class IntervalOutbox<T> {
  readonly #options: IntervalOutboxOptions<T>;
  readonly #waiting: T[] = [];
  readonly #ended = new AbortController();
  #delivery: Promise<void> | null = null;
  /** Why the newest try failed; null when it did not. */
  trouble: string | null = null;
  /** Given up since the trouble began. */
  dropped = 0;

  constructor(options: IntervalOutboxOptions<T>) {
    this.#options = options;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  add(interval: T): void {
    if (this.#waiting.length >= mostWaiting) {
      this.#waiting.shift();
      this.dropped += 1;
    }
    this.#waiting.push(interval);
    this.#delivery ??= this.#deliver().finally(() => {
      this.#delivery = null;
    });
  }

  /** Offers what waits once more; resolves when all is stored or the first is refused. */
  async finish(): Promise<void> {
    this.#ended.abort();
    await this.#delivery;
    await this.#deliver();
  }

  async #deliver(): Promise<void> {
    let attempt = 0;
    for (let head = this.#waiting[0]; head !== undefined; head = this.#waiting[0]) {
      if (await this.#offer(head)) {
        attempt = 0;
        continue;
      }
      if (this.#ended.signal.aborted) return;
      await this.#pause(attempt);
      attempt += 1;
    }
    this.dropped = 0;
  }

  async #offer(interval: T): Promise<boolean> {
    try {
      await this.#options.store(interval);
    } catch (error) {
      this.trouble = error instanceof Error ? error.message : String(error);
      return false;
    }
    this.trouble = null;
    // It may have been dropped meanwhile.
    if (this.#waiting[0] === interval) this.#waiting.shift();
    return true;
  }

  async #pause(attempt: number): Promise<void> {
    const { clock, chance } = this.#options;
    await clock.sleep(backoff_ms(attempt, chance()), this.#ended.signal).catch((error: unknown) => {
      if (!this.#ended.signal.aborted) throw error;
    });
  }
}
