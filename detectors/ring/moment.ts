/** Where one picture of a stream lies in what was recorded, and how far the recording goes by now. */
import { type RecordedPiece, startsGroup } from "./recorded-pieces.ts";
import { summed } from "./segment-lines.ts";

export interface StreamMoment {
  /** Whose clock the next is: when that connection was opened. */
  readonly session_ms: number;
  /** By the stream's own clock. */
  readonly pts_s: number;
  /** When that was, to a few seconds. */
  readonly near_ms: number;
}

export interface RecordedMoment {
  /** When the picture's last byte reached us; null while it is not recorded. */
  readonly arrival_ms: number | null;
  /** Every keyframe group that began before this is recorded to its end. */
  readonly whole_until_ms: number;
}

/** Pictures are at most so far apart wherever anybody speaks of a video. */
const nearest_s = 1;

function arrivalIn({ head, line }: RecordedPiece, pts_s: number): { readonly away_s: number; readonly at_ms: number } {
  const [num, den] = head.tick;
  const arrivals = summed(line.arrival_ms);
  let [away_s, at_ms] = [Number.POSITIVE_INFINITY, 0];
  for (const [n, ticks] of summed(line.ticks).entries()) {
    const distance_s = Math.abs((ticks * num) / den - pts_s);
    if (distance_s >= away_s) continue;
    [away_s, at_ms] = [distance_s, arrivals[n] ?? 0];
  }
  return { away_s, at_ms };
}

export function findMoment(pieces: readonly RecordedPiece[], { session_ms, pts_s }: StreamMoment): RecordedMoment {
  let [best_s, arrival_ms]: [number, number | null] = [nearest_s, null];
  for (const piece of pieces) {
    if (piece.head.session_ms !== session_ms) continue;
    const { away_s, at_ms } = arrivalIn(piece, pts_s);
    if (away_s < best_s) [best_s, arrival_ms] = [away_s, at_ms];
  }
  return { arrival_ms, whole_until_ms: pieces.findLast(startsGroup)?.first_ms ?? 0 };
}
