/** How good tracks are, in the three families of measures that papers on tracking report. */
import { type ClearCounts, clearScores, countClear, noClearCounts } from "./clear.ts";
import { plus } from "./counts.ts";
import { countHota, type HotaCounts, hotaScores, noHotaCounts, plusHota } from "./hota.ts";
import { countIdentity, type IdentityCounts, identityScores, noIdentityCounts } from "./identity.ts";
import { pairSequence, type TrackedBox } from "./paired-sequence.ts";

export interface TracksOfSequence {
  readonly name: string;
  readonly truth: readonly TrackedBox[];
  readonly tracks: readonly TrackedBox[];
}

/** The name under which all sequences stand together. */
export const COMBINED = "COMBINED_SEQ";

interface TrackingCounts {
  readonly clear: ClearCounts;
  readonly identity: IdentityCounts;
  readonly hota: HotaCounts;
}

function scoresOf({ clear, identity, hota }: TrackingCounts) {
  return { ...clearScores(clear), ...identityScores(identity), ...hotaScores(hota) };
}

/** Shares are 0 to 1 (MOTA may be negative); FP, FN, IDTP count boxes, IDSW and Frag events, MT, PT and ML tracks. */
export type TrackingScores = ReturnType<typeof scoresOf>;

/**
 * Scores of each sequence, and of all as one under `COMBINED_SEQ`: every count of every measure is summed before it
 * becomes a score, so that a long sequence weighs more than a short one, as TrackEval combines them.
 */
export function scoreTracks(sequences: readonly TracksOfSequence[]): Readonly<Record<string, TrackingScores>> {
  const counted = sequences.map(({ name, truth, tracks }) => {
    const pairs = pairSequence(truth, tracks);
    return { name, clear: countClear(pairs), identity: countIdentity(pairs), hota: countHota(pairs) };
  });
  const combined = counted.reduce<TrackingCounts>(
    (all, one) => ({
      clear: plus(all.clear, one.clear),
      identity: plus(all.identity, one.identity),
      hota: plusHota(all.hota, one.hota),
    }),
    { clear: noClearCounts, identity: noIdentityCounts, hota: noHotaCounts },
  );
  return Object.fromEntries([...counted.map((one) => [one.name, scoresOf(one)]), [COMBINED, scoresOf(combined)]]);
}
