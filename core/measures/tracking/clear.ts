/**
 * The CLEAR measures: Bernardin and Stiefelhagen, "Evaluating multiple object tracking performance: the CLEAR MOT
 * metrics", EURASIP J. Image and Video Processing, 2008. MOTP is here the mean overlap of the pairs (MOT16, Milan et
 * al. 2016), where the paper has a mean distance; so are the bounds of mostly tracked and mostly lost.
 */
import { type Counts, share, sum } from "./counts.ts";
import { matchFrame, type PairedSequence } from "./paired-sequence.ts";

/** Boxes that overlap less than this are not the same object. */
const SAME_OBJECT_IOU = 0.5;

/** A pair of the frame before is kept before any other is considered, as long as its boxes still overlap enough. */
const KEPT_PAIR = 1000;

const MOSTLY_TRACKED = 0.8;
const MOSTLY_LOST = 0.2;

const NOBODY = -1;

export type ClearCounts = Counts<
  | "matched"
  | "missed"
  | "falseAlarms"
  | "switches"
  | "fragments"
  | "mostlyTracked"
  | "partlyTracked"
  | "mostlyLost"
  | "iouOfMatched"
>;

export const noClearCounts: ClearCounts = {
  matched: 0,
  missed: 0,
  falseAlarms: 0,
  switches: 0,
  fragments: 0,
  mostlyTracked: 0,
  partlyTracked: 0,
  mostlyLost: 0,
  iouOfMatched: 0,
};

interface Following {
  readonly switches: number;
  readonly iouOfMatched: number;
  /** Of each true track: the frames in which it was found, and the unbroken runs they form. */
  readonly framesFound: Int32Array;
  readonly runs: Int32Array;
}

/**
 * Follows every true track through the frames. A frame in which one side has no box at all ends no run, as in TrackEval
 * (Luiten and Hoffhues), whose scores are the published ones.
 */
function follow(sequence: PairedSequence): Following {
  const count = sequence.truthBoxes.length;
  const framesFound = new Int32Array(count);
  const runs = new Int32Array(count);
  const lastTrack = new Int32Array(count).fill(NOBODY);
  let held = new Int32Array(count).fill(NOBODY);
  let switches = 0;
  let iouOfMatched = 0;
  for (const frame of sequence.frames) {
    if (frame.truths === 0 || frame.tracks === 0) continue;
    const before = held;
    const pairs = matchFrame(frame, ({ truth, track, iou }) => {
      if (iou < SAME_OBJECT_IOU - Number.EPSILON) return 0;
      return before[truth] === track ? KEPT_PAIR + iou : iou;
    });
    held = new Int32Array(count).fill(NOBODY);
    for (const { truth, track, iou } of pairs) {
      if (lastTrack[truth] !== NOBODY && lastTrack[truth] !== track) switches += 1;
      if (before[truth] === NOBODY) runs[truth] = (runs[truth] ?? 0) + 1;
      framesFound[truth] = (framesFound[truth] ?? 0) + 1;
      lastTrack[truth] = track;
      held[truth] = track;
      iouOfMatched += iou;
    }
  }
  return { switches, iouOfMatched, framesFound, runs };
}

export function countClear(sequence: PairedSequence): ClearCounts {
  const { switches, iouOfMatched, framesFound, runs } = follow(sequence);
  const matched = sum([...framesFound]);
  const found = sequence.truthBoxes.map((boxes, truth) => (framesFound[truth] ?? 0) / boxes);
  const mostlyTracked = found.filter((ratio) => ratio > MOSTLY_TRACKED).length;
  const mostlyLost = found.filter((ratio) => ratio < MOSTLY_LOST).length;
  return {
    matched,
    missed: sum(sequence.truthBoxes) - matched,
    falseAlarms: sum(sequence.trackBoxes) - matched,
    switches,
    fragments: sum([...runs].map((times) => Math.max(0, times - 1))),
    mostlyTracked,
    partlyTracked: found.length - mostlyTracked - mostlyLost,
    mostlyLost,
    iouOfMatched,
  };
}

/** MOTA may fall below 0. */
export function clearScores(counts: ClearCounts) {
  const { matched, missed, falseAlarms, switches } = counts;
  return {
    MOTA: share(matched - falseAlarms - switches, matched + missed),
    MOTP: share(counts.iouOfMatched, matched),
    FP: falseAlarms,
    FN: missed,
    IDSW: switches,
    Frag: counts.fragments,
    MT: counts.mostlyTracked,
    PT: counts.partlyTracked,
    ML: counts.mostlyLost,
  };
}
