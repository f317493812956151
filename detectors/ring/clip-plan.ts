/** Which pieces a clip is made of, and when each of their pictures is shown in it. Pure. */

import { type RecordedPiece, startsGroup } from "./recorded-pieces.ts";
import type { PieceLine } from "./segment-lines.ts";
import { summed } from "./segment-lines.ts";
import { gapsOf, type RecordedGap } from "./spans.ts";

/** A picture every half second is the least that anybody calls a recording. */
const edge_ms = 500;

/** Pieces from one keyframe to before the next, and until when they show the street. */
interface Group {
  readonly pieces: readonly RecordedPiece[];
  readonly from_ms: number;
  readonly until_ms: number;
}

function groupsOf(pieces: readonly RecordedPiece[]): readonly Group[] {
  const starts = pieces.flatMap((piece, at) => (startsGroup(piece) ? [at] : []));
  return starts.map((start, n) => {
    const group = pieces.slice(start, starts[n + 1]);
    const next = pieces[starts[n + 1] ?? pieces.length];
    const last_ms = group.at(-1)?.last_ms ?? 0;
    const until_ms = next?.follows === true ? next.first_ms : last_ms;
    return { pieces: group, from_ms: pieces[start]?.first_ms ?? 0, until_ms };
  });
}

/** Whole keyframe groups that cover the span, as far as there are any. */
export function piecesOf(all: readonly RecordedPiece[], from_ms: number, to_ms: number): readonly RecordedPiece[] {
  const within = groupsOf(all).filter((group) => group.until_ms >= from_ms && group.from_ms <= to_ms);
  return within.flatMap(({ pieces }) => pieces);
}

/** What of the span is not in these pieces. */
export function missingIn(pieces: readonly RecordedPiece[], from_ms: number, to_ms: number): readonly RecordedGap[] {
  const [first, last] = [pieces[0], pieces.at(-1)];
  if (first === undefined || last === undefined) return [{ from_ms, to_ms, why: "not_recorded" }];
  const before = first.first_ms > from_ms + edge_ms;
  const after = last.last_ms < to_ms - edge_ms;
  return [
    ...(before ? [{ from_ms, to_ms: first.first_ms, why: "not_recorded" } as const] : []),
    ...gapsOf(pieces),
    ...(after ? [{ from_ms: last.last_ms, to_ms, why: "not_recorded" } as const] : []),
  ];
}

const format = ({ head }: RecordedPiece): string =>
  [head.fourcc, head.framing, head.width_px, head.height_px, head.tick.join("/"), head.config].join(" ");

/** Pieces that one file can hold: as soon as the coding changes, another begins. */
export function filesOf(pieces: readonly RecordedPiece[]): readonly (readonly RecordedPiece[])[] {
  const files: RecordedPiece[][] = [];
  for (const piece of pieces) {
    const open = files.at(-1);
    if (open?.[0] !== undefined && format(open[0]) === format(piece)) open.push(piece);
    else files.push([piece]);
  }
  return files;
}

interface Packet {
  /** Where it begins among the bytes of its piece. */
  readonly at: number;
  readonly bytes: number;
  readonly key: boolean;
  readonly arrival_ms: number;
  /** Its own time, in ticks of its session. */
  readonly ticks: number;
  /** The source did not give that time. */
  readonly guessed: boolean;
}

/** One picture of a clip. */
export interface ClipSample extends Packet {
  readonly piece: RecordedPiece;
  /** When it is shown in the clip, in the clip's units (`timescale` a second). */
  readonly show: number;
}

function packetsOf(line: PieceLine): readonly Packet[] {
  const [ticks, arrivals] = [summed(line.ticks), summed(line.arrival_ms)];
  const [keys, guessed] = [new Set(line.keys), new Set(line.guessed)];
  let at = 0;
  return line.sizes.map((bytes, n) => {
    at += bytes;
    const [arrival_ms, time] = [arrivals[n] ?? 0, ticks[n] ?? 0];
    return { at: at - bytes, bytes, key: keys.has(n), arrival_ms, ticks: time, guessed: guessed.has(n) };
  });
}

/** Pieces that go on from one another. */
function runsOf(pieces: readonly RecordedPiece[]): readonly (readonly RecordedPiece[])[] {
  const starts = pieces.flatMap((piece, at) => (at === 0 || !piece.follows ? [at] : []));
  return starts.map((start, n) => pieces.slice(start, starts[n + 1]));
}

/** `shift`: what must be added to a picture's own time, in the clip's units, for its time in the clip. */
function samplesOfRun(run: readonly RecordedPiece[], shift: number): readonly ClipSample[] {
  const samples = run.flatMap((piece) =>
    packetsOf(piece.line).map((packet) => ({ piece, ...packet, show: packet.ticks * piece.head.tick[0] + shift })),
  );
  const first = samples[0]?.show ?? 0;
  const second = samples.findIndex(({ key }, at) => key && at > 0);
  return samples.filter(({ show }, at) => show >= first || (second >= 0 && at > second));
}

/**
 * Samples in coding order. Within a run of recording they keep the distances of the stream's own clock; from run to run
 * they keep that of the arrivals. Pictures that are shown before the first keyframe of a run need one that is not there.
 */
export function samplesOf(pieces: readonly RecordedPiece[]): readonly ClipSample[] {
  const samples: ClipSample[] = [];
  let latest = -1;
  for (const run of runsOf(pieces)) {
    const [opening] = run;
    if (opening === undefined) continue;
    const [num, den] = opening.head.tick;
    const since = Math.round(((opening.first_ms - (pieces[0]?.first_ms ?? 0)) / 1000) * den);
    const start = (opening.line.ticks[0] ?? 0) * num;
    for (const sample of samplesOfRun(run, Math.max(since, latest + 1) - start)) {
      samples.push(sample);
      latest = Math.max(latest, sample.show);
    }
  }
  return samples;
}

/**
 * When each sample is decoded, from 0, and by how much showing must wait for that: sorted showing times are the only
 * order in which decoding never runs behind.
 */
export function decodingOf(show: readonly number[]): { readonly decode: readonly number[]; readonly wait: number } {
  const decode = show.toSorted((a, b) => a - b);
  const wait = decode.reduce((most, time, n) => Math.max(most, time - (show[n] ?? 0)), 0);
  const first = decode[0] ?? 0;
  return { decode: decode.map((time) => time - first), wait };
}
