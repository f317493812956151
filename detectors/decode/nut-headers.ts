/** Main and stream headers of the NUT container (specification: nut.txt, version 3), as far as one video stream needs them. */
import type { NutReader } from "./nut-reader.ts";

export const frameFlag = {
  key: 1,
  codedPts: 8,
  streamId: 16,
  sizeMsb: 32,
  checksum: 64,
  reserved: 128,
  headerIndex: 1024,
  matchTime: 2048,
  coded: 4096,
  invalid: 8192,
} as const;

/** What each of the 256 possible first bytes of a frame stands for. */
export interface FrameCodes {
  readonly flags: Uint16Array;
  readonly streamId: Uint16Array;
  readonly sizeMul: Uint32Array;
  readonly sizeLsb: Uint32Array;
  readonly ptsDelta: Int32Array;
  readonly reserved: Uint16Array;
  readonly headerIndex: Uint8Array;
}

export interface NutMain {
  readonly timeBases: readonly { readonly num: number; readonly den: number }[];
  readonly codes: FrameCodes;
  /** Bytes that frames of this header index leave out; index 0 is empty. */
  readonly elided: readonly Uint8Array[];
}

export interface NutVideo {
  /** Such as `H264`. */
  readonly fourcc: string;
  /** Length of a tick: num / den seconds. */
  readonly tick: { readonly num: number; readonly den: number };
  /** What the decoder must know beforehand, as the source said it; may be empty. */
  readonly codecData: Uint8Array;
  readonly msbPtsShift: number;
  readonly width: number;
  readonly height: number;
}

interface Row {
  flag: number;
  pts: number;
  mul: number;
  stream: number;
  size: number;
  reserved: number;
  count: number;
  headerIndex: number;
}

function readRow(reader: NutReader, row: Row): void {
  row.flag = reader.v();
  const fields = reader.v();
  if (fields > 0) row.pts = reader.s();
  if (fields > 1) row.mul = reader.v();
  if (fields > 2) row.stream = reader.v();
  row.size = fields > 3 ? reader.v() : 0;
  row.reserved = fields > 4 ? reader.v() : 0;
  row.count = fields > 5 ? reader.v() : row.mul - row.size;
  if (fields > 6) reader.s();
  if (fields > 7) row.headerIndex = reader.v();
  for (let field = 8; field < fields && !reader.short; field += 1) reader.v();
}

/** The table comes run-length coded; the code `N` is kept free because every other packet starts with it. */
function readCodes(reader: NutReader): FrameCodes {
  const codes: FrameCodes = {
    flags: new Uint16Array(256).fill(frameFlag.invalid),
    streamId: new Uint16Array(256),
    sizeMul: new Uint32Array(256),
    sizeLsb: new Uint32Array(256),
    ptsDelta: new Int32Array(256),
    reserved: new Uint16Array(256),
    headerIndex: new Uint8Array(256),
  };
  const row: Row = { flag: 0, pts: 0, mul: 1, stream: 0, size: 0, reserved: 0, count: 0, headerIndex: 0 };
  for (let code = 0; code < 256 && !reader.short; ) {
    readRow(reader, row);
    for (let step = 0; step < row.count && code < 256; code += 1) {
      if (code === 0x4e) continue;
      codes.flags[code] = row.flag;
      codes.streamId[code] = row.stream;
      codes.sizeMul[code] = row.mul;
      codes.sizeLsb[code] = row.size + step;
      codes.ptsDelta[code] = row.pts;
      codes.reserved[code] = row.reserved;
      codes.headerIndex[code] = row.headerIndex;
      step += 1;
    }
  }
  return codes;
}

export function readMain(reader: NutReader): NutMain {
  const version = reader.v();
  if (version > 3) reader.v();
  reader.v(); // stream count: one, we ask for one
  reader.v(); // longest distance between sync points
  const timeBases: { num: number; den: number }[] = [];
  const bases = reader.v();
  for (let base = 0; base < bases && !reader.short; base += 1) timeBases.push({ num: reader.v(), den: reader.v() });
  const codes = readCodes(reader);
  const elided: Uint8Array[] = [new Uint8Array(0)];
  const headers = reader.v();
  for (let header = 0; header < headers && !reader.short; header += 1) elided.push(reader.vb().slice());
  return { timeBases, codes, elided };
}

/** Null for a stream that is not video. */
export function readStream(reader: NutReader, main: NutMain): NutVideo | null {
  reader.v(); // stream id: the only one
  const streamClass = reader.v();
  // Damage may announce as many letters as the buffer has bytes, which are too many arguments.
  const fourcc = String.fromCharCode(...reader.vb().subarray(0, 4));
  const timeBase = reader.v();
  const msbPtsShift = reader.v();
  reader.v(); // longest distance of a short pts
  reader.v(); // decode delay
  reader.v(); // flags
  const codecData = reader.vb().slice();
  if (streamClass !== 0) return null;
  const width = reader.v();
  const height = reader.v();
  const tick = main.timeBases[timeBase] ?? { num: 1, den: 1 };
  return { fourcc, tick, codecData, msbPtsShift, width, height };
}
