/**
 * Inside the time window the standard takes a captured SET for a fresh one (RFC 3414 section 1.2.2 leaves it so). This
 * device executes every authentic SET once: a copy of the very last one, from where it came and soon after, is a
 * retransmission and gets the same answer; any other copy is refused like one from outside the window.
 */

/** Managers repeat within seconds. */
const RETRANSMISSION_MS = 10_000;
/** Longest time that a message stays inside the window: as far ahead as behind. */
const REMEMBERED_S = 300;
/** SETs remembered; more within five minutes are refused until the oldest have left the window. */
const MOST_REMEMBERED = 16_384;

type Verdict = "new" | "repeat" | "replay";

interface Last {
  readonly digest: string;
  readonly from: string;
  readonly at_ms: number;
  readonly reply: Buffer;
}

export class ReplayGuard {
  /** Digest of the message to the engine's time when it came, in the order of coming. */
  readonly #seen = new Map<string, number>();
  #last: Last | null = null;

  /** What an authentic SET is; a new one is remembered. */
  admit(digest: string, from: string, time_s: number, now_ms: number): Verdict {
    for (const [old, since_s] of this.#seen) {
      if (time_s - since_s <= REMEMBERED_S) break;
      this.#seen.delete(old);
    }
    if (!this.#seen.has(digest)) {
      if (this.#seen.size >= MOST_REMEMBERED) return "replay";
      this.#seen.set(digest, time_s);
      return "new";
    }
    const last = this.#last;
    const again = last?.digest === digest && last.from === from && now_ms - last.at_ms <= RETRANSMISSION_MS;
    return again ? "repeat" : "replay";
  }

  /** The answer to the SET just executed. */
  answered(last: Last): void {
    this.#last = last;
  }

  /** The answer to the last SET. */
  get reply(): Buffer | null {
    return this.#last?.reply ?? null;
  }

  /** After a restart the count of starts protects. */
  clear(): void {
    this.#seen.clear();
    this.#last = null;
  }
}
