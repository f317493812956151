/**
 * The pipeline: the stages of a camera's process in their order, with the settings it has. Only the film is decoded as fast as
 * it can be, and no picture is lost, so that work is all there is to measure.
 */
import { VideoDecoder } from "../../detectors/decode/video-decoder.ts";
import { loadCountingDetector } from "../../detectors/inference/counting-detector.ts";
import { LaneWatch } from "../../detectors/lane/lane-watch.ts";
import { cameraSchema, modelSchema } from "../../detectors/schema.ts";
import { systemClock } from "../../detectors/system-clock.ts";
import { Tracker } from "../../detectors/track/tracker.ts";
import { PictureWatch } from "../../detectors/watch/picture-watch.ts";
import { Tally } from "./tally.ts";

const [source = "", longSide = "", rate = "", film = "", model = "{}"] = process.argv.slice(2);
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
const watch = new PictureWatch();
const tracker = new Tracker();
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
process.on("SIGTERM", () => void decoder.close());

const tally = new Tally();
for (;;) {
  const frame = await decoder.next();
  if ("problem" in frame) break;
  watch.look(frame);
  const found = await detector.detect(frame.rgb, frame.width, frame.height, frame.pts_s);
  tracker.update(found, frame.width, frame.height, frame.pts_s);
  lanes.observe(tracker, frame);
  decoder.giveBack(frame);
  tally.add(each);
}
tally.end();
await decoder.close();
await detector.close();
