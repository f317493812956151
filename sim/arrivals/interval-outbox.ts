/** Finished intervals on their way to storage, oldest first. One is forgotten only once storage has said it has it. */
import type { DetectionSink } from "../../core/ports/detection-feed.ts";
import type { FlowInterval } from "../../core/traffic/flow-interval.ts";

/** Some hours of a corridor. When full, the owner stops making more. */
const MOST_WAITING = 20_000;

export class IntervalOutbox {
  readonly #waiting: FlowInterval[] = [];
  readonly #store: DetectionSink["flowInterval"];
  #delivery: Promise<void> | null = null;
  /** Why the last attempt failed; null when it did not. */
  #trouble: string | null = null;

  constructor(store: DetectionSink["flowInterval"]) {
    this.#store = store;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  get full(): boolean {
    return this.#waiting.length >= MOST_WAITING;
  }

  get trouble(): string | null {
    return this.#trouble;
  }

  add(interval: FlowInterval): void {
    this.#waiting.push(interval);
  }

  /** Offers what waits, one after the other, until one is refused; that one is offered first the next time. */
  deliver(): Promise<void> {
    this.#delivery ??= this.#offer().finally(() => {
      this.#delivery = null;
    });
    return this.#delivery;
  }

  async #offer(): Promise<void> {
    let stored = 0;
    this.#trouble = null;
    try {
      for (const count = this.#waiting.length; stored < count; stored += 1) {
        const interval = this.#waiting[stored];
        if (interval !== undefined) await this.#store(interval);
      }
    } catch (error) {
      this.#trouble = error instanceof Error ? error.message : String(error);
    } finally {
      this.#waiting.splice(0, stored);
    }
  }
}
