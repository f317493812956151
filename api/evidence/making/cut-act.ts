/** The clip of an act, cut out of the ring and looked at picture by picture before anything is made of it. */
import { join } from "node:path";
import type { Detection } from "../../../core/cases/detection.ts";
import type { Manifest } from "../../../core/evidence/package/manifest.ts";
import { failed, ok, type Problem, problem, type Result } from "../../../core/problems/problem.ts";
import {
  type Clip,
  type ClipPicture,
  type CodedPictures,
  type Ring,
  readCodedPictures,
} from "../../../detectors/index.ts";
import { actPts_s, picturesAt_ms } from "./stream-time.ts";

type ClipFile = Clip["files"][number];

export interface Span {
  readonly before_ms: number;
  readonly after_ms: number;
}

export interface ActClip {
  readonly path: string;
  readonly width_px: number;
  readonly height_px: number;
  readonly time_base_hz: number;
  /** In the order in which they are shown, as are the next two. */
  readonly pictures: readonly ClipPicture[];
  /** Of each picture, in ticks of the clip. */
  readonly pts: readonly number[];
  /** When the camera saw it. */
  readonly at_ms: readonly number[];
  readonly gaps: Manifest["clip"]["gaps"];
  /** Neither receiver nor decoder complained while it came: so nothing may be wrong with it now. */
  readonly flawless: boolean;
}

/** Names that ffmpeg gives to what the ring calls so. */
const codecNames: Readonly<Record<string, string>> = { h265: "hevc" };
/** Two clocks that cut ticks differently may be one apart. */
const slack_ticks = 1.5;

export const unsound = (id: string, folder: string, reason: string): Problem =>
  problem("EVIDENCE_CLIP_UNSOUND", { case: id, folder, reason });

/** What of the coded pictures is not as it was recorded; null when all is. */
function difference({ codec, pictures }: ClipFile, coded: CodedPictures, pts: readonly number[]): string | null {
  const expected = codecNames[codec] ?? codec;
  if (coded.codec !== expected) return `its pictures are ${coded.codec}, and ${expected} was recorded`;
  if (pts.length !== pictures.length) return `it has ${pts.length} pictures, and ${pictures.length} were recorded`;
  const first = pts[0] as number;
  const moved = pictures.findIndex(
    ({ clip_s }, n) => Math.abs((pts[n] as number) - first - clip_s * coded.time_base_hz) > slack_ticks,
  );
  return moved < 0 ? null : `picture ${moved + 1} is shown at another time`;
}

/** Pictures are at most so far apart wherever anybody speaks of a recording. */
const edge_ms = 500;

/** What the clip lacks at its ends by the stream's own clock: pictures may have come slower or faster than they were seen. */
function missingAtEnds(
  at_ms: readonly number[],
  act_ms: number,
  { before_ms, after_ms }: Span,
): Manifest["clip"]["gaps"] {
  const [from_ms, to_ms] = [act_ms - before_ms, act_ms + after_ms].map(Math.round) as [number, number];
  const [first_ms, last_ms] = [Math.round(at_ms[0] as number), Math.round(at_ms.at(-1) as number)];
  return [
    ...(first_ms > from_ms + edge_ms ? [{ from_ms, to_ms: first_ms }] : []),
    ...(last_ms < to_ms - edge_ms ? [{ from_ms: last_ms, to_ms }] : []),
  ];
}

/** By our clock instead of by arrival. Where the coding changed within the span, the other files' parts are missing too. */
function gapsOf(clip: Clip, file: ClipFile, late_ms: number): Manifest["clip"]["gaps"] {
  const elsewhere = clip.files.filter((other) => other !== file);
  const inside = clip.gaps.filter(({ why }) => why !== "not_recorded");
  return [...inside, ...elsewhere]
    .toSorted((a, b) => a.from_ms - b.from_ms)
    .map(({ from_ms, to_ms }) => ({ from_ms: Math.round(from_ms - late_ms), to_ms: Math.round(to_ms - late_ms) }));
}

export interface ActOrder {
  readonly id: string;
  readonly detection: Detection;
  readonly recorded: RecordedSpan;
  readonly span: Span;
  readonly folder: string;
}

/** Fails with problems of the ring, of ffmpeg, or `EVIDENCE_CLIP_UNSOUND`. */
export async function cutAct(ring: Ring, order: ActOrder, stop: AbortSignal): Promise<Result<ActClip>> {
  const { id, detection, recorded, span, folder } = order;
  const { arrival_ms, from_ms, to_ms } = recorded;
  const path = join(folder, "clip.mp4");
  const cut = await ring.cut({ camera: detection.camera, from_ms, to_ms, out: path });
  if (!cut.ok) return cut;
  const file = cut.value.files.find((each) => each.from_ms <= arrival_ms && arrival_ms <= each.to_ms);
  if (file === undefined) return failed(notRecorded(id, detection));
  const coded = await readCodedPictures(file.file, stop);
  if (!coded.ok) return coded;
  const pts = coded.value.pictures.map((picture) => picture.pts).toSorted((a, b) => a - b);
  const reason = difference(file, coded.value, pts);
  if (reason !== null) return failed(unsound(id, folder, reason));
  const at_ms = picturesAt_ms(file.pictures, detection);
  const gaps = [
    ...gapsOf(cut.value, file, arrival_ms - detection.at_ms),
    ...missingAtEnds(at_ms, detection.at_ms, span),
  ].toSorted((a, b) => a.from_ms - b.from_ms);
  return ok({
    path: file.file,
    width_px: file.width_px,
    height_px: file.height_px,
    time_base_hz: coded.value.time_base_hz,
    pictures: file.pictures,
    pts,
    at_ms,
    gaps,
    flawless: file.damage === 0,
  });
}

export const notRecorded = (id: string, { camera, at_ms }: Detection): Problem =>
  problem("EVIDENCE_NOT_RECORDED", { case: id, camera, at: new Date(at_ms).toISOString() });

export interface RecordedSpan {
  /** When the picture of the act arrived. */
  readonly arrival_ms: number;
  /** When the first and the last of the clip did, as far as they are recorded. */
  readonly from_ms: number;
  readonly to_ms: number;
  /** The keyframe group of the last picture is recorded to its end. */
  readonly whole: boolean;
}

/** Null while, or where, the act is not recorded. By the stream's clock: whatever the network did, the seconds are the street's. */
export async function recordedSpan(ring: Ring, detection: Detection, span: Span): Promise<RecordedSpan | null> {
  const { camera, session_ms, at_ms } = detection;
  const act_s = actPts_s(detection);
  const at = (later_ms: number) =>
    ring.moment(camera, { session_ms, pts_s: act_s + later_ms / 1000, near_ms: at_ms + later_ms });
  const [first, act, last] = [await at(-span.before_ms), await at(0), await at(span.after_ms)];
  const arrival_ms = act.ok ? act.value.arrival_ms : null;
  if (!(first.ok && act.ok && last.ok) || arrival_ms === null) return null;
  const end_ms = last.value.arrival_ms;
  return {
    arrival_ms,
    from_ms: first.value.arrival_ms ?? arrival_ms - span.before_ms,
    to_ms: end_ms ?? arrival_ms + span.after_ms,
    whole: end_ms !== null && last.value.whole_until_ms > end_ms,
  };
}
