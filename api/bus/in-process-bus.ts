/** The bus inside one process: delivery at once, in the order of subscription. */
import type { Bus, Topic, Topics } from "../../core/ports/bus.ts";

/** Far above what the service subscribes; reaching it means that somebody forgets to unsubscribe. */
const LISTENERS_PER_TOPIC = 1000;

type Listener<T extends Topic> = (message: Topics[T]) => unknown;

export interface BusOptions {
  readonly log: { error(words: object, message: string): void };
}

/**
 * Nothing is queued, so nothing can pile up: who cannot keep up must keep its own bounded queue. Publishing after
 * `close` does nothing, because cameras may still speak while the service stops.
 */
export class InProcessBus implements Bus {
  readonly #log: BusOptions["log"];
  readonly #listeners = new Map<Topic, Set<{ readonly hear: Listener<never> }>>();
  #closed = false;

  constructor({ log }: BusOptions) {
    this.#log = log;
  }

  publish<T extends Topic>(topic: T, message: Topics[T]): void {
    // A copy, because a listener may unsubscribe itself or others while it is told.
    for (const entry of [...(this.#listeners.get(topic) ?? [])]) {
      if (this.#listeners.get(topic)?.has(entry)) this.#tell(topic, entry.hear as Listener<T>, message);
    }
  }

  /** Throws when a topic has 1000 listeners: a leak. The same function may be subscribed twice and hears twice. */
  subscribe<T extends Topic>(topic: T, listener: (message: Topics[T]) => void): () => void {
    if (this.#closed) return () => {};
    const listeners = this.#listeners.get(topic) ?? new Set();
    if (listeners.size >= LISTENERS_PER_TOPIC) {
      throw new Error(`topic ${topic} has ${LISTENERS_PER_TOPIC} listeners: one of them does not unsubscribe`);
    }
    const entry = { hear: listener as Listener<never> };
    listeners.add(entry);
    this.#listeners.set(topic, listeners);
    return () => {
      listeners.delete(entry);
    };
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const listeners of this.#listeners.values()) listeners.clear();
  }

  #tell<T extends Topic>(topic: T, hear: Listener<T>, message: Topics[T]): void {
    const logFailure = (error: unknown) => this.#log.error({ err: error, topic }, "a bus listener failed");
    try {
      const outcome = hear(message);
      if (outcome instanceof Promise) outcome.catch(logFailure);
    } catch (error) {
      logFailure(error);
    }
  }
}
