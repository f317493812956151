/**
 * The identity measures: Ristani et al., "Performance measures and a data set for multi-target, multi-camera tracking",
 * ECCV workshops, 2016. Every true track is given one found track for the whole sequence.
 */
import { type Counts, share, sum } from "./counts.ts";
import { heaviestMatching } from "./matching.ts";
import type { PairedSequence } from "./paired-sequence.ts";

/** Boxes that overlap less than this are not the same object. */
const SAME_OBJECT_IOU = 0.5;

export type IdentityCounts = Counts<"matched" | "missed" | "falseAlarms">;

export const noIdentityCounts: IdentityCounts = { matched: 0, missed: 0, falseAlarms: 0 };

/**
 * The paper minimises missed plus false boxes; with every box counted once, that is to maximise the boxes that the
 * pairs of tracks have in common.
 */
export function countIdentity(sequence: PairedSequence): IdentityCounts {
  const { truthBoxes, trackBoxes } = sequence;
  const together = new Float64Array(truthBoxes.length * trackBoxes.length);
  for (const { overlaps } of sequence.frames) {
    for (const { truth, track, iou } of overlaps) {
      if (iou < SAME_OBJECT_IOU) continue;
      const cell = truth * trackBoxes.length + track;
      together[cell] = (together[cell] ?? 0) + 1;
    }
  }
  const trackOf = heaviestMatching(truthBoxes.length, trackBoxes.length, together);
  const shared = [...trackOf].map((track, truth) =>
    track === -1 ? 0 : (together[truth * trackBoxes.length + track] ?? 0),
  );
  const matched = sum(shared);
  return { matched, missed: sum(truthBoxes) - matched, falseAlarms: sum(trackBoxes) - matched };
}

export function identityScores({ matched, missed, falseAlarms }: IdentityCounts) {
  return {
    IDF1: share(2 * matched, 2 * matched + missed + falseAlarms),
    IDP: share(matched, matched + falseAlarms),
    IDR: share(matched, matched + missed),
    IDTP: matched,
  };
}
