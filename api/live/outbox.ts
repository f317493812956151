/**
 * What one reader has not been sent yet. A newer message replaces the older one it supersedes, so a slow reader costs
 * at most one message per thing; past the limit everything is forgotten and the reader is due a fresh snapshot.
 */
import { keyOf, type LiveTopic, type LiveTopics } from "./topics.ts";

export interface Batch {
  readonly topic: LiveTopic;
  readonly messages: readonly unknown[];
}

export const OUTBOX_LIMIT = 2000;

export class Outbox {
  readonly #topics: ReadonlySet<LiveTopic>;
  readonly #pending = new Map<LiveTopic, Map<string, unknown>>();
  #size = 0;
  #overflowed = false;

  constructor(topics: Iterable<LiveTopic>) {
    this.#topics = new Set(topics);
  }

  put<T extends LiveTopic>(topic: T, message: LiveTopics[T]): void {
    if (this.#overflowed || !this.#topics.has(topic)) return;
    const key = keyOf[topic](message);
    const waiting = this.#pending.get(topic) ?? new Map<string, unknown>();
    if (!waiting.has(key)) this.#size += 1;
    waiting.set(key, message);
    this.#pending.set(topic, waiting);
    if (this.#size > OUTBOX_LIMIT) {
      this.clear();
      this.#overflowed = true;
    }
  }

  /** Everything waiting, oldest topic first; the outbox is empty afterwards. */
  take(): readonly Batch[] {
    const batches = [...this.#pending].map(([topic, waiting]) => ({ topic, messages: [...waiting.values()] }));
    this.#pending.clear();
    this.#size = 0;
    return batches;
  }

  /** True once messages were forgotten: only a snapshot tells the reader the truth again. */
  get overflowed(): boolean {
    return this.#overflowed;
  }

  /** Forgets what waits because a snapshot taken from now on contains it. */
  clear(): void {
    this.#pending.clear();
    this.#size = 0;
    this.#overflowed = false;
  }
}
