/** Whom a search means: one plate, one that was misread in a character, or a plate of which a part is known. */
import { normalisedPlate, plateSymbols } from "./symbols.ts";

export const traceMatches = ["exact", "near", "partial"] as const;
export type TraceMatch = (typeof traceMatches)[number];

/** `*` stands for any number of characters, `?` for one. */
const anySeveral = "*";
const anyOne = "?";

/** Shorter texts are no plates; a pattern that names fewer characters would ask for everybody. */
export const wantedCharacters = { plate: 4, most: 12, pattern: 3 } as const;

/** The text and all that differ from it by one character changed, missing or added: 1 + 76 n + 40 for n characters. */
export function oneOff(text: string): ReadonlySet<string> {
  const signs = [...text];
  const texts = new Set([text]);
  const put = (at: number, instead: number, symbol: string): void => {
    texts.add([...signs.slice(0, at), symbol, ...signs.slice(at + instead)].join(""));
  };
  for (let at = 0; at <= signs.length; at++) {
    for (const symbol of plateSymbols) put(at, 0, symbol);
    if (at === signs.length) continue;
    put(at, 1, "");
    for (const symbol of plateSymbols) put(at, 1, symbol);
  }
  return texts;
}

/** Upper case, without separators; the wildcards stay. */
export function normalisedPattern(text: string): string {
  const parts = text.split(/([*?])/);
  return parts.map((part) => (part === anySeveral || part === anyOne ? part : normalisedPlate(part))).join("");
}

/** How many characters the pattern names. */
export const namedIn = (pattern: string): number =>
  [...pattern].filter((sign) => sign !== anySeveral && sign !== anyOne).length;

/** Does the whole text fit? Time grows with the product of both lengths, whatever the pattern. */
export function fitsPattern(pattern: string, text: string): boolean {
  const signs = [...text];
  /** Which beginnings of the text the pattern so far fits, by their length. */
  let fits = signs.map(() => false);
  fits.unshift(true);
  for (const sign of pattern) {
    if (sign === anySeveral) {
      const first = fits.indexOf(true);
      fits = fits.map((_, length) => first >= 0 && length >= first);
    } else {
      fits = fits.map(
        (_, length) => length > 0 && fits[length - 1] === true && (sign === anyOne || sign === signs[length - 1]),
      );
    }
  }
  return fits.at(-1) === true;
}
