/**
 * The upper row of a plate of two where the finder saw the lower one alone: a single sign (the B of Berlin and of
 * Bucharest) is no line of text to it, or one that runs down, as it is higher than wide.
 */
import { peaksOf } from "../../core/plates/lattice.ts";
import type { Picture } from "../detect/picture.ts";
import { areParallel } from "./line-groups.ts";
import type { LineReader } from "./line-reader.ts";
import { centreOf, heightOf, part, type Quad, widthOf } from "./quad.ts";
import { readLine, type SeenLine } from "./text-lines.ts";

/** Where the row above stands, in heights of the lower one, which reaches a little beyond its signs. */
const above = { from: -0.98, to: 0.02 } as const;
/** A lower row bears so many signs, digits among them, and an upper one so many. */
const lower = { least: 3, most: 7, sureness: 0.8 } as const;
const upper = { least: 1, most: 5, sureness: 0.9 } as const;
/** A line whose middle is so near to where the row would stand is that row; in widths of the row, and in heights. */
const KNOWN = 0.6;

/** Upper rows that are read surely, and stand over a line that may be the lower one. */
export async function rowsAbove(
  reader: LineReader,
  picture: Picture,
  lines: readonly SeenLine[],
): Promise<readonly SeenLine[]> {
  const found: SeenLine[] = [];
  for (const line of lines) {
    const quad = part(line.quad, 0, above.from, 1, above.to);
    if (!mayBeLower(line) || lines.some((other) => isThere(other.quad, quad))) continue;
    const read = await readLine(reader, picture, { quad, cut: line.cut });
    const signs = peaksOf(read.lattice).length;
    if (read.sureness >= upper.sureness && signs >= upper.least && signs <= upper.most) found.push(read);
  }
  return found;
}

function mayBeLower({ lattice, sureness }: SeenLine): boolean {
  if (sureness < lower.sureness) return false;
  const signs = peaksOf(lattice);
  return signs.length >= lower.least && signs.length <= lower.most && signs.some(({ symbol }) => /\d/.test(symbol));
}

/** Does the line stand where the row would, and run as it does? */
function isThere(line: Quad, row: Quad): boolean {
  if (!areParallel(line, row)) return false;
  const [a, b] = [centreOf(line), centreOf(row)];
  const away = Math.hypot((a.x - b.x) / Math.max(widthOf(row), 1), (a.y - b.y) / Math.max(heightOf(row), 1));
  return away < KNOWN;
}
