/**
 * Notices that somebody else changed a device's database, by its checksum, and freezes our writes until somebody has
 * looked and accepted what it holds now. Our own writes move the checksum too: they say so here.
 */
import { type Problem, problem } from "../../core/problems/problem.ts";

export class LocalEdits {
  readonly #controller: string;
  /** What we left or accepted; null until it was read for the first time, or after a write of ours whose end is unknown. */
  #expected: number | null;
  #found: number | null = null;
  #writing = 0;
  /** Readings that were asked for before this moment say nothing about our last write. */
  #settled_ms = Number.NEGATIVE_INFINITY;

  readonly #freezes: boolean;

  constructor(controller: string, expected: number | null = null, freezes = true) {
    this.#controller = controller;
    this.#expected = expected;
    this.#freezes = freezes;
  }

  get expected(): number | null {
    return this.#expected;
  }

  /** What stands against every write of ours; null when all is as we left it, or when somebody else sees to that. */
  get freeze(): Problem | null {
    return this.#freezes ? this.edit : null;
  }

  /** The local edit that nobody has accepted yet. */
  get edit(): Problem | null {
    if (this.#found === null || this.#expected === null || this.#found === this.#expected) return null;
    return problem("LOCAL_EDIT", { controller: this.#controller, expected: this.#expected, found: this.#found });
  }

  /** A checksum that was asked for at `asked_ms`. */
  observe(checksum: number | null, asked_ms: number): void {
    if (checksum === null || this.#writing > 0 || asked_ms < this.#settled_ms) return;
    this.#expected ??= checksum;
    this.#found = checksum;
  }

  /** A write of ours begins. */
  begin(): void {
    this.#writing++;
  }

  /** It has ended, and the device says this; null when it could not be asked: the next reading is taken as it comes. */
  end(checksum: number | null, now_ms: number): void {
    this.#writing--;
    this.#settled_ms = now_ms;
    this.#expected = checksum;
    this.#found = checksum;
  }

  /** Somebody has looked at what the device holds under this checksum. */
  accept(checksum: number): void {
    this.#expected = checksum;
    this.#found = checksum;
  }
}
