/**
 * Watches the lights of a rehearsal and judges them by the intersection's own matrix and times. It reads outputs
 * alone, tenth of a second by tenth of a second, and shares no arithmetic with the machine that makes them.
 * What it saw before its first look is unknown: durations already running then are not judged.
 */
import type { Intersection } from "../../core/network/schema.ts";
import { type Problem, problem } from "../../core/problems/problem.ts";
import type { PhaseOutput } from "../../core/signal/machine/types.ts";
import type { SignalSpec } from "../../core/signal/schema.ts";

type Indication = PhaseOutput["indication"];
type Walk = PhaseOutput["walk"];

interface Needs {
  readonly min_green_ds: number;
  readonly yellow_ds: number;
  readonly red_clear_ds: number;
  readonly walk_ds: number;
  readonly ped_clear_ds: number;
}

interface Watched {
  readonly phase: number;
  readonly needs: Needs;
  /** Phases that must never run with this one, and the least time from their end of green to this one's start. */
  readonly foes: ReadonlyMap<number, number>;
  indication: Indication;
  walk: Walk;
  /** When the present indication and walk began; null when before the first look. */
  since_ds: number | null;
  walk_since_ds: number | null;
  green_ended_ds: number | null;
  green_began_ds: number | null;
}

const ds = (value_s: number): number => Math.round(value_s * 10);

function needsOf(signal: SignalSpec, number: number): Needs {
  const phase = signal.phases.find((candidate) => candidate.number === number);
  const clearance = signal.clearances.find((candidate) => candidate.phase === number);
  // A phase without its own words is judged by the strictest there are, never by none.
  return {
    min_green_ds: ds(phase?.min_green_s ?? 255),
    yellow_ds: ds(clearance?.yellow_s ?? 6),
    red_clear_ds: ds(clearance?.red_clear_s ?? 6),
    walk_ds: ds(phase?.walk_s ?? 255),
    ped_clear_ds: ds(phase?.ped_clear_s ?? 255),
  };
}

/** Phases of one ring follow each other, and so do phases on two sides of a barrier: both are conflicts too. */
function mayRunTogether(signal: SignalSpec, a: number, b: number): boolean {
  if (signal.conflicts.some((pair) => (pair.a === a && pair.b === b) || (pair.a === b && pair.b === a))) return false;
  const [homeA, homeB] = [a, b].map((phase) =>
    signal.rings.flatMap((groups, ring) =>
      groups.flatMap((members, group) => (members.includes(phase) ? [{ ring, group }] : [])),
    ),
  );
  const [first, second] = [homeA?.[0], homeB?.[0]];
  return first !== undefined && second !== undefined && first.ring !== second.ring && first.group === second.group;
}

/** End of green of `from` to start of green of `to`. */
function intergreen_ds(signal: SignalSpec, from: number, to: number): number {
  const { yellow_ds, red_clear_ds } = needsOf(signal, from);
  const stated = signal.conflicts.flatMap((pair) => {
    if (pair.a === from && pair.b === to) return [ds(pair.intergreen_ab_s ?? 0)];
    return pair.b === from && pair.a === to ? [ds(pair.intergreen_ba_s ?? 0)] : [];
  });
  return Math.max(yellow_ds + red_clear_ds, ...stated);
}

export class StreetJudge {
  readonly #intersection: Intersection;
  readonly #phases: readonly Watched[];
  readonly #problems = new Map<string, Problem>();
  #pattern = 0;
  #now_ds: number | null = null;

