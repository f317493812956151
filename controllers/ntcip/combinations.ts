/** All index combinations of a table with so many rows by each part, 1-based; one empty combination for a scalar. */
export function combinations(lengths: readonly number[]): readonly (readonly number[])[] {
  return lengths.reduce<readonly (readonly number[])[]>(
    (rows, length) => rows.flatMap((row) => Array.from({ length }, (_, at) => [...row, at + 1])),
    [[]],
  );
}
