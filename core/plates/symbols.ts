/** The characters that stand on plates, and a plate's text in the one form in which it is compared. */

/** Digits, Latin capitals, and the letters beyond them that the known grammars use: Đ (Viet Nam), Ä, Ö, Ü (Germany). */
export const plateSymbols = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZĐÄÖÜ";

export const symbolCount = plateSymbols.length;

const indices = new Map([...plateSymbols].map((symbol, index) => [symbol, index]));

/** Position in `plateSymbols`, or -1. */
export const symbolIndex = (symbol: string): number => indices.get(symbol) ?? -1;

/** Upper case, without separators and line breaks; what is no plate character is dropped. */
export function normalisedPlate(text: string): string {
  return [...text.normalize("NFC").toUpperCase()].filter((symbol) => indices.has(symbol)).join("");
}
