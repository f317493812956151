/** Where a part stands: in the data, and in the text. */

export type Path = readonly (string | number)[];

/** Counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** `path` as a person says it: `from[0]` for `cameras.0.lines.2.from.0`. */
export function keyOf(path: Path): string {
  const named = path.findLastIndex((part) => typeof part === "string");
  return path
    .slice(Math.max(named, 0))
    .map((part) => (typeof part === "number" ? `[${part}]` : part))
    .join("");
}
