/** Counts greens and waits, phase by phase, from what is called and what is lit; it knows nothing of why. */
import type { PhaseReport } from "../../core/proposals/shadow-report.ts";

interface Spans {
  count: number;
  sum_ds: number;
  longest_ds: number;
}

interface Tally {
  readonly phase: number;
  readonly greens: Spans;
  readonly waits: Spans;
  green: boolean;
  /** Null for a green that had begun before the first look. */
  greenSince_ds: number | null;
  waitingSince_ds: number | null;
}

const none = (): Spans => ({ count: 0, sum_ds: 0, longest_ds: 0 });

function add(spans: Spans, length_ds: number): void {
  spans.count += 1;
  spans.sum_ds += length_ds;
  spans.longest_ds = Math.max(spans.longest_ds, length_ds);
}

const mean_s = ({ count, sum_ds }: Spans): number | null => (count === 0 ? null : Math.round(sum_ds / count) / 10);
const longest_s = ({ count, longest_ds }: Spans): number | null => (count === 0 ? null : longest_ds / 10);

export class PhaseTally {
  readonly #tallies: readonly Tally[];
  #last_ds = 0;

  constructor(phases: readonly number[]) {
    this.#tallies = phases.map((phase) => ({
      phase,
      greens: none(),
      waits: none(),
      green: false,
      greenSince_ds: null,
      waitingSince_ds: null,
    }));
  }

  /** A detector of the phase goes on: whoever comes to a green does not wait. */
  called(phase: number, at_ds: number): void {
    const tally = this.#tallies.find((each) => each.phase === phase);
    if (tally !== undefined && !tally.green) tally.waitingSince_ds ??= at_ds;
  }

  /** `greens`: bit 0 is phase 1. */
  look(at_ds: number, greens: number): void {
    this.#last_ds = at_ds;
    for (const tally of this.#tallies) {
      const green = ((greens >> (tally.phase - 1)) & 1) === 1;
      if (green === tally.green) continue;
      tally.green = green;
      if (!green) {
        if (tally.greenSince_ds !== null) add(tally.greens, at_ds - tally.greenSince_ds);
        continue;
      }
      tally.greenSince_ds = at_ds;
      if (tally.waitingSince_ds !== null) add(tally.waits, at_ds - tally.waitingSince_ds);
      tally.waitingSince_ds = null;
    }
  }

  /** Whoever still waits has waited until now: a call that was never served is the longest wait of all. */
  phases(): readonly PhaseReport[] {
    return this.#tallies.map(({ phase, greens, waits, waitingSince_ds }) => {
      const all = { ...waits };
      if (waitingSince_ds !== null) add(all, this.#last_ds - waitingSince_ds);
      return {
        phase,
        greens: greens.count,
        mean_green_s: mean_s(greens),
        longest_green_s: longest_s(greens),
        calls: all.count,
        mean_wait_s: mean_s(all),
        longest_wait_s: longest_s(all),
      };
    });
  }
}
