/** What the letters of a signal's states mean to a plan: a letter for each link, as SUMO writes them. */

export const isGreen = (letter: string | undefined): boolean => letter === "G" || letter === "g";
export const isYellow = (letter: string | undefined): boolean => letter === "y" || letter === "Y";
/** Shown before a green in some countries; nobody may go yet. */
export const isRedYellow = (letter: string | undefined): boolean => letter === "u";

export const greens = (state: string): number[] =>
  [...state].flatMap((letter, link) => (isGreen(letter) ? [link] : []));

/** A state, and for how long. */
export interface TimedState {
  readonly duration_s: number;
  readonly state: string;
}
