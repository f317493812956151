/**
 * What a printed sign may be on a plate. Readers trained on books choose between signs that plate fonts draw alike (O and
 * 0, I and 1) by their neighbours in words, so their choice says little on a plate: its chance is shared out here, and the
 * position in the grammar decides.
 */
import { plateSymbols } from "./symbols.ts";

export interface Meaning {
  readonly symbol: string;
  /** Share of the sign's chance, 0 to 1. */
  readonly share: number;
}

/** Share that goes from the first character to the second; both ways where the font makes no difference. */
const lookalikes: readonly (readonly [string, string, number])[] = [
  ["O", "0", 0.06],
  ["0", "O", 0.12],
  ["I", "1", 0.08],
  ["1", "I", 0.25],
  ["Q", "0", 0.05],
  ["Q", "O", 0.05],
  ["0", "Q", 0.02],
  ["O", "Q", 0.04],
  ["D", "0", 0.02],
  ["0", "D", 0.03],
  ["D", "O", 0.01],
  ["O", "D", 0.02],
  ["D", "Đ", 0.04],
  ["Đ", "D", 0.04],
  ["B", "8", 0.03],
  ["8", "B", 0.06],
  ["3", "8", 0.005],
  ["8", "3", 0.005],
  ["S", "5", 0.02],
  ["5", "S", 0.04],
  ["Z", "2", 0.02],
  ["2", "Z", 0.06],
  ["G", "6", 0.03],
  ["6", "G", 0.04],
  ["C", "G", 0.01],
  ["G", "C", 0.01],
  ["6", "8", 0.004],
  ["8", "6", 0.004],
  ["0", "8", 0.004],
  ["8", "0", 0.02],
  ["L", "1", 0.01],
  ["1", "L", 0.005],
  ["T", "1", 0.003],
  ["1", "T", 0.01],
  ["7", "1", 0.006],
  ["1", "7", 0.006],
  ["T", "7", 0.01],
  ["7", "T", 0.01],
  ["A", "4", 0.01],
  ["4", "A", 0.01],
  ["U", "V", 0.005],
  ["V", "U", 0.005],
  ["V", "Y", 0.005],
  ["Y", "V", 0.01],
  ["M", "N", 0.003],
  ["N", "M", 0.003],
  ["H", "N", 0.004],
  ["N", "H", 0.004],
  ["M", "H", 0.004],
  ["W", "M", 0.003],
  ["E", "F", 0.005],
  ["F", "E", 0.005],
  ["F", "P", 0.004],
  ["P", "F", 0.004],
  ["K", "X", 0.004],
  ["X", "K", 0.004],
  ["J", "3", 0.003],
  ["J", "I", 0.01],
  ["1", "J", 0.02],
  ["0", "U", 0.01],
  ["A", "Ä", 0.01],
  ["O", "Ö", 0.01],
  ["U", "Ü", 0.03],
  ["Ü", "U", 0.1],
];

/** Signs of a book that stand for plate characters. */
const foreign: Readonly<Record<string, readonly Meaning[]>> = {
  "|": [
    { symbol: "1", share: 0.45 },
    { symbol: "I", share: 0.45 },
  ],
  "!": [
    { symbol: "1", share: 0.45 },
    { symbol: "I", share: 0.45 },
  ],
  l: [
    { symbol: "1", share: 0.4 },
    { symbol: "I", share: 0.4 },
    { symbol: "L", share: 0.2 },
  ],
  b: [
    { symbol: "B", share: 0.5 },
    { symbol: "6", share: 0.5 },
  ],
  g: [
    { symbol: "9", share: 0.5 },
    { symbol: "G", share: 0.3 },
  ],
  q: [
    { symbol: "9", share: 0.6 },
    { symbol: "Q", share: 0.2 },
  ],
  "§": [{ symbol: "S", share: 0.5 }],
  $: [{ symbol: "S", share: 0.6 }],
  "€": [{ symbol: "E", share: 0.4 }],
  "£": [{ symbol: "E", share: 0.3 }],
  "¥": [{ symbol: "Y", share: 0.6 }],
  "&": [{ symbol: "8", share: 0.5 }],
  口: [
    { symbol: "0", share: 0.4 },
    { symbol: "O", share: 0.3 },
    { symbol: "D", share: 0.2 },
  ],
  日: [
    { symbol: "8", share: 0.5 },
    { symbol: "B", share: 0.4 },
  ],
  工: [
    { symbol: "I", share: 0.5 },
    { symbol: "1", share: 0.3 },
  ],
  乙: [
    { symbol: "Z", share: 0.6 },
    { symbol: "2", share: 0.3 },
  ],
  丫: [{ symbol: "Y", share: 0.8 }],
};

/** What stands between characters and says nothing but that a character has ended. */
const separators = " -.·•:,;_~'\"`*°/\\^—–+=()[]";

export const isSeparator = (sign: string): boolean => separators.includes(sign);

/** Are these two plate characters easily taken for each other? */
export const areLookalikes = (a: string, b: string): boolean =>
  lookalikes.some(([from, to]) => (from === a && to === b) || (from === b && to === a));

/** How a printed sign is shared out over plate characters; empty when it stands for none. The shares sum to at most 1. */
export function meaningsOf(sign: string): readonly Meaning[] {
  const other = foreign[sign];
  if (other !== undefined) return other;
  const symbol = sign.toUpperCase();
  if (symbol.length !== 1 || !plateSymbols.includes(symbol)) return [];
  const shared = lookalikes.filter(([from]) => from === symbol).map(([, to, share]) => ({ symbol: to, share }));
  const kept = 1 - shared.reduce((sum, { share }) => sum + share, 0);
  return [{ symbol, share: kept }, ...shared];
}
