/**
 * What our own eyes see of a real video, as the service's rules would be told: decoded, detected, tracked and laid on the
 * ground by the same code, every `1 / per_s` seconds of the video, as fast as it goes.
 */
import type { Sightings } from "../../core/ports/detection-feed.ts";
import type { Calibration } from "../../detectors/calibration/schema.ts";
import { VideoDecoder } from "../../detectors/decode/video-decoder.ts";
import { loadCountingDetector } from "../../detectors/inference/counting-detector.ts";
import { calibratedGround } from "../../detectors/lane/calibrated-ground.ts";
import { readSightings, SightingWatch } from "../../detectors/lane/sighting-watch.ts";
import { systemClock } from "../../detectors/system-clock.ts";
import { Tracker } from "../../detectors/track/tracker.ts";

export interface FilmedRequest {
  readonly video: string;
  readonly calibration: Calibration;
  readonly per_s: number;
  readonly feed: string;
  /** When the first picture is said to have come. */
  readonly from_ms: number;
}

/** Rejects when the video cannot be read. */
export async function filmedSightings(request: FilmedRequest): Promise<readonly Sightings[]> {
  const { video, calibration, per_s, feed, from_ms } = request;
  const ground = calibratedGround(calibration);
  if (ground === null) throw new Error("the staged calibration is not sound");
  const detector = await loadCountingDetector(1, {});
  const decoder = new VideoDecoder({ source: video, paced: false, socket_timeout_s: 10 }, "every", systemClock);
  const [tracker, watch] = [new Tracker(), new SightingWatch(ground)];
  const all: Sightings[] = [];
  let next_s = Number.NEGATIVE_INFINITY;
  try {
    for (;;) {
      const frame = await decoder.next();
      if ("problem" in frame) {
        if (frame.problem === null) return all;
        throw new Error(`${frame.problem.code} ${JSON.stringify(frame.problem.words)}`);
      }
      const { width, height, pts_s, rgb } = frame;
      // Half a picture's worth early is not early.
      if (pts_s >= next_s - 0.25 / per_s) {
        next_s = pts_s + 1 / per_s;
        const detections = await detector.detect(rgb, width, height, pts_s);
        tracker.update(detections, width, height, pts_s);
        const seen = { width, height, pts_s, arrival_ms: from_ms + pts_s * 1000, session_ms: from_ms };
        all.push(readSightings(feed, watch.observe(tracker, detections, seen)));
      }
      decoder.giveBack(frame);
    }
  } finally {
    await decoder.close();
    await detector.close();
  }
}
