/** Writes recorded pieces as MP4: nothing is coded anew, and the same pieces give the same bytes. */
import { createHash } from "node:crypto";
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { failed, ok, type Problem, ProblemError, problem, type Result } from "../../core/problems/problem.ts";
import { type ClipSample, decodingOf, samplesOf } from "./clip-plan.ts";
import { sampleEntryOf } from "./decoder-configuration.ts";
import { box, fileType, movie, movieRoom } from "./mp4-boxes.ts";
import type { RecordedPiece } from "./recorded-pieces.ts";
import { frameByLengths, lengthFramedSize } from "./units.ts";

/** One picture of a clip, and what it was in the camera's stream. */
export interface ClipPicture {
  /** When it is shown in the clip. */
  readonly clip_s: number;
  /** Whose clock the next is: when that connection was opened. */
  readonly session_ms: number;
  /** Its time by the stream's own clock; the same as of the decoded picture. */
  readonly pts_s: number;
  /** When its last byte reached us. */
  readonly arrival_ms: number;
  readonly key: boolean;
  /** The source did not give that time: so it is with the first pictures of many sessions. */
  readonly guessed: boolean;
}

export interface ClipFile {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly codec: string;
  readonly width_px: number;
  readonly height_px: number;
  readonly duration_s: number;
  readonly from_ms: number;
  readonly to_ms: number;
  /** Complaints of receiver and decoder while it came. */
  readonly damage: number;
  /** In the order in which they are shown. */
  readonly pictures: readonly ClipPicture[];
}

/** The bytes of a piece, as they were recorded. Throws `RECORDING_SPOILED` when they are not. */
class PieceReader {
  #file: FileHandle | null = null;
  #path = "";

  async read({ media, line }: RecordedPiece): Promise<Uint8Array> {
    if (this.#path !== media) {
      await this.close();
      this.#file = await open(media, "r");
      this.#path = media;
    }
    const bytes = new Uint8Array(line.bytes);
    const { bytesRead } = (await this.#file?.read(bytes, 0, line.bytes, line.at)) ?? { bytesRead: 0 };
    const intact = bytesRead === line.bytes && createHash("sha256").update(bytes).digest("hex") === line.sha256;
    if (intact) return bytes;
    throw new ProblemError([problem("RECORDING_SPOILED", { file: media, at: line.at, bytes: line.bytes })]);
  }

  async close(): Promise<void> {
    this.#path = "";
    await this.#file?.close();
    this.#file = null;
  }
}

/** Copies the samples behind each other; returns how many bytes each takes now. */
async function writeSamples(samples: readonly ClipSample[], at: number, out: FileHandle): Promise<readonly number[]> {
  const reader = new PieceReader();
  const sizes: number[] = [];
  let end = at;
  let piece: RecordedPiece | null = null;
  let bytes: Uint8Array = new Uint8Array(0);
  try {
    for (const sample of samples) {
      if (sample.piece !== piece) {
        piece = sample.piece;
        bytes = await reader.read(piece);
      }
      const packet = bytes.subarray(sample.at, sample.at + sample.bytes);
      const written = piece.head.framing === "start_codes" ? reframed(packet) : packet;
      await out.write(written, 0, written.length, end);
      sizes.push(written.length);
      end += written.length;
    }
  } finally {
    await reader.close();
  }
  return sizes;
}

function reframed(packet: Uint8Array): Uint8Array {
  const framed = new Uint8Array(lengthFramedSize(packet));
  frameByLengths(packet, framed);
  return framed;
}

interface Layout {
  readonly samples: readonly ClipSample[];
  readonly entry: Uint8Array;
  readonly head: RecordedPiece["head"];
}

async function writeFile({ samples, entry, head }: Layout, out: FileHandle): Promise<number> {
  const start = fileType();
  const room = movieRoom(samples.length, entry.length);
  const dataAt = start.length + room + 8;
  const sizes = await writeSamples(samples, dataAt, out);
  const show = samples.map((sample) => sample.show);
  const { decode, wait } = decodingOf(show);
  const first = show.reduce((earliest, time) => Math.min(earliest, time), Number.POSITIVE_INFINITY);
  const usual = decode.length > 1 ? Math.round((decode.at(-1) ?? 0) / (decode.length - 1)) : head.tick[1];
  const end = (decode.at(-1) ?? 0) + usual;
  const description = movie({
    timescale: head.tick[1],
    width: head.width_px,
    height: head.height_px,
    entry,
    sizes,
    decode,
    show: show.map((time) => time - first + wait),
    end,
    keys: samples.flatMap(({ key }, n) => (key ? [n] : [])),
    at: dataAt,
    made_s: Math.round((samples[0]?.arrival_ms ?? 0) / 1000),
  });
  const data = sizes.reduce((sum, size) => sum + size, 0);
  const dataHead = box("mdat");
  dataHead.writeUInt32BE(data + 8);
  const spare = box("free", new Uint8Array(room - description.length - 8));
  await out.write(Buffer.concat([start, description, spare, dataHead]), 0, dataAt, 0);
  await out.sync();
  return end / head.tick[1];
}

async function sealOf(file: string): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const handle = await open(file, "r");
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of handle.createReadStream()) {
    hash.update(chunk as Buffer);
    bytes += (chunk as Buffer).length;
  }
  return { bytes, sha256: hash.digest("hex") };
}

function picturesOf(samples: readonly ClipSample[]): readonly ClipPicture[] {
  const shown = samples.toSorted((a, b) => a.show - b.show);
  const first = shown[0]?.show ?? 0;
  return shown.map(({ piece, show, ticks, arrival_ms, key, guessed }) => {
    const [num, den] = piece.head.tick;
    const { session_ms } = piece.head;
    return { clip_s: (show - first) / den, session_ms, pts_s: (ticks * num) / den, arrival_ms, key, guessed };
  });
}

/** Pieces of one coding, in the order of time, as one file. On failure nothing of it is left. */
export async function writeClip(pieces: readonly RecordedPiece[], file: string): Promise<Result<ClipFile>> {
  const head = pieces[0]?.head;
  const entry = head === undefined ? null : sampleEntryOf(head);
  if (head === undefined || entry === null) {
    return failed(problem("CLIP_CODEC", { camera: head?.camera ?? "", codec: head?.fourcc ?? "" }));
  }
  const samples = samplesOf(pieces);
  const part = `${file}.part`;
  try {
    const out = await open(part, "w", 0o600);
    const duration_s = await writeFile({ samples, entry, head }, out).finally(() => out.close());
    await rename(part, file);
    const { codec, width_px, height_px } = head;
    const [from_ms, to_ms] = [pieces[0]?.first_ms ?? 0, pieces.at(-1)?.last_ms ?? 0];
    const damage = pieces.reduce((sum, { line }) => sum + line.damage, 0);
    const said = { codec, width_px, height_px, duration_s, from_ms, to_ms, damage };
    return ok({ file, ...(await sealOf(file)), ...said, pictures: picturesOf(samples) });
  } catch (error) {
    await rm(part, { force: true });
    return failed(...problemsOf(error, file));
  }
}

function problemsOf(error: unknown, file: string): readonly Problem[] {
  if (error instanceof ProblemError) return error.problems;
  const code = (error as NodeJS.ErrnoException).code;
  if (code === undefined) throw error;
  return [problem("CLIP_NOT_WRITTEN", { file, reason: code })];
}
