/** Every line of text that a picture shows, read: in the picture as a whole, and closer in the windows that are named. */
import { iou } from "../../core/geometry/box.ts";
import type { Picture } from "../detect/picture.ts";
import { halves } from "./line-groups.ts";
import { LineReader, READER_HEIGHT, type ReadLine } from "./line-reader.ts";
import { boundsOf, heightOf, type Quad, widthOf } from "./quad.ts";
import { rectified } from "./rectify.ts";
import type { TextFinder, Window } from "./text-finder.ts";

export interface FoundLine {
  readonly quad: Quad;
  /** The picture's edge cuts it off. */
  readonly cut: boolean;
}

export interface SeenLine extends FoundLine, ReadLine {}

export interface Look {
  readonly window: Window;
  readonly longSide_px: number;
}

/** Lower text cannot be told apart; in pixels of the picture. */
const LEAST_HEIGHT_PX = 9;
const LEAST_WIDTH_PX = 12;
/** Longer lines are sentences. */
const MOST_ASPECT = 14;
/** Two patches that overlap by more are the same line, seen by two looks. */
const SAME_LINE = 0.5;
/** Bounds the work on a picture full of signs; the tallest lines come first. */
const MOST_LINES = 48;

/** Patches that may hold a line of a plate. Of a line that several looks found the last counts: windows come after the whole. */
export async function findLines(finder: TextFinder, picture: Picture, looks: readonly Look[]): Promise<FoundLine[]> {
  let lines: FoundLine[] = [];
  for (const { window, longSide_px } of looks) {
    const found = (await finder.find(picture, window, longSide_px)).filter(({ quad }) => isLegible(quad));
    // What a window's own edge cuts off is seen whole by the look at the whole picture.
    const whole = isWhole(window, picture) ? found : found.filter(({ cut }) => !cut);
    const boxes = whole.map(({ quad }) => boundsOf([quad]));
    const isNew = ({ quad }: FoundLine): boolean => !boxes.some((box) => iou(box, 0, boundsOf([quad]), 0) > SAME_LINE);
    lines = [...lines.filter(isNew), ...whole];
  }
  return lines.sort((a, b) => heightOf(b.quad) - heightOf(a.quad)).slice(0, MOST_LINES);
}

const isWhole = (window: Window, { width, height }: Picture): boolean =>
  window.width === width && window.height === height;

function isLegible(quad: Quad): boolean {
  const [width, height] = [widthOf(quad), heightOf(quad)];
  return height >= LEAST_HEIGHT_PX && width >= LEAST_WIDTH_PX && width / height <= MOST_ASPECT;
}

/** The patch as the reader wants it. */
export function straightened(picture: Picture, quad: Quad): Picture {
  const width = LineReader.widthFor(widthOf(quad) / Math.max(heightOf(quad), 1));
  return rectified(picture, quad, width, READER_HEIGHT);
}

/** Two rows that were found as one: wider than high by less than a row of a plate, and not read surely. */
const twoRows = { mostAspect: 2.6, leastHeight_px: 16, mostSureness: 0.8 } as const;

/** Reads every line, and the halves of those that may be two rows. */
/** The line, and what was read in its patch. */
export async function readLines(
  reader: LineReader,
  picture: Picture,
  lines: readonly FoundLine[],
): Promise<SeenLine[]> {
  const seen: SeenLine[] = [];
  for (const line of lines) {
    const whole = await readLine(reader, picture, line);
    seen.push(whole);
    if (!mayBeTwoRows(whole)) continue;
    for (const quad of halves(line.quad)) seen.push(await readLine(reader, picture, { quad, cut: line.cut }));
  }
  return seen;
}

function mayBeTwoRows({ quad, sureness }: SeenLine): boolean {
  const height = heightOf(quad);
  const { mostAspect, leastHeight_px, mostSureness } = twoRows;
  return sureness < mostSureness && height >= leastHeight_px && widthOf(quad) / height < mostAspect;
}

/** The line, and what was read in its patch. */
export async function readLine(reader: LineReader, picture: Picture, line: FoundLine): Promise<SeenLine> {
  return { ...line, ...(await reader.read(straightened(picture, line.quad))) };
}
