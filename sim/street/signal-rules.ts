/** What a signal's own program says may be shown together, and for how long its yellow and all-red last. */
import type { Crossing, SignalPhase, SignalProgram } from "../network/road-network.ts";

/** Letters of links that may be driven: with priority, without, after a stop; and the yellow after them. */
const letters = "Ggsy";
const kinds = letters.length;

export const isGreen = (letter: string | undefined): boolean => letter === "G" || letter === "g";
const isYellow = (letter: string | undefined): boolean => letter === "y" || letter === "Y";
const kindOf = (letter: string | undefined): number => (isYellow(letter) ? 3 : letters.indexOf(letter ?? "r"));

export interface SignalRules {
  /** Letters in a state. */
  readonly size: number;
  /** States with green and no yellow, in the program's order, each once. */
  readonly stages: readonly string[];
  /** By link index. */
  readonly yellow_s: readonly number[];
  /** By link index: of a crossing for people, from the end of its walk until others may cross it; 0 of all else. */
  readonly walk_s: readonly number[];
  /** With everybody at red between conflicting greens. */
  readonly allRed_s: number;
  /** Does some phase show link `a` that letter and link `b` that one? */
  together(a: number, letterA: string, b: number, letterB: string): boolean;
}

/** Seconds of the longest yellow of each link; where it never shows one, of the signal's longest. */
function yellows(phases: readonly SignalPhase[], size: number): number[] {
  const longest = Array.from({ length: size }, (_, link) => {
    let [most, run] = [0, 0];
    // Twice around: a yellow may begin before the program's first phase.
    for (const { state, duration_s } of [...phases, ...phases]) {
      run = isYellow(state[link]) ? run + duration_s : 0;
      most = Math.max(most, run);
    }
    return most;
  });
  const usual = Math.max(0, ...longest);
  return longest.map((each) => (each === 0 ? usual : each));
}

/** All pairs of links and letters of all phases. */
function pairsOf(phases: readonly SignalPhase[], size: number): SignalRules["together"] {
  const side = size * kinds;
  const seen = new Uint8Array(side * side);
  for (const { state } of phases) {
    const shown = [...state].flatMap((letter, link) => (kindOf(letter) === -1 ? [] : [link * kinds + kindOf(letter)]));
    for (const a of shown) for (const b of shown) seen[a * side + b] = 1;
  }
  return (a, letterA, b, letterB) => seen[(a * kinds + kindOf(letterA)) * side + b * kinds + kindOf(letterB)] === 1;
}

const darkest = ({ state }: SignalPhase): boolean => !/[gGyY]/.test(state);

/** Who has just stepped off the kerb comes over at this pace, m/s (MUTCD 2009, 4E.06: 3.5 feet a second). */
const walking_m_s = 1.07;

/** `yellow_s`: in place of the program's own, without any all-red. `crossings`: those of the signal. */
export function signalRules(
  { phases }: SignalProgram,
  yellow_s: number | null,
  crossings: readonly Pick<Crossing, "index" | "length_m">[] = [],
): SignalRules {
  const size = Math.max(...phases.map(({ state }) => state.length));
  const allRed = phases.filter(darkest).map(({ duration_s }) => duration_s);
  return {
    size,
    stages: [...new Set(phases.map(({ state }) => state).filter((state) => /[gG]/.test(state) && !/[yY]/.test(state)))],
    yellow_s: yellow_s === null ? yellows(phases, size) : new Array<number>(size).fill(yellow_s),
    walk_s: Array.from({ length: size }, (_, link) =>
      Math.max(0, ...crossings.map(({ index, length_m }) => (index === link ? Math.ceil(length_m / walking_m_s) : 0))),
    ),
    allRed_s: yellow_s === null && allRed.length > 0 ? Math.min(...allRed) : 0,
    together: pairsOf(phases, size),
  };
}
