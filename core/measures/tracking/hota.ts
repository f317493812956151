/**
 * Higher order tracking accuracy: Luiten et al., "HOTA: a higher order metric for evaluating multi-object tracking",
 * International Journal of Computer Vision 129, 2021 (online 2020). Detection and association weigh the same.
 */
import { type Counts, plus, share, sum } from "./counts.ts";
import { matchFrame, type Overlap, type PairedSequence } from "./paired-sequence.ts";

/** The overlaps from which two boxes are the same object: 0.05, 0.10 … 0.95. Every score is the mean over them. */
const THRESHOLDS: readonly number[] = Array.from({ length: 19 }, (_, step) => 0.05 + step * 0.05);

const HALF = 9;

/** `association` is the sum over matched boxes of A(c), equation 2 of the paper. */
type ThresholdCounts = Counts<"matched" | "missed" | "falseAlarms" | "association" | "iouOfMatched">;

/** One record for each threshold. */
export type HotaCounts = readonly ThresholdCounts[];

export const noHotaCounts: HotaCounts = THRESHOLDS.map(() => ({
  matched: 0,
  missed: 0,
  falseAlarms: 0,
  association: 0,
  iouOfMatched: 0,
}));

export const plusHota = (a: HotaCounts, b: HotaCounts): HotaCounts =>
  a.map((counts, index) => plus(counts, b[index] ?? counts));

/**
 * How much each pair of tracks belongs together over the whole sequence, 0 to 1: the Jaccard index of their boxes, where
 * a frame counts by the overlap's share among all overlaps of its two boxes (section 4.3 of the paper, and TrackEval).
 */
function alignment({ frames, truthBoxes, trackBoxes, encounters }: PairedSequence): Float64Array {
  const together = new Float64Array(encounters.length);
  for (const { truths, tracks, overlaps } of frames) {
    const ofRow = new Float64Array(truths);
    const ofColumn = new Float64Array(tracks);
    for (const { row, column, iou } of overlaps) {
      ofRow[row] = (ofRow[row] ?? 0) + iou;
      ofColumn[column] = (ofColumn[column] ?? 0) + iou;
    }
    for (const { row, column, encounter, iou } of overlaps) {
      const all = (ofRow[row] ?? 0) + (ofColumn[column] ?? 0) - iou;
      together[encounter] = (together[encounter] ?? 0) + iou / all;
    }
  }
  return together.map((common, index) => {
    const pair = encounters[index];
    if (pair === undefined) return 0;
    return common / ((truthBoxes[pair.truth] ?? 0) + (trackBoxes[pair.track] ?? 0) - common);
  });
}

/** Equations 1 and 2: of a matched box, the frames its two tracks are matched among all frames of either. */
function countAt(threshold: number, matches: readonly Overlap[], sequence: PairedSequence): ThresholdCounts {
  const { truthBoxes, trackBoxes, encounters } = sequence;
  const kept = matches.filter(({ iou }) => iou >= threshold - Number.EPSILON);
  const times = new Int32Array(encounters.length);
  for (const { encounter } of kept) times[encounter] = (times[encounter] ?? 0) + 1;
  const association = encounters.map(({ truth, track }, index) => {
    const matched = times[index] ?? 0;
    return (matched * matched) / ((truthBoxes[truth] ?? 0) + (trackBoxes[track] ?? 0) - matched);
  });
  return {
    matched: kept.length,
    missed: sum(truthBoxes) - kept.length,
    falseAlarms: sum(trackBoxes) - kept.length,
    association: sum(association),
    iouOfMatched: sum(kept.map(({ iou }) => iou)),
  };
}

/** The boxes are paired once, whatever the threshold: those that belong together over the sequence come first. */
export function countHota(sequence: PairedSequence): HotaCounts {
  const belonging = alignment(sequence);
  const matches = sequence.frames.flatMap((frame) =>
    matchFrame(frame, ({ encounter, iou }) => (belonging[encounter] ?? 0) * iou),
  );
  return THRESHOLDS.map((threshold) => countAt(threshold, matches, sequence));
}

/** Where nothing matched, no box is out of place: localisation is 1. */
export function hotaScores(counts: HotaCounts) {
  const detection = counts.map((c) => share(c.matched, c.matched + c.missed + c.falseAlarms));
  const association = counts.map((c) => share(c.association, c.matched));
  const localisation = counts.map((c) => (c.matched === 0 ? 1 : c.iouOfMatched / c.matched));
  const hota = detection.map((detected, index) => Math.sqrt(detected * (association[index] ?? 0)));
  const mean = (values: readonly number[]): number => sum(values) / THRESHOLDS.length;
  return {
    HOTA: mean(hota),
    DetA: mean(detection),
    AssA: mean(association),
    LocA: mean(localisation),
    "HOTA_at_0.5": hota[HALF] ?? 0,
  };
}
