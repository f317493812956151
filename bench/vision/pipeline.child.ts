/** The pipeline: the stages of a camera's process. No picture is lost, so that work is all there is to measure. */
import { openStages } from "./stages.ts";
import { Tally } from "./tally.ts";

const { each, decoder, detector, watch, tracker, lanes } = await openStages(process.argv.slice(2));
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
