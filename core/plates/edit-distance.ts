/** How many characters must change, come or go for one text to become another: Levenshtein (1966). */
export function editDistance(from: string, to: string): number {
  const [a, b] = [[...from], [...to]];
  let row = b.map((_, j) => j + 1);
  a.forEach((symbol, i) => {
    let [corner, left] = [i, i + 1];
    row = row.map((above, j) => {
      left = Math.min(left + 1, above + 1, corner + (symbol === b[j] ? 0 : 1));
      corner = above;
      return left;
    });
  });
  return row.at(-1) ?? a.length;
}
