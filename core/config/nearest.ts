/** Guesses at what a person meant to write. */

/**
 * Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours each cost one
 * (Damerau 1964, restricted form).
 */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((row[j - 1] ?? 0) + 1, (last[j] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(cost);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}

/** Case and word separators say nothing about what was meant: `speedKmh` is `speed_kmh`. */
const plain = (word: string): string => word.toLowerCase().replaceAll(/[-_\s]/g, "");

/** A longer input is a longer loop; nobody misspells a word of this length. */
const LONGEST_WORD = 80;

function likeness(word: string, candidate: string): number {
  const [a, b] = [plain(word), plain(candidate)];
  // A unit or the end of a word left out (`speed` for `speed_kmh`) is the likeliest slip with our names.
  if (a.length >= 3 && b.startsWith(a)) return 0.5;
  return editDistance(a, b);
}

/** The candidates from most to least alike; equally alike ones keep their order. */
export function byLikeness(word: string, candidates: readonly string[]): readonly string[] {
  const short = word.slice(0, LONGEST_WORD);
  return candidates
    .map((candidate) => ({ candidate, score: likeness(short, candidate) }))
    .sort((x, y) => x.score - y.score)
    .map(({ candidate }) => candidate);
}

/** The one candidate near enough to be meant: at most one slip for every three letters. Null when none is. */
export function nearest(word: string, candidates: readonly string[]): string | null {
  const [best] = byLikeness(word, candidates);
  if (best === undefined || word.length > LONGEST_WORD) return null;
  const allowed = Math.max(1, Math.floor(Math.max(plain(word).length, plain(best).length) / 3));
  return likeness(word, best) <= allowed && plain(word).length > 1 ? best : null;
}
