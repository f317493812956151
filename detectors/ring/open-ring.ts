/** What was recorded, for whoever needs it: spans, gaps, clips, and holds that keep a span from leaving. */
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join, parse } from "node:path";
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";
import { filesOf, missingIn, piecesOf } from "./clip-plan.ts";
import { type ClipFile, type ClipPicture, writeClip } from "./cut-clip.ts";
import { addHold, type Hold, readHolds, removeHold } from "./holds.ts";
import { findMoment, type RecordedMoment, type StreamMoment } from "./moment.ts";
import { piecesBetween } from "./recorded-pieces.ts";
import { gapsOf, type RecordedGap, type RecordedSpan, spansOf } from "./spans.ts";

export interface CameraRecording {
  readonly camera: string;
  readonly spans: readonly RecordedSpan[];
  readonly gaps: readonly RecordedGap[];
  readonly bytes: number;
  /** Index lines that are not what was written; their pictures are in no span. */
  readonly spoiled: number;
  readonly holds: readonly Hold[];
}

export interface ClipOrder {
  readonly camera: string;
  /** Milliseconds since 1970, by the arrival of the pictures. */
  readonly from_ms: number;
  readonly to_ms: number;
  /** Where the MP4 goes. Where the coding changed within the span, further files get -2, -3 … before the ending. */
  readonly out: string;
}

export interface Clip {
  readonly camera: string;
  readonly from_ms: number;
  readonly to_ms: number;
  /** All of the span is there and nothing in it was damaged. */
  readonly complete: boolean;
  readonly gaps: readonly RecordedGap[];
  readonly files: readonly ClipFile[];
}

export interface Ring {
  /** Cameras of which something is kept, or was. */
  cameras(): Promise<readonly string[]>;
  recording(camera: string): Promise<Result<CameraRecording>>;
  cut(order: ClipOrder): Promise<Result<Clip>>;
  /** Where one picture is, and whether what follows it is there by now. Reads what was recorded within a minute of it. */
  moment(camera: string, moment: StreamMoment): Promise<Result<RecordedMoment>>;
  holds(camera: string): Promise<Result<readonly Hold[]>>;
  /** Keeps what is there of the span, and what still comes of it, until `release`. */
  hold(camera: string, span: Omit<Hold, "id">): Promise<Result<Hold>>;
  release(camera: string, hold: string): Promise<Result<void>>;
}

/** A clip's tables are made in memory. */
const most_s = 600;
/** A picture is looked for this far from when it was said to be. */
const around_ms = 60_000;

const timeOf = (ms: number): string => new Date(ms).toISOString();

class FolderRing implements Ring {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async cameras(): Promise<readonly string[]> {
    if (!existsSync(this.#folder)) return [];
    const entries = await readdir(this.#folder, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .toSorted();
  }

  async recording(camera: string): Promise<Result<CameraRecording>> {
    const folder = await this.#of(camera);
    if (!folder.ok) return folder;
    const { pieces, spoiled } = await piecesBetween(folder.value, 0, Number.POSITIVE_INFINITY);
    const spans = spansOf(pieces);
    const bytes = spans.reduce((sum, span) => sum + span.bytes, 0);
    return ok({ camera, spans, gaps: gapsOf(pieces), bytes, spoiled, holds: await readHolds(folder.value) });
  }

  async cut({ camera, from_ms, to_ms, out }: ClipOrder): Promise<Result<Clip>> {
    const times = { camera, from: timeOf(from_ms), to: timeOf(to_ms) };
    const length_s = (to_ms - from_ms) / 1000;
    if (!(length_s > 0 && length_s <= most_s)) return failed(problem("CLIP_SPAN", { ...times, most_s }));
    const folder = await this.#of(camera);
    if (!folder.ok) return folder;
    const { pieces } = await piecesBetween(folder.value, from_ms, to_ms);
    const chosen = piecesOf(pieces, from_ms, to_ms);
    if (chosen.length === 0) return failed(problem("RECORDING_NOT_COVERED", times));
    const files: ClipFile[] = [];
    for (const [at, part] of filesOf(chosen).entries()) {
      const { dir, name, ext } = parse(out);
      const written = await writeClip(part, at === 0 ? out : join(dir, `${name}-${at + 1}${ext}`));
      if (!written.ok) return written;
      files.push(written.value);
    }
    const gaps = missingIn(chosen, from_ms, to_ms);
    const complete = gaps.length === 0 && files.every(({ damage }) => damage === 0);
    return ok({ camera, from_ms, to_ms, complete, gaps, files });
  }

  async moment(camera: string, moment: StreamMoment): Promise<Result<RecordedMoment>> {
    const folder = await this.#of(camera);
    if (!folder.ok) return folder;
    const { near_ms } = moment;
    const { pieces } = await piecesBetween(folder.value, near_ms - around_ms, near_ms + around_ms);
    return ok(findMoment(pieces, moment));
  }

  async holds(camera: string): Promise<Result<readonly Hold[]>> {
    const folder = await this.#of(camera);
    return folder.ok ? ok(await readHolds(folder.value)) : folder;
  }

  async hold(camera: string, span: Omit<Hold, "id">): Promise<Result<Hold>> {
    const folder = await this.#of(camera);
    return folder.ok ? ok(await addHold(folder.value, span)) : folder;
  }

  async release(camera: string, hold: string): Promise<Result<void>> {
    const folder = await this.#of(camera);
    if (!folder.ok) return folder;
    if (await removeHold(folder.value, hold)) return ok(undefined);
    return failed(problem("HOLD_UNKNOWN", { camera, hold }));
  }

  async #of(camera: string): Promise<Result<string>> {
    const known = await this.cameras();
    if (known.includes(camera)) return ok(join(this.#folder, camera));
    return failed(problem("RECORDING_MISSING", { camera, folder: this.#folder, known: known.join(", ") || "-" }));
  }
}

/** `folder`: that of all cameras. Nothing is opened until something is asked, and nothing has to be closed. */
export const openRing = (folder: string): Ring => new FolderRing(folder);

/** Which picture of a clip the stream showed at that time; -1 when it is not in it. `pts_s` as of tracks and crossings. */
export function pictureAt(pictures: readonly ClipPicture[], session_ms: number, pts_s: number): number {
  let best = -1;
  let least_s = Number.POSITIVE_INFINITY;
  for (const [at, picture] of pictures.entries()) {
    const distance_s = Math.abs(picture.pts_s - pts_s);
    if (picture.session_ms !== session_ms || distance_s >= least_s) continue;
    best = at;
    least_s = distance_s;
  }
  return least_s < 1 ? best : -1;
}
