/** What the characters of a signal state mean to whoever drives up to one. */

const code = (text: string): number => text.charCodeAt(0);
const [RED, RED_YELLOW, YELLOW, YELLOW_MAJOR, STOP, STOP_SIGN, ALLWAY] = [..."ruyYsSw"].map(code) as [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
];
const GREEN_MINOR = code("g");
const CAPITAL_A = code("A");
const CAPITAL_Z = code("Z");

export const isRed = (state: number): boolean => state === RED || state === RED_YELLOW;
export const isYellow = (state: number): boolean => state === YELLOW || state === YELLOW_MAJOR;
/** Capital letters go first. */
export const hasPriority = (state: number): boolean => state >= CAPITAL_A && state <= CAPITAL_Z;
/** May go, but after whoever has priority: then the table of the junction, made for a dark signal, does not count. */
export const givesWay = (state: number): boolean => state === GREEN_MINOR || needsStop(state);
/** Everybody has to stand before going on. */
export const needsStop = (state: number): boolean => state === STOP || state === STOP_SIGN || state === ALLWAY;
