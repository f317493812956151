/** Which lines of text may form one plate: alone, two pieces side by side, or one above the other. */
import type { PlateLayout } from "../../core/plates/format.ts";
import { angleOf, centreOf, heightOf, part, type Quad, widthOf } from "./quad.ts";

export interface LineGroup {
  readonly layout: PlateLayout;
  /** Rows from top to bottom, each of one or two pieces from left to right; numbers of lines. */
  readonly rows: readonly (readonly number[])[];
}

/** Limits in the unit of a line's height, but for ratios and angles. */
const sideBySide = { heightRatio: 1.45, shift: 0.35, gap: 1.3, turn: 0.14 } as const;
const stacked = { heightRatio: 1.7, widthRatio: 4, gap: 0.75, overlap: 0.6, turn: 0.2 } as const;
/** A plate has one or two rows; a row is at least so much wider than high, as even two characters are. */
const LEAST_ASPECT = 0.75;

/** Every group that may be a plate. A line stands in as many as it fits. */
export function lineGroups(quads: readonly Quad[]): LineGroup[] {
  const singles = quads.flatMap((quad, i) => (widthOf(quad) / heightOf(quad) >= LEAST_ASPECT ? [[i]] : []));
  const pairs = quads.flatMap((left, i) =>
    quads.flatMap((right, j) => (i !== j && continues(left, right) ? [[i, j]] : [])),
  );
  const rows = [...singles, ...pairs];
  const groups: LineGroup[] = rows.map((row) => ({ layout: "one-line", rows: [row] }));
  for (const upper of rows) {
    for (const lower of rows) {
      if (upper.some((line) => lower.includes(line))) continue;
      if (standsOn(rowQuad(quads, upper), rowQuad(quads, lower)))
        groups.push({ layout: "two-line", rows: [upper, lower] });
    }
  }
  return groups;
}

/** One quad around a row's pieces. */
export function rowQuad(quads: readonly Quad[], row: readonly number[]): Quad {
  const first = quads[row[0] as number] as Quad;
  const last = quads[row.at(-1) as number] as Quad;
  return [first[0], last[1], last[2], first[3]];
}

/** The two halves of one tall patch, for a finder that took two rows for one. */
export function halves(quad: Quad): readonly [Quad, Quad] {
  return [part(quad, 0, 0, 1, 0.5), part(quad, 0, 0.5, 1, 1)];
}

/** Where the origin is the middle of `from`, x runs along its text and y across, in units of its height. */
function relative(from: Quad, to: Quad): { along: number; across: number } {
  const a = centreOf(from);
  const b = centreOf(to);
  const [cos, sin] = [Math.cos(angleOf(from)), Math.sin(angleOf(from))];
  const height = heightOf(from);
  return {
    along: ((b.x - a.x) * cos + (b.y - a.y) * sin) / height,
    across: ((b.y - a.y) * cos - (b.x - a.x) * sin) / height,
  };
}

const ratio = (a: number, b: number): number => Math.max(a, b) / Math.min(a, b);

/** The least angle between two directions, as text has no upside down here. */
const turned = (a: Quad, b: Quad): number => Math.abs(Math.atan(Math.tan(angleOf(a) - angleOf(b))));

/** Do they run as rows of one plate do? */
export const areParallel = (upper: Quad, lower: Quad): boolean => turned(upper, lower) < stacked.turn;

function continues(left: Quad, right: Quad): boolean {
  const { along, across } = relative(left, right);
  const gap = along - (widthOf(left) + widthOf(right)) / 2 / heightOf(left);
  return (
    gap > -0.5 &&
    gap < sideBySide.gap &&
    Math.abs(across) < sideBySide.shift &&
    ratio(heightOf(left), heightOf(right)) < sideBySide.heightRatio &&
    turned(left, right) < sideBySide.turn
  );
}

function standsOn(upper: Quad, lower: Quad): boolean {
  const { along, across } = relative(upper, lower);
  const [height, below] = [heightOf(upper), heightOf(lower)];
  const gap = across - (1 + below / height) / 2;
  const reach = (widthOf(upper) + widthOf(lower)) / 2 / height;
  const overlap = (reach - Math.abs(along)) / (Math.min(widthOf(upper), widthOf(lower)) / height);
  return (
    gap > -0.45 &&
    gap < stacked.gap &&
    overlap > stacked.overlap &&
    ratio(height, below) < stacked.heightRatio &&
    ratio(widthOf(upper), widthOf(lower)) < stacked.widthRatio &&
    areParallel(upper, lower)
  );
}
