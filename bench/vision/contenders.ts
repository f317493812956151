/** Who runs: the two limits, the pipeline between them, and the peers a user would write, all on the same film. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { shippedModelFile, usualModel } from "../../detectors/models/shipped.ts";
import type { Film } from "./film.ts";
import type { Work } from "./flat-out.ts";
import { floatModel } from "./float-model.ts";

export interface ContendersOptions {
  readonly root: string;
  readonly film: Film;
  readonly cores: number;
  /** Looks a second, of a film of so many pictures a second. */
  readonly rates: readonly number[];
}

/** Longer side of what cameras are looked at with, and that input's size for a picture of 16:9. */
const longSide_px = 416;
const input = { width: 416, height: 256 } as const;

/** The shipped network for who cannot read 8-bit integers; its classes, since it has no manifest. */
const floatChoice = (file: string) => ({
  file,
  head: "nanodet",
  classes: { pedestrian: [0], bicycle: [1], car: [2], motorcycle: [3], bus: [4], truck: [5] },
});

export function contenders({ root, film, cores, rates }: ContendersOptions): readonly Work[] {
  const integers = shippedModelFile(usualModel);
  const folder = join(root, ".greenwave", "bench");
  mkdirSync(folder, { recursive: true });
  const floats = join(folder, "nanodet-g-motorcycles-float.onnx");
  writeFileSync(floats, floatModel(readFileSync(integers), input.width, input.height));
  // Two a core: while one waits for its decoder another looks, as with the many cameras of a real site.
  const workers = 2 * cores;
  const [size, full] = [[`${input.width}`, `${input.height}`], `${film.frames_per_s}`];
  const node = (script: string, ...args: readonly string[]) => ({
    command: process.execPath,
    args: [join(root, "dist", "bench", script), ...args],
  });
  const python = (...args: readonly string[]) => ({ command: "/usr/bin/python3", args });
  const decoding = [film.long, `${longSide_px}`, `${film.width}`, `${film.height}`];
  const pipeline = (rate: number, model: object) =>
    node("vision/pipeline.child.js", film.long, `${longSide_px}`, `${rate}`, full, JSON.stringify(model));
  const peer = (rate: number, model: string) => [film.long, model, ...size, `${rate}`, full];
  return [
    { name: "decode only", ...node("vision/decode.child.js", ...decoding), workers },
    { name: "inference only", ...node("vision/inference.child.js", integers, ...size), workers: cores },
    { name: "inference only, float", ...node("vision/inference.child.js", floats, ...size), workers: cores },
    ...rates.flatMap((rate): readonly Work[] => [
      { name: `pipeline, ${rate} looks a second`, ...pipeline(rate, {}), workers },
      {
        name: `ffmpeg to ONNX Runtime in Node, ${rate} looks a second`,
        ...node("peers/ffmpeg-to-onnx.child.js", ...peer(rate, integers)),
        workers,
      },
      { name: `pipeline, float, ${rate} looks a second`, ...pipeline(rate, floatChoice(floats)), workers },
      {
        name: `OpenCV in Python, float, ${rate} looks a second`,
        ...python(join(root, "bench", "peers", "opencv-loop.py"), ...peer(rate, floats)),
        workers,
      },
    ]),
  ];
}
