/** Lists one behind the other in one array. */

/** Where each of them begins there, and where the last ends. */
export function startsOf(lists: readonly (readonly unknown[])[]): Int32Array<ArrayBuffer> {
  const starts = new Int32Array(lists.length + 1);
  for (const [at, { length }] of lists.entries()) starts[at + 1] = (starts[at] as number) + length;
  return starts;
}

export function packed(lists: readonly (readonly number[])[]): {
  readonly first: Int32Array<ArrayBuffer>;
  readonly all: Int32Array<ArrayBuffer>;
} {
  return { first: startsOf(lists), all: Int32Array.from(lists.flat()) };
}
