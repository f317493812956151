/** What the index files of a camera's folder say, in the order of time. Reading never changes anything. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type PieceLine, readIndex, type SegmentLine, summed } from "./segment-lines.ts";
import { indexOf, mediaOf, segmentOf } from "./segment-names.ts";

export interface RecordedPiece {
  readonly head: SegmentLine;
  /** The file with its packets. */
  readonly media: string;
  readonly line: PieceLine;
  /** Nothing is missing between the piece before and this one. */
  readonly follows: boolean;
  readonly first_ms: number;
  readonly last_ms: number;
}

export interface RecordedPieces {
  readonly pieces: readonly RecordedPiece[];
  /** Index lines that are not what was written. */
  readonly spoiled: number;
}

export const startsGroup = ({ line }: RecordedPiece): boolean => line.keys[0] === 0;

async function segment(folder: string, name: string) {
  const text = await readFile(join(folder, indexOf(name)), "utf8").catch((error: NodeJS.ErrnoException) => {
    // It left the ring while we looked.
    if (error.code === "ENOENT") return "";
    throw error;
  });
  const index = readIndex(text);
  if (index === null) return { pieces: [], spoiled: 0 };
  const { head } = index;
  const pieces = index.pieces.map((line, at) => {
    const arrivals = summed(line.arrival_ms);
    const [first_ms, last_ms] = [arrivals[0] ?? 0, arrivals.at(-1) ?? 0];
    return { head, media: join(folder, mediaOf(name)), line, follows: at > 0, first_ms, last_ms };
  });
  return { pieces, spoiled: index.spoiled };
}

/** Segments that hold anything between the two times; of the first, all of it. */
export async function piecesBetween(folder: string, from_ms: number, to_ms: number): Promise<RecordedPieces> {
  const found = (await readdir(folder)).map(segmentOf).filter((each) => each !== null);
  found.sort((a, b) => a.start_ms - b.start_ms);
  const wanted = found.filter(
    ({ start_ms }, at) => start_ms <= to_ms && (found[at + 1]?.start_ms ?? Number.POSITIVE_INFINITY) > from_ms,
  );
  const pieces: RecordedPiece[] = [];
  let spoiled = 0;
  for (const { name } of wanted) {
    const read = await segment(folder, name);
    spoiled += read.spoiled;
    const [first, ...rest] = read.pieces;
    if (first === undefined) continue;
    pieces.push({ ...first, follows: first.head.began === "full" && pieces.length > 0 }, ...rest);
  }
  return { pieces, spoiled };
}
