/** Lays true tracks and found tracks over each other, frame by frame: what every tracking measure starts from. */
import { iou } from "../../geometry/box.ts";
import { heaviestMatching } from "./matching.ts";

/** One object in one frame; `box` is left, top, width and height in pixels. */
export interface TrackedBox {
  readonly frame: number;
  readonly id: number;
  readonly box: readonly [number, number, number, number];
}

/** A true and a found box of the same frame that share some area. */
export interface Overlap {
  /** Places in the frame's `truths` and `tracks`. */
  readonly row: number;
  readonly column: number;
  /** Numbers of the true track and of the found one, and of the two as a pair. */
  readonly truth: number;
  readonly track: number;
  readonly encounter: number;
  readonly iou: number;
}

export interface PairedFrame {
  readonly truths: number;
  readonly tracks: number;
  readonly overlaps: readonly Overlap[];
}

/** Ids are renumbered from 0, so that they index arrays. */
export interface PairedSequence {
  /** Frames with at least one box, in order of time. */
  readonly frames: readonly PairedFrame[];
  /** Boxes of each true track, and of each found one. */
  readonly truthBoxes: readonly number[];
  readonly trackBoxes: readonly number[];
  /** Pairs of tracks that overlap at least once. */
  readonly encounters: readonly { readonly truth: number; readonly track: number }[];
}

class Numbering {
  readonly #numbers = new Map<number | string, number>();
  of(key: number | string): number {
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const next = this.#numbers.size;
    this.#numbers.set(key, next);
    return next;
  }
}

interface NumberedBox {
  readonly number: number;
  readonly box: TrackedBox["box"];
}

/** The boxes of each frame, tracks numbered as they appear, and how many boxes each track has. */
function byFrame(boxes: readonly TrackedBox[]) {
  const numbering = new Numbering();
  const frames = new Map<number, NumberedBox[]>();
  const lengths: number[] = [];
  for (const { frame, id, box } of boxes) {
    const number = numbering.of(id);
    lengths[number] = (lengths[number] ?? 0) + 1;
    const there = frames.get(frame);
    if (there === undefined) frames.set(frame, [{ number, box }]);
    else there.push({ number, box });
  }
  return { frames, lengths };
}

/** An id may stand only once in a frame, in either set. */
export function pairSequence(truth: readonly TrackedBox[], tracks: readonly TrackedBox[]): PairedSequence {
  const truths = byFrame(truth);
  const found = byFrame(tracks);
  const numbering = new Numbering();
  const encounters: { truth: number; track: number }[] = [];
  const overlapsOf = (here: readonly NumberedBox[], seen: readonly NumberedBox[]): Overlap[] =>
    here.flatMap((a, row) =>
      seen.flatMap((b, column) => {
        const shared = iou(a.box, 0, b.box, 0);
        if (shared <= 0) return [];
        const encounter = numbering.of(`${a.number} ${b.number}`);
        encounters[encounter] = { truth: a.number, track: b.number };
        return [{ row, column, truth: a.number, track: b.number, encounter, iou: shared }];
      }),
    );
  const times = [...new Set([...truths.frames.keys(), ...found.frames.keys()])].sort((a, b) => a - b);
  const frames = times.map((time) => {
    const [here, seen] = [truths.frames.get(time) ?? [], found.frames.get(time) ?? []];
    return { truths: here.length, tracks: seen.length, overlaps: overlapsOf(here, seen) };
  });
  return { frames, truthBoxes: truths.lengths, trackBoxes: found.lengths, encounters };
}

/** The pairs of one frame, each box in one at most, whose scores have the largest sum; a score of 0 is no pair. */
export function matchFrame(frame: PairedFrame, score: (overlap: Overlap) => number): readonly Overlap[] {
  const scores = new Float64Array(frame.truths * frame.tracks);
  for (const overlap of frame.overlaps) scores[overlap.row * frame.tracks + overlap.column] = score(overlap);
  const columnOf = heaviestMatching(frame.truths, frame.tracks, scores);
  return frame.overlaps.filter(({ row, column }) => columnOf[row] === column);
}
