/** Plate formats as data: what a country lets stand where. */

import type { PlateGround } from "./ground.ts";

/** A run of characters from one set, or one word of a list. */
export type Slot =
  | { readonly kind: "run"; readonly symbols: string; readonly least: number; readonly most: number }
  | { readonly kind: "word"; readonly words: readonly string[] };

export const plateLayouts = ["one-line", "two-line"] as const;
export type PlateLayout = (typeof plateLayouts)[number];

export interface PlateFormat {
  /** Unique within its country, such as `motorcycle-letter-digit`. */
  readonly id: string;
  readonly slots: readonly Slot[];
  readonly layouts: readonly PlateLayout[];
  /** Two-line plates break after this many slots, one entry for each way it is done; absent: between any two. */
  readonly breaksAfter?: readonly number[];
  /** Colours of its ground; absent: any. */
  readonly grounds?: readonly PlateGround[];
  /** Does a blue strip run along the upper edge? Absent: seldom, or the vehicle is blue there. */
  readonly strip?: "always" | "never";
  /** Share of the country's plates that follow this format, roughly; the sum over a country is 1. */
  readonly share: number;
}

export interface CountryGrammar {
  /** ISO 3166-1 alpha-2, lower case. */
  readonly country: string;
  readonly formats: readonly PlateFormat[];
}

export const digit = "0123456789";
export const letter = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

export const digits = (least: number, most: number = least): Slot => ({ kind: "run", symbols: digit, least, most });

export const letters = (least: number, most: number = least, symbols: string = letter): Slot => ({
  kind: "run",
  symbols,
  least,
  most,
});

export const word = (...words: readonly string[]): Slot => ({ kind: "word", words });

/** Words written in one string with spaces between. */
export const words = (list: string): Slot => ({ kind: "word", words: list.trim().split(/\s+/) });

/**
 * Slots from a short form: `A` any letter, `#` any digit, everything else itself. `AAA####` is three letters and four
 * digits.
 */
export function shape(form: string): readonly Slot[] {
  const runs = form.match(/A+|#+|[^A#]+/g) ?? [];
  return runs.map((run) => {
    if (run.startsWith("A")) return letters(run.length);
    return run.startsWith("#") ? digits(run.length) : word(run);
  });
}

/**
 * Natural logarithm of the chance that a plate of this format bears `text`: every length of a run is as likely as any
 * other, and so is every character. Negative infinity when it does not fit. `firstLine` is the number of characters on
 * the first of two lines; absent for one line.
 */
export function logChance(format: PlateFormat, text: string, firstLine?: number): number {
  const layout = firstLine === undefined ? "one-line" : "two-line";
  if (!format.layouts.includes(layout)) return Number.NEGATIVE_INFINITY;
  return chanceFrom(format, 0, [...text], 0, firstLine);
}

/** `broken`: the line break is behind us. */
function chanceFrom(
  format: PlateFormat,
  slot: number,
  text: readonly string[],
  at: number,
  firstLine: number | undefined,
  broken = false,
): number {
  const here = format.slots[slot];
  if (here === undefined) {
    return at === text.length && broken === (firstLine !== undefined) ? 0 : Number.NEGATIVE_INFINITY;
  }
  const breaksHere = !broken && at === firstLine && mayBreakAfter(format, slot);
  let best = breaksHere ? chanceFrom(format, slot, text, at, firstLine, true) : Number.NEGATIVE_INFINITY;
  for (const { length, cost } of fits(here, text, at)) {
    best = Math.max(best, cost + chanceFrom(format, slot + 1, text, at + length, firstLine, broken));
  }
  return best;
}

/** Every way the slot can take characters from `at` on. */
function fits(slot: Slot, text: readonly string[], at: number): { length: number; cost: number }[] {
  if (slot.kind === "word") {
    const cost = -Math.log(slot.words.length);
    return slot.words
      .filter((each) => [...each].every((symbol, i) => text[at + i] === symbol))
      .map((each) => ({ length: [...each].length, cost }));
  }
  const ways: { length: number; cost: number }[] = [];
  const perSymbol = Math.log(slot.symbols.length);
  const lengths = Math.log(slot.most - slot.least + 1);
  for (let length = 0; length <= slot.most; length++) {
    if (length > 0 && !slot.symbols.includes(text[at + length - 1] ?? " ")) break;
    if (length >= slot.least) ways.push({ length, cost: -lengths - length * perSymbol });
  }
  return ways;
}

/** May the first of two lines end after `slots` slots? */
export function mayBreakAfter(format: PlateFormat, slots: number): boolean {
  return format.breaksAfter?.includes(slots) ?? (slots > 0 && slots < format.slots.length);
}

/** Does the text fit the format, on whatever layout? */
export function fitsFormat(format: PlateFormat, text: string): boolean {
  return Number.isFinite(logChance({ ...format, layouts: ["one-line"] }, text));
}
