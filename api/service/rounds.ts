/** Work that comes round again: a round, a pause, and so on until it is ended. */
import type { Clock } from "../../core/ports/clock.ts";
import type { Service } from "../../core/ports/service.ts";

export class Rounds implements Service {
  readonly #clock: Clock;
  readonly #round: () => Promise<number>;
  readonly #ended = new AbortController();
  #running: Promise<void> = Promise.resolve();

  /** `round` never rejects, and resolves with how long to pause after it, ms. */
  constructor(clock: Clock, round: () => Promise<number>) {
    this.#clock = clock;
    this.#round = round;
  }

  /** Aborted once no further round is to begin. */
  get ended(): AbortSignal {
    return this.#ended.signal;
  }

  /** The first round goes on while the service begins to work. */
  start(stop: AbortSignal): Promise<void> {
    if (stop.aborted) this.#ended.abort();
    stop.addEventListener("abort", () => this.#ended.abort(), { once: true });
    this.#running = this.#run();
    return Promise.resolve();
  }

  /** Resolves when the round under way is over. */
  async close(): Promise<void> {
    this.#ended.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#ended;
    while (!signal.aborted) {
      const pause_ms = await this.#round();
      await this.#clock.sleep(pause_ms, signal).catch((error: unknown) => {
        if (!signal.aborted) throw error;
      });
    }
  }
}
