/** Pictures of one vehicle out of what was recorded: the clip around them is cut, decoded once, and thrown away. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { TrailPoint } from "../../core/plates/trails.ts";
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";
import {
  type Clip,
  examineClip,
  pictureAt,
  type Ring,
  readCodedPictures,
  type VehicleOrder,
} from "../../detectors/index.ts";

type Frames = VehicleOrder["frames"];

export interface PicturesOrder {
  readonly camera: string;
  /** When the pictures arrived, about. */
  readonly at_ms: number;
  readonly points: readonly TrailPoint[];
  /** Made here; whoever asks removes it. */
  readonly folder: string;
}

/** A track's pictures lie so far around its crossing, and arrive a little before or after the time that is told of them. */
const AROUND_MS = 2500;

/** Fails with problems of the ring and of ffmpeg, or RECORDING_NOT_COVERED. */
export async function passagePictures(
  ring: Ring,
  { camera, at_ms, points, folder }: PicturesOrder,
  stop: AbortSignal,
): Promise<Result<Frames>> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const [from_ms, to_ms] = [at_ms - AROUND_MS, at_ms + AROUND_MS];
  const cut = await ring.cut({ camera, from_ms, to_ms, out: join(folder, "clip.mp4") });
  if (!cut.ok) return cut;
  const frames: Frames[number][] = [];
  for (const file of cut.value.files) {
    const found = await framesIn(file, points, folder, stop);
    if (!found.ok) return found;
    frames.push(...found.value);
  }
  if (frames.length > 0) return ok(frames);
  const [from = "", to = ""] = [from_ms, to_ms].map((ms) => new Date(ms).toISOString());
  return failed(problem("RECORDING_NOT_COVERED", { camera, from, to }));
}

async function framesIn(
  { file, pictures }: Clip["files"][number],
  points: readonly TrailPoint[],
  folder: string,
  stop: AbortSignal,
): Promise<Result<Frames>> {
  const wanted = new Map(
    points.map((point) => [pictureAt(pictures, point.stream.session_ms, point.stream.pts_s), point] as const),
  );
  wanted.delete(-1);
  if (wanted.size === 0) return ok([]);
  const coded = await readCodedPictures(file, stop);
  if (!coded.ok) return coded;
  const shown = coded.value.pictures.map(({ pts }) => pts).toSorted((a, b) => a - b);
  const boxes = new Map([...wanted].map(([at, { box }]) => [shown[at] ?? -1, box]));
  const examined = await examineClip(file, [...boxes.keys()], folder, stop, true);
  if (!examined.ok) return examined;
  return ok(
    [...examined.value.pictures].flatMap(([pts, path]) => {
      const box = boxes.get(pts);
      return box === undefined ? [] : [{ path, box }];
    }),
  );
}