  constructor(intersection: Intersection) {
    this.#intersection = intersection;
    const { signal } = intersection;
    const numbers = signal.phases.map((phase) => phase.number);
    this.#phases = numbers.map((phase) => ({
      phase,
      needs: needsOf(signal, phase),
      foes: new Map(
        numbers
          .filter((other) => other !== phase && !mayRunTogether(signal, phase, other))
          .map((other) => [other, intergreen_ds(signal, other, phase)]),
      ),
      indication: "red",
      walk: "dont_walk",
      since_ds: null,
      walk_since_ds: null,
      green_ended_ds: null,
      green_began_ds: null,
    }));
  }

  /** The first of each kind of fault per phase. */
  get problems(): readonly Problem[] {
    return [...this.#problems.values()];
  }

  /** Start of the newest green of a phase; null before the first one seen. */
  greenBegan_ds(phase: number): number | null {
    return this.#phases.find((watched) => watched.phase === phase)?.green_began_ds ?? null;
  }

  /** One look at the street. `pattern` is the one running, for the words of a problem. */
  look(at_ds: number, pattern: number, outputs: readonly PhaseOutput[]): void {
    this.#pattern = pattern;
    const first = this.#now_ds === null;
    this.#now_ds = at_ds;
    for (const watched of this.#phases) {
      const output = outputs.find((candidate) => candidate.phase === watched.phase);
      const indication = output?.indication ?? "red";
      const walk = output?.walk ?? "dont_walk";
      if (first) {
        watched.indication = indication;
        watched.walk = walk;
        continue;
      }
      if (walk !== watched.walk) this.#walkTurned(watched, walk, at_ds);
      if (indication !== watched.indication) this.#lightTurned(watched, indication, at_ds);
      if (walk !== "dont_walk" && indication !== "green")
        this.#cut(watched, "pedestrian service outside the green", 0, 1);
    }
    this.#judgeTogether(at_ds);
  }

  #judgeTogether(at_ds: number): void {
    for (const watched of this.#phases) {
      if (watched.indication === "red") continue;
      for (const other of this.#phases) {
        if (other.phase <= watched.phase || other.indication === "red" || !watched.foes.has(other.phase)) continue;
        const words = { intersection: this.#intersection.id, pattern: this.#pattern, at_s: at_ds / 10 };
        this.#note(`together ${watched.phase} ${other.phase}`, "REHEARSED_CONFLICT", {
          ...words,
          a: watched.phase,
          b: other.phase,
        });
      }
    }
  }

  #lightTurned(watched: Watched, to: Indication, at_ds: number): void {
    const { indication: from, needs } = watched;
    const lasted_ds = watched.since_ds === null ? null : at_ds - watched.since_ds;
    if (from === "green") {
      watched.green_ended_ds = at_ds;
      this.#need(watched, "green", lasted_ds, needs.min_green_ds);
      if (to === "red") this.#cut(watched, "yellow", 0, needs.yellow_ds);
    } else if (from === "yellow") {
      this.#need(watched, "yellow", lasted_ds, needs.yellow_ds);
      if (to === "green") this.#cut(watched, "red clearance", 0, needs.red_clear_ds);
    } else if (to === "yellow") {
      this.#cut(watched, "green", 0, needs.min_green_ds);
    }
    if (to === "green") this.#greenBegan(watched, at_ds);
    watched.indication = to;
    watched.since_ds = at_ds;
  }

  #greenBegan(watched: Watched, at_ds: number): void {
    watched.green_began_ds = at_ds;
    for (const [foe, least_ds] of watched.foes) {
      const ended_ds = this.#phases.find((other) => other.phase === foe)?.green_ended_ds ?? null;
      if (ended_ds === null || at_ds - ended_ds >= least_ds) continue;
      const words = { intersection: this.#intersection.id, pattern: this.#pattern, a: foe, b: watched.phase };
      const times = { got_s: (at_ds - ended_ds) / 10, need_s: least_ds / 10 };
      this.#note(`clearance ${foe} ${watched.phase}`, "REHEARSED_CLEARANCE", { ...words, ...times });
    }
  }

  #walkTurned(watched: Watched, to: Walk, at_ds: number): void {
    const { walk: from, needs } = watched;
    const lasted_ds = watched.walk_since_ds === null ? null : at_ds - watched.walk_since_ds;
    if (from === "walk") {
      this.#need(watched, "walk", lasted_ds, needs.walk_ds);
      if (to === "dont_walk") this.#cut(watched, "pedestrian clearance", 0, needs.ped_clear_ds);
    } else if (from === "ped_clear") {
      this.#need(watched, "pedestrian clearance", lasted_ds, needs.ped_clear_ds);
    } else if (to === "ped_clear") {
      this.#cut(watched, "walk", 0, needs.walk_ds);
    }
    watched.walk = to;
    watched.walk_since_ds = at_ds;
  }

  #need(watched: Watched, what: string, lasted_ds: number | null, need_ds: number): void {
    if (lasted_ds !== null && lasted_ds < need_ds) this.#cut(watched, what, lasted_ds, need_ds);
  }

  #cut(watched: Watched, what: string, got_ds: number, need_ds: number): void {
    if (got_ds >= need_ds) return;
    const words = { intersection: this.#intersection.id, pattern: this.#pattern, phase: watched.phase, what };
    this.#note(`${what} ${watched.phase}`, "REHEARSED_CUT", { ...words, got_s: got_ds / 10, need_s: need_ds / 10 });
  }

  #note(key: string, code: Parameters<typeof problem>[0], words: Parameters<typeof problem>[1]): void {
    if (!this.#problems.has(key)) this.#problems.set(key, problem(code, words));
  }
}
