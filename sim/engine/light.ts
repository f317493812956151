/** What the characters of a signal state mean to whoever drives up to one. */

const code = (text: string): number => text.charCodeAt(0);
const RED = code("r");
const RED_YELLOW = code("u");
const YELLOW = code("y");
const YELLOW_MAJOR = code("Y");
const STOP = code("s");
const STOP_SIGN = code("S");
const ALLWAY = code("w");
const GREEN = code("G");
const GREEN_MINOR = code("g");
const BLINKING = code("o");
const EQUAL = code("=");
const CAPITAL_A = code("A");
const CAPITAL_Z = code("Z");

export const isRed = (state: number): boolean => state === RED || state === RED_YELLOW;
export const isYellow = (state: number): boolean => state === YELLOW || state === YELLOW_MAJOR;
/** Capital letters go first. */
export const hasPriority = (state: number): boolean => state >= CAPITAL_A && state <= CAPITAL_Z;
/** Nobody is told when to go: a dark or blinking signal, or a stop sign for all. */
export const switchedOff = (state: number): boolean => state === BLINKING || state === ALLWAY;
export const isGreen = (state: number): boolean => state === GREEN || state === GREEN_MINOR;
/** Nobody has priority: who comes from the right goes first. */
export const isEqual = (state: number): boolean => state === EQUAL;
/** Two ways close up into one by turns. */
export const isZipper = (state: number): boolean => state === CAPITAL_Z;
export const stopsAll = (state: number): boolean => state === ALLWAY;
/** Everybody has to stand before going on. */
export const needsStop = (state: number): boolean => state === STOP || state === STOP_SIGN || state === ALLWAY;
