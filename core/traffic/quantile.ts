/** A quantile of numbers in ascending order, `share` 0 to 1, between neighbours in proportion; null of none. */
export function quantile(ascending: ArrayLike<number>, share: number): number | null {
  if (ascending.length === 0) return null;
  const place = share * (ascending.length - 1);
  const below = Math.floor(place);
  const from = ascending[below] ?? 0;
  const to = ascending[Math.min(below + 1, ascending.length - 1)] ?? from;
  return from + (to - from) * (place - below);
}
