/** A trained head, the original network and a few pictures to a model that ships: 8-bit integers and a manifest. */
import { ProblemError } from "../../core/problems/problem.ts";
import { readPicture } from "../detect/picture.ts";
import { fitLetterbox } from "../inference/letterbox.ts";
import { createPreprocessor } from "../inference/preprocess.ts";
import { decodeOnnx, encodeOnnx, type OnnxGraph } from "../models/convert/onnx-file.ts";
import { type NanodetManifest, sha256 } from "../models/manifest.ts";
import { type CalibrationInput, measureRanges } from "./calibrate.ts";
import { widened, withHead } from "./head.ts";
import { maximumFirst } from "./maximum-first.ts";
import { poolAsConvolution } from "./pool-as-convolution.ts";
import { quantised } from "./quantise.ts";
import type { FloatTensor } from "./tensors-file.ts";

/** The head's scores in the order of trainer/network.py. */
const headClasses = ["pedestrian", "bicycle", "car", "motorcycle", "bus", "truck"] as const;

/** The first convolution, which reads pictures, and the last ones, whose outputs are scores and distances. */
const floatConvolutions = new Set([0, 29, 31, 33]);
/** Channels of the levels that the head reads, and of the averages between them. */
const pyramidChannels = 128;
const calibrationPictures = 26;
const calibrationSides_px = [416, 640, 1056] as const;

export interface Assembly {
  /** The original model and its manifest. */
  readonly base: Uint8Array;
  readonly manifest: NanodetManifest;
  readonly head: ReadonlyMap<string, FloatTensor>;
  /** Files of the pictures that the head was trained on: the ranges of the integers come from some of them. */
  readonly pictures: readonly string[];
  readonly threads: number;
  /** See `Quantisation.largestWeight`. */
  readonly largestWeight: number;
}

export interface AssembledModel {
  readonly float: Uint8Array;
  readonly integer: Uint8Array;
}

async function calibrationInputs({ pictures, manifest }: Assembly): Promise<CalibrationInput[]> {
  const step = Math.max(1, Math.ceil(pictures.length / calibrationPictures));
  const chosen = pictures.filter((_, i) => i % step === 0);
  const inputs: CalibrationInput[] = [];
  for (const [i, file] of chosen.entries()) {
    const picture = await readPicture(file);
    if (!picture.ok) throw new ProblemError(picture.problems);
    const { rgb, width, height } = picture.value;
    const side = calibrationSides_px[i % calibrationSides_px.length] as number;
    const box = fitLetterbox(width, height, side, manifest.input.multiple_px);
    const preprocessor = createPreprocessor(box, manifest.input);
    preprocessor.fill(rgb);
    inputs.push({ planes: preprocessor.planes, height: box.height, width: box.width });
  }
  return inputs;
}

/** The same head and pictures give the same bytes on processors of one kind. */
export async function assemble(assembly: Assembly): Promise<AssembledModel> {
  const { base, manifest, head, threads, largestWeight } = assembly;
  const original: OnnxGraph = widened(decodeOnnx(base));
  const graph = maximumFirst(withHead(original, head, manifest.scores, headClasses.length));
  const integerReady = poolAsConvolution(graph, pyramidChannels);
  const ranges = await measureRanges(integerReady, await calibrationInputs(assembly), threads);
  return {
    float: encodeOnnx(graph),
    integer: encodeOnnx(quantised(integerReady, { ranges, floatConvolutions, largestWeight })),
  };
}

export interface ModelWords {
  readonly name: string;
  readonly description: string;
  readonly longSide_px: number;
  readonly farSide_px: number;
  readonly scoreThreshold: number;
  readonly twoWheelerThreshold: number;
  readonly trainedOn: NonNullable<NanodetManifest["trained_on"]>;
}

/** The manifest of an assembled model: the original's source and input, our head. */
export function assembledManifest(original: NanodetManifest, bytes: Uint8Array, words: ModelWords): NanodetManifest {
  return {
    ...original,
    name: words.name,
    description: words.description,
    sha256: sha256(bytes),
    bytes: bytes.length,
    scores: headClasses.length,
    classes: headClasses.map((name, index) => ({ index, name, vehicle_class: name })),
    operating: {
      long_side_px: words.longSide_px,
      far_side_px: words.farSide_px,
      score_threshold: words.scoreThreshold,
      two_wheeler_threshold: words.twoWheelerThreshold,
    },
    trained_on: [...words.trainedOn],
  };
}
