/**
 * The index of a segment: one line what it is, then one line for each piece that is completely in the data file. Each
 * line is `<CRC-32 in hex> <JSON>`, so a line that was cut short by a crash, or spoiled later, is known for what it is.
 */
import { crc32 } from "node:zlib";
import { z } from "zod";
import { codecs, framings } from "./codec.ts";

/**
 * Why a segment begins. `full`: the one before had its length and nothing is missing between. `change`: codec, size or
 * parameter sets; `leap`: the stream's clock jumped; neither is an outage. The others are gaps.
 */
export const beginnings = [
  "start",
  "session",
  "full",
  "change",
  "leap",
  "slow_disk",
  "full_disk",
  "disk_error",
] as const;
export type Beginning = (typeof beginnings)[number];

const whole = z.number().int();

export const segmentSchema = z.strictObject({
  segment: z.literal(1),
  camera: z.string(),
  /** When the connection was opened; times of two sessions have nothing to do with each other. */
  session_ms: whole,
  began: z.enum(beginnings),
  codec: z.enum(codecs),
  /** As the source names it. */
  fourcc: z.string(),
  framing: z.enum(framings),
  width_px: whole,
  height_px: whole,
  /** Length of a tick in seconds, as a fraction. */
  tick: z.tuple([whole.positive(), whole.positive()]),
  /** What a decoder must know beforehand, base64: parameter sets behind start codes, or an MP4 configuration record. */
  config: z.string(),
});

export const pieceSchema = z.strictObject({
  /** Which of its packets are keyframes, from 0; a piece whose first is none goes on with the group before it. */
  keys: z.array(whole.min(0)),
  /** Where its bytes are in the data file. */
  at: whole.min(0),
  bytes: whole.positive(),
  sha256: z.string().length(64),
  /** Of each packet, in coding order; of times the first, then differences. */
  sizes: z.array(whole.positive()),
  ticks: z.array(whole),
  arrival_ms: z.array(whole),
  /** Complaints of receiver and decoder about the source while it came. */
  damage: whole.min(0),
  /** Which of its packets have a time that the source did not give. */
  guessed: z.array(whole.min(0)),
});

export type SegmentLine = Readonly<z.infer<typeof segmentSchema>>;
export type PieceLine = Readonly<z.infer<typeof pieceSchema>>;

const checksum = (json: string): string => crc32(json).toString(16).padStart(8, "0");

export function writeLine(line: SegmentLine | PieceLine): string {
  const json = JSON.stringify(line);
  return `${checksum(json)} ${json}\n`;
}

export interface SegmentIndex {
  readonly head: SegmentLine;
  readonly pieces: readonly PieceLine[];
  /** Lines that are not what was written, the one a crash cut short left out. */
  readonly spoiled: number;
}

function readLine(line: string): unknown {
  const json = line.slice(9);
  if (line[8] !== " " || line.slice(0, 8) !== checksum(json)) return null;
  return JSON.parse(json);
}

/** Null when not even the first line is there. */
export function readIndex(text: string): SegmentIndex | null {
  const [first, ...rest] = text.split("\n").slice(0, -1);
  if (first === undefined) return null;
  const head = segmentSchema.safeParse(readLine(first));
  if (!head.success) return null;
  const pieces: PieceLine[] = [];
  let spoiled = 0;
  for (const line of rest) {
    const piece = pieceSchema.safeParse(readLine(line));
    if (piece.success) pieces.push(piece.data);
    else spoiled += 1;
  }
  return { head: head.data, pieces, spoiled };
}

/** The first as it is, then each as the difference from the one before. */
export function differences(values: Float64Array, count: number): number[] {
  const list: number[] = [];
  for (let n = 0; n < count; n += 1) list.push((values[n] ?? 0) - (n === 0 ? 0 : (values[n - 1] ?? 0)));
  return list;
}

/** The way back. */
export function summed(list: readonly number[]): number[] {
  let sum = 0;
  return list.map((each) => {
    sum += each;
    return sum;
  });
}
