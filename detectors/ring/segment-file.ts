/** One segment being written: packets first, then the line that says they are there. */
import { createHash } from "node:crypto";
import { type FileHandle, open, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Piece } from "./piece.ts";
import { differences, type PieceLine, type SegmentLine, writeLine } from "./segment-lines.ts";
import { indexOf, mediaOf, segmentName } from "./segment-names.ts";

const ownerOnly = 0o600;

/** `write` may write less than asked when the disk is nearly full; the rest then fails with the reason. */
async function writeAll(handle: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, at + done);
    done += bytesWritten;
  }
}

/** Where the marks are set. */
function marked(marks: Uint8Array, count: number): number[] {
  const list: number[] = [];
  for (let n = 0; n < count; n += 1) if (marks[n] === 1) list.push(n);
  return list;
}

function pieceLine(piece: Piece, at: number): PieceLine {
  const { count, damage } = piece;
  return {
    keys: marked(piece.keys, count),
    at,
    bytes: piece.used,
    sha256: createHash("sha256").update(piece.content).digest("hex"),
    sizes: [...piece.sizes.subarray(0, count)],
    ticks: differences(piece.ticks, count),
    arrival_ms: differences(piece.arrival_ms, count),
    damage,
    guessed: marked(piece.guesses, count),
  };
}

export class SegmentFile {
  readonly start_ms: number;
  readonly #paths: readonly string[];
  readonly #index: FileHandle;
  readonly #media: FileHandle;
  #indexBytes: number;
  mediaBytes = 0;

  private constructor(
    start_ms: number,
    paths: readonly string[],
    index: FileHandle,
    media: FileHandle,
    indexBytes: number,
  ) {
    this.start_ms = start_ms;
    this.#paths = paths;
    this.#index = index;
    this.#media = media;
    this.#indexBytes = indexBytes;
  }

  /** Rejects with the system's error, and then leaves nothing behind. `wx`: a name is never used twice. */
  static async create(folder: string, start_ms: number, head: SegmentLine): Promise<SegmentFile> {
    const name = segmentName(start_ms);
    const [indexPath, mediaPath] = [join(folder, indexOf(name)), join(folder, mediaOf(name))];
    const index = await open(indexPath, "wx", ownerOnly);
    try {
      const line = Buffer.from(writeLine(head));
      await writeAll(index, line, 0);
      const media = await open(mediaPath, "wx", ownerOnly);
      return new SegmentFile(start_ms, [indexPath, mediaPath], index, media, line.length);
    } catch (error) {
      await index.close();
      await rm(indexPath, { force: true });
      throw error;
    }
  }

  /** In the hands of the system when it resolves; a killed process loses nothing of it. */
  async append(piece: Piece): Promise<void> {
    await writeAll(this.#media, piece.content, this.mediaBytes);
    const line = Buffer.from(writeLine(pieceLine(piece, this.mediaBytes)));
    await writeAll(this.#index, line, this.#indexBytes);
    this.mediaBytes += piece.used;
    this.#indexBytes += line.length;
  }

  /** Cuts off what was not finished, and brings the rest to the disk itself; of a segment without a piece nothing stays. */
  async close(): Promise<void> {
    try {
      await this.#media.truncate(this.mediaBytes);
      await this.#index.truncate(this.#indexBytes);
      await this.#media.datasync();
      await this.#index.datasync();
    } finally {
      await this.#media.close();
      await this.#index.close();
      if (this.mediaBytes === 0) for (const path of this.#paths) await rm(path, { force: true });
    }
  }
}
