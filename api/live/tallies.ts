/** Crossings per counting line since the service started: what a reader who joins late, or slowly, still gets right. */
import type { Crossing } from "../../core/ports/detection-feed.ts";
import type { VehicleClass } from "../../core/traffic/vehicle-class.ts";

export interface LineTally {
  readonly feed: string;
  readonly line: string;
  readonly forward: number;
  readonly backward: number;
  readonly by_class: Readonly<Partial<Record<VehicleClass, number>>>;
  /** Of the newest crossing; null before the first. */
  readonly last_at_ms: number | null;
}

export interface KnownLine {
  readonly feed: string;
  readonly line: string;
}

export class Tallies {
  readonly #lines = new Map<string, LineTally>();

  /** Only lines the site file states are counted, which also bounds the table. */
  constructor(lines: readonly KnownLine[]) {
    for (const { feed, line } of lines) {
      this.#lines.set(`${feed}/${line}`, { feed, line, forward: 0, backward: 0, by_class: {}, last_at_ms: null });
    }
  }

  /** The line's new tally, or null for a line nobody declared. */
  add(crossing: Crossing): LineTally | null {
    const key = `${crossing.feed}/${crossing.line}`;
    const before = this.#lines.get(key);
    if (before === undefined) return null;
    const after: LineTally = {
      ...before,
      [crossing.direction]: before[crossing.direction] + 1,
      by_class: { ...before.by_class, [crossing.class]: (before.by_class[crossing.class] ?? 0) + 1 },
      last_at_ms: crossing.at_ms,
    };
    this.#lines.set(key, after);
    return after;
  }

  all(): readonly LineTally[] {
    return [...this.#lines.values()];
  }
}
