/** Arithmetic on records of counts: a score of several sequences is the score of their summed counts. */

export type Counts<K extends string> = Readonly<Record<K, number>>;

export function plus<K extends string>(a: Counts<K>, b: Counts<K>): Counts<K> {
  const names = Object.keys(a) as K[];
  return Object.fromEntries(names.map((name) => [name, a[name] + b[name]])) as Record<K, number>;
}

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** A share whose whole may be nothing: then 0. */
export const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
