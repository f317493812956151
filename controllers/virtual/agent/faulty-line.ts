/** The line between a manager and one device: datagrams get lost, come late, twice, or in another order, as ordered. */
import { evenly, type Faults, scattered } from "./faults.ts";

/** A datagram that waits to be overtaken does not wait for ever. */
const LONGEST_WAIT_MS = 250;

export class FaultyLine {
  faults: Faults = {};
  readonly #loses = evenly();
  readonly #drops = evenly();
  readonly #doubles = evenly();
  readonly #swaps = evenly();
  readonly #scatter = scattered();
  readonly #timers = new Set<NodeJS.Timeout>();
  #held: (() => void) | null = null;

  /** Lets a request through to `deliver`: once, twice, later or not at all. */
  request(deliver: () => void): void {
    if (this.faults.silent === true || this.#loses(this.faults.loseShare)) return;
    const twice = this.#doubles(this.faults.duplicateShare);
    const all = (): void => {
      deliver();
      if (twice) deliver();
    };
    if (this.#held === null && this.#swaps(this.faults.reorderShare)) {
      this.#held = all;
      this.#later(LONGEST_WAIT_MS, () => this.#release());
      return;
    }
    all();
    this.#release();
  }

  /** Lets a reply through to `deliver`. */
  reply(deliver: () => void): void {
    if (this.#drops(this.faults.dropShare)) return;
    const { delay_ms = 0, jitter_ms = 0 } = this.faults;
    const wait_ms = delay_ms + jitter_ms * this.#scatter();
    if (wait_ms === 0) deliver();
    else this.#later(wait_ms, deliver);
  }

  /** Nothing is delivered any more. */
  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#held = null;
  }

  #release(): void {
    const held = this.#held;
    this.#held = null;
    held?.();
  }

  #later(wait_ms: number, then: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      then();
    }, wait_ms);
    this.#timers.add(timer);
  }
}
