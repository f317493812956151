/** The boxes of an MP4 file (ISO/IEC 14496-12) with one video track whose samples lie in one piece. */

type Part = Uint8Array | number | string | readonly Part[];

/** A number is four bytes, big end first; a text its letters. */
function bytesOf(part: Part): Buffer {
  if (typeof part === "string") return Buffer.from(part, "latin1");
  if (typeof part === "number") {
    const four = Buffer.alloc(4);
    four.writeUInt32BE(part);
    return four;
  }
  if (part instanceof Uint8Array) return Buffer.from(part.buffer, part.byteOffset, part.byteLength);
  return Buffer.concat(part.map(bytesOf));
}

export function box(type: string, ...parts: readonly Part[]): Buffer {
  const body = bytesOf(parts);
  return Buffer.concat([bytesOf(8 + body.length), bytesOf(type), body]);
}

const zeros = (count: number): Uint8Array => new Uint8Array(count);
const two = (value: number): Uint8Array => Uint8Array.of((value >> 8) & 255, value & 255);

export const fileType = (): Buffer => box("ftyp", "isom", 0x200, "isomiso2avc1mp41");

export interface Track {
  /** Ticks a second, of all times here. */
  readonly timescale: number;
  readonly width: number;
  readonly height: number;
  /** What a decoder must know, as a sample entry; see `sampleEntry`. */
  readonly entry: Uint8Array;
  /** Of each sample in coding order: bytes, and when it is decoded and shown. Decoding begins at 0. */
  readonly sizes: readonly number[];
  readonly decode: readonly number[];
  readonly show: readonly number[];
  readonly end: number;
  /** Which samples are keyframes, from 0. */
  readonly keys: readonly number[];
  /** Where in the file the samples begin. */
  readonly at: number;
  /** Seconds since 1970. */
  readonly made_s: number;
}

/** ISO/IEC 14496-12, 12.1.3: 78 bytes, then the decoder's configuration. */
export function sampleEntry(type: string, width: number, height: number, configuration: Uint8Array): Buffer {
  const size = [two(width), two(height), 0x480000, 0x480000];
  return box(type, zeros(6), two(1), zeros(16), size, 0, two(1), zeros(32), two(24), two(0xffff), configuration);
}

/** Equal neighbours become one row of how many and what. */
function runs(values: readonly number[]): number[] {
  const rows: number[] = [];
  for (const value of values) {
    const last = rows.length - 1;
    if (rows.length > 0 && rows[last] === value) rows[last - 1] = (rows[last - 1] ?? 0) + 1;
    else rows.push(1, value);
  }
  return rows;
}

function sampleTables({ entry, sizes, decode, show, end, keys, at }: Track): Buffer {
  const durations = runs(decode.map((time, n) => (decode[n + 1] ?? end) - time));
  const offsets = runs(show.map((time, n) => time - (decode[n] ?? 0)));
  return box(
    "stbl",
    box("stsd", 0, 1, entry),
    box("stts", 0, durations.length / 2, durations),
    box("ctts", 0, offsets.length / 2, offsets),
    box(
      "stss",
      0,
      keys.length,
      keys.map((key) => key + 1),
    ),
    box("stsc", 0, 1, 1, sizes.length, 1),
    box("stsz", 0, 0, sizes.length, sizes),
    box("stco", 0, 1, at),
  );
}

const unity = [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000] as const;
/** From 1904, where MP4 begins to count, to 1970. */
const epoch_s = 2_082_844_800;

/** The whole description of the file. The edit list lets the first picture be shown at 0. */
export function movie(track: Track): Buffer {
  const { timescale, width, height, show, end } = track;
  const first = show.reduce((earliest, time) => Math.min(earliest, time), Number.POSITIVE_INFINITY);
  const made = track.made_s + epoch_s;
  const shown = end;
  const media = box(
    "mdia",
    box("mdhd", 0, made, made, timescale, end, two(0x55c4), two(0)),
    box("hdlr", 0, 0, "vide", zeros(12), "greenwave\0"),
    box("minf", box("vmhd", 1, zeros(8)), box("dinf", box("dref", 0, 1, box("url ", 1))), sampleTables(track)),
  );
  return box(
    "moov",
    box("mvhd", 0, made, made, timescale, shown, 0x10000, two(0x100), zeros(10), [...unity], zeros(24), 2),
    box(
      "trak",
      box("tkhd", 3, made, made, 1, 0, shown, zeros(8), zeros(8), [...unity], width * 0x10000, height * 0x10000),
      box("edts", box("elst", 0, 1, shown, first, 0x10000)),
      media,
    ),
  );
}

/** At least what `movie` takes for so many samples. */
export const movieRoom = (samples: number, entryBytes: number): number => 1024 + entryBytes + samples * (8 + 8 + 4 + 4);
