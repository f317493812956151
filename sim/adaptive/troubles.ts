/** When and why intersections fell back to their plans, and when they came back. */
import type { SightFault } from "../../core/adaptive/sight-health.ts";

export interface Trouble {
  readonly signal: string;
  /** Whose picture or detector is not believed. */
  readonly lane: string;
  readonly fault: SightFault;
  readonly from_s: number;
  /** Believed again; null: not until the end. */
  readonly to_s: number | null;
}

export class Troubles {
  readonly #all: Trouble[] = [];
  /** By signal and lane: place of what is still going on. */
  readonly #open = new Map<string, number>();

  /** As they began. */
  get all(): readonly Trouble[] {
    return this.#all;
  }

  note(signal: string, lane: string, fault: SightFault | null, now_s: number): void {
    const key = `${signal} ${lane}`;
    const open = this.#open.get(key);
    if (fault !== null && open === undefined) {
      this.#open.set(key, this.#all.push({ signal, lane, fault, from_s: now_s, to_s: null }) - 1);
    } else if (fault === null && open !== undefined) {
      this.#open.delete(key);
      this.#all[open] = { ...(this.#all[open] as Trouble), to_s: now_s };
    }
  }
}
