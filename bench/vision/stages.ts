/** The stages of a camera's process in their order, with the settings it has, over a film decoded as fast as it can be. */
import { VideoDecoder } from "../../detectors/decode/video-decoder.ts";
import { loadCountingDetector } from "../../detectors/inference/counting-detector.ts";
import { LaneWatch } from "../../detectors/lane/lane-watch.ts";
import { cameraSchema, modelSchema } from "../../detectors/schema.ts";
import { systemClock } from "../../detectors/system-clock.ts";
import { Tracker } from "../../detectors/track/tracker.ts";
import { PictureWatch } from "../../detectors/watch/picture-watch.ts";

/** `[source, longSide, looks a second, the film's pictures a second, model]` of a command line. */
export async function openStages([source = "", longSide = "", rate = "", film = "", model = "{}"]: readonly string[]) {
  const frames_per_s = Number(rate);
  /** Pictures of the film for one that is looked at. */
  const each = Number(film) / frames_per_s;
  const camera = cameraSchema.parse({
    id: "bench",
    intersection: "bench",
    model: modelSchema.parse(JSON.parse(model)),
    lines: [{ id: "stop-line", lane: "lane", from: [0.16, 0.69], to: [0.69, 0.69] }],
  });
  const detector = await loadCountingDetector(1, camera);
  const lanes = new LaneWatch({
    camera,
    lanes: [{ lane: "lane", channel: 1, length_m: 100 }],
    from_ms: systemClock.nowMs(),
    listener: { crossing: () => undefined, detectorEvent: () => undefined, movement: () => undefined },
  });
  const request = {
    ...{ source, paced: false, socket_timeout_s: 10, decoder_threads: 1, long_side_px: Number(longSide) },
    ...(each > 1 ? { frames_per_s } : {}),
  };
  const decoder = new VideoDecoder(request, "every", systemClock);
  return { each, decoder, detector, watch: new PictureWatch(), tracker: new Tracker(), lanes };
}
