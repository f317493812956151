/** Who runs: the two limits, the pipeline between them, and the peers a user would write, all on the same film. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { smallYoungHeap } from "../../detectors/camera/lean-process.ts";
import { shippedModelFile, usualModel } from "../../detectors/models/shipped.ts";
import type { Film } from "./film.ts";
import type { Work } from "./flat-out.ts";
import { floatModel } from "./float-model.ts";

/** One way to look, for which everybody runs. */
export interface Setting {
  /** Size of the network's input. */
  readonly width: number;
  readonly height: number;
  readonly looks_per_s: number;
}

export interface ContendersOptions {
  readonly root: string;
  readonly film: Film;
  readonly cores: number;
  readonly settings: readonly Setting[];
}

/** `8-bit`: the shipped network. `float`: the same weights for who cannot read 8-bit integers, which is OpenCV. */
export type Numbers = "8-bit" | "float";
export type Kind = "decode" | "inference" | "pipeline" | "Node loop" | "OpenCV loop";

export const nameOf = (kind: Kind, { width, height, looks_per_s }: Setting, numbers: Numbers | null): string =>
  [
    kind,
    `${width}x${height}`,
    ...(numbers === null ? [] : [numbers]),
    ...(kind === "decode" || kind === "inference" ? [] : [`${looks_per_s} looks/s`]),
  ].join(", ");

/** What a site file says of the float network: it has no manifest beside it. */
const floatChoice = (file: string): object => ({
  file,
  head: "nanodet",
  classes: { pedestrian: [0], bicycle: [1], car: [2], motorcycle: [3], bus: [4], truck: [5] },
});

/** In the order in which they run: whoever is compared runs close together. Each name once. */
export function contenders(options: ContendersOptions): readonly Work[] {
  const works = options.settings.flatMap((setting) => worksOf(setting, options));
  return works.filter(({ name }, i) => works.findIndex((each) => each.name === name) === i);
}

function worksOf(setting: Setting, { root, film, cores }: ContendersOptions): readonly Work[] {
  const { width, height, looks_per_s } = setting;
  const integers = shippedModelFile(usualModel);
  const floats = floatFile(integers, setting, join(root, ".greenwave", "bench"));
  const [size, rates] = [
    [String(width), String(height)],
    [String(looks_per_s), String(film.frames_per_s)],
  ];
  const filmSize = [String(film.width), String(film.height)];
  // Two a core: while one waits for its decoder another looks, as with the many cameras of a real site.
  const workers = 2 * cores;
  const work = (kind: Kind, numbers: Numbers | null, command: string, ...args: readonly string[]): Work => ({
    name: nameOf(kind, setting, numbers),
    command,
    args,
    workers: kind === "inference" ? cores : workers,
    perLook: kind === "inference" || kind === "decode" ? 1 : film.frames_per_s / looks_per_s,
  });
  const script = (name: string): string => join(root, "dist", "bench", name);
  /** Ours, with the arguments of a camera's process. */
  const own = (name: string): readonly [command: string, ...args: string[]] => [
    process.execPath,
    ...smallYoungHeap,
    script(name),
  ];
  const side = String(Math.max(width, height));
  const nodeLoop = script("peers/ffmpeg-to-onnx.child.js");
  const openCv = join(root, "bench", "peers", "opencv-loop.py");
  const ours = JSON.stringify({ input_px: Math.max(width, height) });
  return [
    work("decode", null, ...own("vision/decode.child.js"), film.long, side, ...filmSize),
    work("inference", "8-bit", ...own("vision/inference.child.js"), integers, ...size),
    work("pipeline", "8-bit", ...own("vision/pipeline.child.js"), film.long, side, ...rates, ours),
    work("Node loop", "8-bit", process.execPath, nodeLoop, film.long, integers, ...size, ...rates),
    work("inference", "float", ...own("vision/inference.child.js"), floats, ...size),
    work(
      "pipeline",
      "float",
      ...own("vision/pipeline.child.js"),
      film.long,
      side,
      ...rates,
      JSON.stringify(floatChoice(floats)),
    ),
    work("OpenCV loop", "float", "/usr/bin/python3", openCv, film.long, floats, ...size, ...rates),
  ];
}

function floatFile(integers: string, { width, height }: Setting, folder: string): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `float-${width}x${height}.onnx`);
  writeFileSync(file, floatModel(readFileSync(integers), width, height));
  return file;
}
