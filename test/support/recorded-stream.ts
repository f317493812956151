/** One camera watched and recorded for a while, as its process does it, and every picture that was decoded. */
import type { VideoRequest } from "../../detectors/decode/ffmpeg-arguments.ts";
import { VideoDecoder } from "../../detectors/decode/video-decoder.ts";
import { Recorder } from "../../detectors/ring/recorder.ts";
import type { RingOrder } from "../../detectors/ring/ring-order.ts";
import { systemClock } from "../../detectors/system-clock.ts";
import { numberIn } from "./numbered-film.ts";

export interface SeenPicture {
  readonly session_ms: number;
  readonly pts_s: number;
  readonly arrival_ms: number;
  readonly number: number;
}

export const ringIn = (folder: string, change: Partial<RingOrder> = {}): RingOrder => ({
  camera: "north",
  folder: `${folder}/north`,
  keep_h: 1,
  keep_bytes: 1e9,
  leave_free_bytes: 0,
  ...change,
});

/** Looks at one connection until `enough`; the recorder stays open. */
export async function watchAndRecord(
  source: string,
  recorder: Recorder,
  enough: (seen: readonly SeenPicture[]) => boolean,
  wanted: Pick<VideoRequest, "frames_per_s" | "decoder_threads"> = {},
): Promise<readonly SeenPicture[]> {
  const request = { ...wanted, source, paced: true, socket_timeout_s: 5 };
  const decoder = new VideoDecoder(request, "newest", systemClock, { tap: recorder });
  const seen: SeenPicture[] = [];
  try {
    while (!enough(seen)) {
      const next = await decoder.next();
      if ("problem" in next) break;
      const number = numberIn(next.rgb, next.width, next.height);
      seen.push({ session_ms: decoder.session_ms, pts_s: next.pts_s, arrival_ms: next.arrival_ms, number });
      decoder.giveBack(next);
    }
  } finally {
    await decoder.close();
  }
  return seen;
}

/** The same with a recorder of its own, closed at the end. */
export async function recordPictures(
  source: string,
  ring: RingOrder,
  pictures: number,
): Promise<readonly SeenPicture[]> {
  const recorder = new Recorder(ring, systemClock);
  try {
    return await watchAndRecord(source, recorder, (seen) => seen.length >= pictures);
  } finally {
    await recorder.close();
  }
}
