/** The likeliest texts of a grammar for what a reader saw: prefix beam search over connectionist temporal lattices. */
import { dead, type PlateAutomaton } from "./automaton.ts";
import { type Lattice, latticeWidth } from "./lattice.ts";
import { plateSymbols, symbolCount } from "./symbols.ts";

export interface Hypothesis {
  /** One text for each line. */
  readonly lines: readonly string[];
  /** Natural logarithm of its chance, summed over the alignments that the beam kept. */
  readonly logChance: number;
}

/** A text so far. Its chance is split by whether its last step was blank, as equal neighbours join only without one. */
class Prefix {
  readonly parent: Prefix | null;
  /** Number of the last symbol; -1 at the start and after a line break. */
  readonly symbol: number;
  readonly state: number;
  readonly children = new Map<number, Prefix>();
  blank = 0;
  open = 0;
  nextBlank = 0;
  nextOpen = 0;

  constructor(parent: Prefix | null, symbol: number, state: number) {
    this.parent = parent;
    this.symbol = symbol;
    this.state = state;
  }

  get chance(): number {
    return this.blank + this.open;
  }

  get linesSoFar(): string[] {
    const lines = this.parent?.linesSoFar ?? [""];
    if (this.parent === null) return lines;
    if (this.symbol === -1) return [...lines, ""];
    return [...lines.slice(0, -1), `${lines.at(-1)}${plateSymbols[this.symbol]}`];
  }
}

export interface BeamSettings {
  /** Prefixes kept after each step. */
  readonly width: number;
  /** Characters of a smaller chance are not tried at a step. */
  readonly leastChance: number;
}

const usualBeam: BeamSettings = { width: 20, leastChance: 1e-5 };

/** A prefix so much less likely than the best never catches up. */
const HOPELESS = 1e-9;

/** A step this sure of showing nothing new changes no prefix's rank. */
const SURELY_BLANK = 0.9995;

/**
 * Complete texts of the automaton, best first. `lines` are read from top to bottom; between them every prefix must be at
 * a place where its format breaks. Hannun et al., "First-Pass Large Vocabulary Continuous Speech Recognition using
 * Bi-Directional Recurrent DNNs" (2014), with the automaton for the language model.
 */
export function searchTexts(
  automaton: PlateAutomaton,
  lines: readonly Lattice[],
  settings: BeamSettings = usualBeam,
): Hypothesis[] {
  const root = new Prefix(null, -1, automaton.start);
  root.blank = 1;
  let beam: Prefix[] = [root];
  let scale = 0;
  lines.forEach((line, index) => {
    if (index > 0) beam = broken(beam, automaton);
    for (let step = 0; step < line.steps && beam.length > 0; step++) {
      const at = step * latticeWidth;
      if ((line.chances[at] as number) >= SURELY_BLANK) {
        settle(beam);
        continue;
      }
      beam = advanced(beam, automaton, line.chances, at, settings);
      scale += normalise(beam);
    }
  });
  return beam
    .filter(({ state, chance }) => chance > 0 && automaton.accepts(state))
    .sort((a, b) => b.chance - a.chance)
    .map((prefix) => ({ lines: prefix.linesSoFar, logChance: Math.log(prefix.chance) + scale }));
}

/** Every prefix goes on to the next line, where its grammar lets it. */
function broken(beam: readonly Prefix[], automaton: PlateAutomaton): Prefix[] {
  return beam.flatMap((prefix) => {
    const state = automaton.afterBreak(prefix.state);
    if (state === dead) return [];
    const next = new Prefix(prefix, -1, state);
    next.blank = prefix.chance;
    return [next];
  });
}

function settle(beam: readonly Prefix[]): void {
  for (const prefix of beam) {
    prefix.blank += prefix.open;
    prefix.open = 0;
  }
}

function advanced(
  beam: readonly Prefix[],
  automaton: PlateAutomaton,
  chances: Float64Array,
  at: number,
  { width, leastChance }: BeamSettings,
): Prefix[] {
  const touched = new Set<Prefix>(beam);
  for (const prefix of beam) {
    prefix.nextBlank += prefix.chance * (chances[at] as number);
    if (prefix.symbol >= 0) prefix.nextOpen += prefix.open * (chances[at + 1 + prefix.symbol] as number);
    for (let symbol = 0; symbol < symbolCount; symbol++) {
      const chance = chances[at + 1 + symbol] as number;
      const child = chance < leastChance ? null : childOf(prefix, symbol, automaton);
      if (child === null) continue;
      touched.add(child);
      child.nextOpen += (symbol === prefix.symbol ? prefix.blank : prefix.chance) * chance;
    }
  }
  return likeliest(touched, width);
}

/** Takes the step's chances over; only the `width` likeliest prefixes keep theirs. */
function likeliest(touched: ReadonlySet<Prefix>, width: number): Prefix[] {
  for (const prefix of touched) {
    prefix.blank = prefix.nextBlank;
    prefix.open = prefix.nextOpen;
    prefix.nextBlank = 0;
    prefix.nextOpen = 0;
  }
  let best = 0;
  for (const { chance } of touched) best = Math.max(best, chance);
  const ranked = [...touched].filter(({ chance }) => chance > best * HOPELESS).sort((a, b) => b.chance - a.chance);
  const kept = new Set(ranked.slice(0, width));
  for (const prefix of touched) {
    if (kept.has(prefix)) continue;
    prefix.blank = 0;
    prefix.open = 0;
  }
  return [...kept];
}

function childOf(prefix: Prefix, symbol: number, automaton: PlateAutomaton): Prefix | null {
  const known = prefix.children.get(symbol);
  if (known !== undefined) return known;
  const state = automaton.after(prefix.state, symbol);
  if (state === dead) return null;
  const child = new Prefix(prefix, symbol, state);
  prefix.children.set(symbol, child);
  return child;
}

/** Scales the beam to a sum of 1, so that long lines do not underflow; returns the logarithm of what was taken out. */
function normalise(beam: readonly Prefix[]): number {
  const sum = beam.reduce((total, prefix) => total + prefix.chance, 0);
  if (sum === 0) return 0;
  for (const prefix of beam) {
    prefix.blank /= sum;
    prefix.open /= sum;
  }
  return Math.log(sum);
}
