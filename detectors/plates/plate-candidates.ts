/** From lines of text to plates: the groups of lines that a grammar explains better than chance would. */
import { shareInside } from "../../core/geometry/box.ts";
import type { PlateLayout } from "../../core/plates/format.ts";
import { type Lattice, latticeWidth, peaksOf } from "../../core/plates/lattice.ts";
import type { Candidate, PlateRanking } from "../../core/plates/ranking.ts";
import { type LineGroup, lineGroups, rowQuad } from "./line-groups.ts";
import { boundsOf, type Quad } from "./quad.ts";
import type { SeenLine } from "./text-lines.ts";

export interface PlateCandidate {
  readonly layout: PlateLayout;
  /** One quad for each row, from top to bottom. */
  readonly rows: readonly Quad[];
  readonly lattices: readonly Lattice[];
  readonly raw: string;
  /** The picture's edge cuts one of its lines off. */
  readonly cut: boolean;
  readonly texts: readonly Candidate[];
}

/** Signs that a group must show before it is worth a search; a plate has four to ten, and something may stand beside it. */
const signs = { least: 4, most: 13 } as const;
/** A group that weighs more is a plate, whatever its parts would make. */
const CLEAR_WEIGHT = 4;
/** A candidate that shares more of its area with a better one is the same plate, or a part of it. */
const SAME_PLATE = 0.35;

/** Best first; no two of them overlap. */
export function plateCandidates(
  lines: readonly SeenLine[],
  ranking: PlateRanking,
  leastWeight: number,
): PlateCandidate[] {
  const peaks = lines.map(({ lattice }) => peaksOf(lattice).length);
  const groups = lineGroups(lines.map(({ quad }) => quad)).filter(({ rows }) => {
    const count = rows.flat().reduce((sum, line) => sum + (peaks[line] as number), 0);
    return count >= signs.least && count <= signs.most && rows.flat().every((line) => (peaks[line] as number) > 0);
  });
  const found: PlateCandidate[] = [];
  const settled = new Set<number>();
  // The largest groups first: lines that make up a clear plate together need not be tried one by one.
  for (const group of groups.sort((a, b) => b.rows.flat().length - a.rows.flat().length)) {
    if (group.rows.flat().every((line) => settled.has(line))) continue;
    const candidate = candidateOf(group, lines, ranking);
    if (weightOf(candidate) > leastWeight) found.push(candidate);
    if (weightOf(candidate) > CLEAR_WEIGHT) for (const line of group.rows.flat()) settled.add(line);
  }
  return apart(found.sort((a, b) => weightOf(b) - weightOf(a)));
}

const weightOf = ({ texts }: PlateCandidate): number => texts[0]?.logWeight ?? Number.NEGATIVE_INFINITY;

function candidateOf({ layout, rows }: LineGroup, lines: readonly SeenLine[], ranking: PlateRanking): PlateCandidate {
  const lattices = rows.map((row) => joined(row.map((line) => (lines[line] as SeenLine).lattice)));
  const quads = lines.map(({ quad }) => quad);
  return {
    layout,
    rows: rows.map((row) => rowQuad(quads, row)),
    lattices,
    raw: rows.map((row) => row.map((line) => (lines[line] as SeenLine).raw).join(" ")).join(" "),
    cut: rows.flat().some((line) => (lines[line] as SeenLine).cut),
    texts: ranking.rank([lattices]),
  };
}

/** Pieces of one row as one lattice, with a blank step between. */
function joined(pieces: readonly Lattice[]): Lattice {
  const [only] = pieces;
  if (only !== undefined && pieces.length === 1) return only;
  const blank = new Float64Array(latticeWidth);
  blank[0] = 1;
  const parts = pieces.flatMap(({ chances }, i) => (i === 0 ? [chances] : [blank, chances]));
  const chances = new Float64Array(parts.reduce((sum, each) => sum + each.length, 0));
  let at = 0;
  for (const each of parts) {
    chances.set(each, at);
    at += each.length;
  }
  return { steps: chances.length / latticeWidth, chances };
}

function apart(ranked: readonly PlateCandidate[]): PlateCandidate[] {
  const kept: PlateCandidate[] = [];
  for (const each of ranked) {
    const box = boundsOf(each.rows);
    const shared = kept.some((other) => {
      const theirs = boundsOf(other.rows);
      return Math.max(shareInside(box, 0, theirs, 0), shareInside(theirs, 0, box, 0)) > SAME_PLATE;
    });
    if (!shared) kept.push(each);
  }
  return kept;
}
