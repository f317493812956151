/** Runs of recording and the gaps between them. */
import type { RecordedPiece } from "./recorded-pieces.ts";
import type { Beginning } from "./segment-lines.ts";

export interface RecordedSpan {
  readonly from_ms: number;
  readonly to_ms: number;
  readonly codec: string;
  readonly width_px: number;
  readonly height_px: number;
  readonly pictures: number;
  readonly bytes: number;
  /** Complaints of receiver and decoder while it came. */
  readonly damage: number;
}

export interface RecordedGap {
  readonly from_ms: number;
  readonly to_ms: number;
  /** `not_recorded`: before the first or after the last picture. The others: docs/reference/recording.md. */
  readonly why: Beginning | "not_recorded";
}

/** A camera set anew, or its clock: the picture goes on. */
const noOutage: ReadonlySet<Beginning> = new Set(["full", "change", "leap"]);

export function spansOf(pieces: readonly RecordedPiece[]): readonly RecordedSpan[] {
  const spans: { -readonly [K in keyof RecordedSpan]: RecordedSpan[K] }[] = [];
  for (const { head, line, follows, first_ms, last_ms } of pieces) {
    const open = spans.at(-1);
    if (open !== undefined && follows) {
      open.to_ms = last_ms;
      open.pictures += line.sizes.length;
      open.bytes += line.bytes;
      open.damage += line.damage;
      continue;
    }
    const { codec, width_px, height_px } = head;
    const { bytes, damage } = line;
    spans.push({
      from_ms: first_ms,
      to_ms: last_ms,
      codec,
      width_px,
      height_px,
      pictures: line.sizes.length,
      bytes,
      damage,
    });
  }
  return spans;
}

export function gapsOf(pieces: readonly RecordedPiece[]): readonly RecordedGap[] {
  return pieces.flatMap(({ head, first_ms, follows }, at) => {
    const before = pieces[at - 1];
    if (before === undefined || follows || noOutage.has(head.began)) return [];
    return [{ from_ms: before.last_ms, to_ms: first_ms, why: head.began }];
  });
}
