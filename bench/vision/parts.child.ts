/**
 * What a look costs, by part: processor milliseconds of this process, which is all but decoding, medians over `looks`. The
 * normalising and the network are run once more by themselves beside the rest; boxes are what the detector takes beyond them.
 * Prints one line of JSON.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { type InferenceSession, Tensor } from "onnxruntime-node";
import { fitLetterbox } from "../../detectors/inference/letterbox.ts";
import { createPreprocessor } from "../../detectors/inference/preprocess.ts";
import { createSession } from "../../detectors/inference/session.ts";
import { readNanodet } from "../../detectors/models/manifest.ts";
import { shippedModelFile, usualModel } from "../../detectors/models/shipped.ts";
import type { PartCosts } from "./part-costs.ts";
import { openStages } from "./stages.ts";
import { median } from "./statistics.ts";

const order = process.argv.slice(2);
const [, longSide = ""] = order;
const looks = 100;
/** Until everything is compiled and every buffer has its size. */
const warmUp = 40;
/** In which a picture comes through the pipe, so that its reading falls on no other part. Idle, it costs nothing. */
const arrival_ms = 15;

type Mark = keyof Omit<PartCosts, "boxes_ms"> | "detector_ms";
const spent = new Map<Mark, number[]>();
let last_us = 0;

function cpu_us(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

/** What was spent since the mark before belongs to this part. */
function mark(part: Mark): void {
  const now_us = cpu_us();
  spent.set(part, [...(spent.get(part) ?? []), (now_us - last_us) / 1000]);
  last_us = cpu_us();
}

const cost = (part: Mark): number => median((spent.get(part) ?? []).slice(warmUp));

/** The same input as the detector's, made and run by itself. */
async function openAlone(width: number, height: number) {
  const file = shippedModelFile(usualModel);
  const model = await readNanodet(file);
  if (!model.ok) throw new Error(JSON.stringify(model.problems));
  const { input } = model.value.manifest;
  const session: InferenceSession = await createSession(model.value.bytes, 1, file);
  const box = fitLetterbox(width, height, Number(longSide), input.multiple_px);
  const { fill, planes } = createPreprocessor(box, input);
  const feeds = { [input.name]: new Tensor("float32", planes, [1, 3, box.height, box.width]) };
  return { fill, run: () => session.run(feeds) };
}

const { decoder, detector, watch, tracker, lanes } = await openStages(order);
let alone: Awaited<ReturnType<typeof openAlone>> | null = null;
for (let look = 0; look < warmUp + looks; look += 1) {
  last_us = cpu_us();
  await sleep(arrival_ms);
  const frame = await decoder.next();
  if ("problem" in frame) throw new Error("the film is too short");
  mark("pipe_ms");
  watch.look(frame);
  mark("watch_ms");
  const found = await detector.detect(frame.rgb, frame.width, frame.height, frame.pts_s);
  mark("detector_ms");
  tracker.update(found, frame.width, frame.height, frame.pts_s);
  mark("tracks_ms");
  lanes.observe(tracker, frame);
  mark("lanes_ms");
  alone ??= await openAlone(frame.width, frame.height);
  last_us = cpu_us();
  alone.fill(frame.rgb);
  mark("normalising_ms");
  await alone.run();
  mark("network_ms");
  decoder.giveBack(frame);
}
const costs: PartCosts = {
  pipe_ms: cost("pipe_ms"),
  watch_ms: cost("watch_ms"),
  normalising_ms: cost("normalising_ms"),
  network_ms: cost("network_ms"),
  boxes_ms: cost("detector_ms") - cost("normalising_ms") - cost("network_ms"),
  tracks_ms: cost("tracks_ms"),
  lanes_ms: cost("lanes_ms"),
};
process.stdout.write(`${JSON.stringify(costs)}\n`);
process.exit(0);
