/**
 * Watches lamps the way a conflict monitor does: from the site file's own seconds, with no code of the machine or of
 * the validator. Each rule broken becomes one sentence.
 */
import type { Intersection } from "../../../../core/network/schema.ts";
import type { Lamps } from "../../../../core/signal/machine/machine.ts";

type Colour = "green" | "yellow" | "red";
type Figure = "walk" | "ped_clear" | "dont_walk";

interface Seen {
  readonly number: number;
  readonly bit: number;
  readonly yellow: number;
  readonly red: number;
  readonly minGreen: number;
  readonly walk: number;
  readonly pedClear: number;
  colour: Colour;
  since: number;
  figure: Figure;
  figureSince: number;
  greenEnd: number;
}

const tenths = (seconds: number): number => Math.round(seconds * 10);

interface Watched {
  readonly phases: readonly Seen[];
  /** For each phase, who must have ended before it and how long ago. */
  readonly waits: readonly (readonly { readonly from: Seen; readonly ds: number }[])[];
  readonly wrong: (got: number, need: number) => boolean;
  readonly faults: string[];
}

/** `exactly`: no interval is longer than it must be. `at_least`: orders from outside may lengthen them. */
export type Strictness = "exactly" | "at_least";

export function makeWatcher({ signal }: Intersection, strictness: Strictness = "exactly") {
  const phases = signal.phases.map((phase) => firstSight(signal, phase));
  const compatible = compatiblePairs(signal.rings);
  const waits = phases.map((to) =>
    phases
      .filter((from) => from !== to && !compatible.has(`${from.number}/${to.number}`))
      .map((from) => ({ from, ds: waitBetween(signal, from, to) })),
  );
  const wrong =
    strictness === "exactly" ? (got: number, need: number) => got !== need : (got: number, need: number) => got < need;
  const watched: Watched = { phases, waits, wrong, faults: [] };
  return { faults: watched.faults, look: (lamps: Lamps, step: number) => look(watched, lamps, step) };
}

type Signal = Intersection["signal"];

function firstSight(signal: Signal, phase: Signal["phases"][number]): Seen {
  const clearance = signal.clearances.find((c) => c.phase === phase.number);
  return {
    number: phase.number,
    bit: 2 ** (phase.number - 1),
    yellow: tenths(clearance?.yellow_s ?? Number.NaN),
    red: tenths(clearance?.red_clear_s ?? Number.NaN),
    minGreen: tenths(phase.min_green_s),
    walk: tenths(phase.walk_s),
    pedClear: tenths(phase.ped_clear_s),
    colour: "red",
    since: -1e6,
    figure: "dont_walk",
    figureSince: -1e6,
    greenEnd: -1e6,
  };
}

function waitBetween(signal: Signal, from: Seen, to: Seen): number {
  const stated = signal.conflicts.map((c) => {
    if (c.a === from.number && c.b === to.number) return tenths(c.intergreen_ab_s ?? 0);
    return c.b === from.number && c.a === to.number ? tenths(c.intergreen_ba_s ?? 0) : 0;
  });
  return Math.max(from.yellow + from.red, ...stated);
}

function look(watched: Watched, lamps: Lamps, step: number): void {
  const now = watched.phases.map((phase) => colourOf(lamps, phase));
  // Ends before begins, so that a green and the end of its rival in the same tenth are seen in order.
  for (const begins of [false, true]) {
    for (const [i, phase] of watched.phases.entries()) {
      const colour = now[i] ?? "red";
      if (colour !== phase.colour && (colour === "green") === begins) changeColour(watched, i, colour, step);
    }
  }
  for (const phase of watched.phases) {
    const figure = figureOf(lamps, phase);
    if (figure !== phase.figure) changeFigure(watched, phase, figure, step);
    if (figure !== "dont_walk" && phase.colour !== "green") {
      watched.faults.push(`phase ${phase.number} at ${step}: ${figure} on ${phase.colour}`);
    }
  }
}

function changeColour({ phases, waits, wrong, faults }: Watched, i: number, next: Colour, step: number): void {
  const phase = phases[i];
  if (phase === undefined) throw new Error(`no phase ${i}`);
  const shown = step - phase.since;
  const fault = (what: string) => faults.push(`phase ${phase.number} at ${step}: ${what}`);
  const order = { red: "green", green: "yellow", yellow: "red" }[phase.colour];
  if (next !== order) fault(`${phase.colour} straight to ${next}`);
  if (phase.colour === "green") {
    if (shown < phase.minGreen) fault(`green of ${shown}, not ${phase.minGreen}`);
    phase.greenEnd = step;
  }
  if (phase.colour === "yellow" && wrong(shown, phase.yellow)) fault(`yellow of ${shown}, not ${phase.yellow}`);
  for (const { from, ds } of next === "green" ? (waits[i] ?? []) : []) {
    if (from.colour !== "red") fault(`green against phase ${from.number} in ${from.colour}`);
    if (step - from.greenEnd < ds) fault(`${step - from.greenEnd} after phase ${from.number}, not ${ds}`);
  }
  phase.colour = next;
  phase.since = step;
}

function changeFigure({ wrong, faults }: Watched, phase: Seen, next: Figure, step: number): void {
  const shown = step - phase.figureSince;
  const fault = (what: string) => faults.push(`phase ${phase.number} at ${step}: ${what}`);
  const order = { dont_walk: "walk", walk: "ped_clear", ped_clear: "dont_walk" }[phase.figure];
  if (next !== order) fault(`${phase.figure} straight to ${next}`);
  if (phase.figure === "walk" && wrong(shown, phase.walk)) fault(`walk of ${shown}, not ${phase.walk}`);
  if (phase.figure === "ped_clear" && wrong(shown, phase.pedClear))
    fault(`clearance of ${shown}, not ${phase.pedClear}`);
  if (next === "walk" && phase.walk === 0) fault("walk where nobody walks");
  phase.figure = next;
  phase.figureSince = step;
}

function colourOf({ greens, yellows }: Lamps, { bit }: Seen): Colour {
  if ((greens & bit) !== 0) return "green";
  return (yellows & bit) !== 0 ? "yellow" : "red";
}

function figureOf({ walks, pedClears }: Lamps, { bit }: Seen): Figure {
  if ((walks & bit) !== 0) return "walk";
  return (pedClears & bit) !== 0 ? "ped_clear" : "dont_walk";
}

/** Phases of one barrier group in different rings; all others exclude each other. */
function compatiblePairs(rings: Intersection["signal"]["rings"]): ReadonlySet<string> {
  const places = rings.flatMap((ring, r) => ring.flatMap((group, g) => group.map((number) => ({ number, r, g }))));
  const together = places.flatMap((a) => places.filter((b) => a.r !== b.r && a.g === b.g).map((b) => [a, b] as const));
  return new Set(together.map(([a, b]) => `${a.number}/${b.number}`));
}
