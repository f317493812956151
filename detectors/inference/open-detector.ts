/** The one door to every detector: the shipped model, or the ONNX file that a site brings. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { InferenceSession } from "onnxruntime-node";
import { ProblemError, problem } from "../../core/problems/problem.ts";
import { vehicleClasses } from "../../core/traffic/vehicle-class.ts";
import { type ModelManifest, manifestFile, readManifest, readModel } from "../models/manifest.ts";
import { shippedModelFile, usualModel } from "../models/shipped.ts";
import type { ModelChoice } from "../schema.ts";
import type { Detector } from "./detector.ts";
import { cocoPositions, wantedOf } from "./heads/class-map.ts";
import type { Match } from "./heads/head.ts";
import { createHeadedDetector } from "./heads/headed-detector.ts";
import { portsOf } from "./heads/ports.ts";
import { recognise } from "./heads/recognise.ts";
import { loadNanodet } from "./nanodet.ts";
import { createSession } from "./session.ts";

export interface DetectorOptions {
  readonly model: ModelChoice;
  /** Threads of one inference; 1 or more. */
  readonly threads: number;
  /** Detections below are dropped, unless the model's own `score` says otherwise; 0 to 1. */
  readonly scoreThreshold: number;
}

/** Longer side of the input, unless the site file or the graph says. */
const usualSide_px = { shipped: 416, brought: 640 } as const;
/** A picture larger than any camera's is a mistake in the file, and would take the memory of the machine. */
const largestSide_px = 4096;
/** Of the shipped network whose anchors leave no choice. */
const fixedSide_px = 300;

/** Longer side of the input that a choice leads to. */
export function inputSide_px({ use, file, input_px }: ModelChoice): number {
  if (use === "ssdlite-mobilenet-v2") return fixedSide_px;
  return input_px ?? (file === undefined ? usualSide_px.shipped : usualSide_px.brought);
}

/** Two boxes of one kind of body that overlap by more are one road user. */
const NMS_IOU = 0.6;

/**
 * Reads the model, recognises its head and proves it with one run. Rejects with a `ProblemError` whose problems say
 * what was found, what is known and what to write: MODEL_FILE_MISSING, MODEL_FILE_UNLOADABLE, MODEL_HEAD_UNKNOWN,
 * MODEL_HEAD_UNCLEAR, MODEL_HEAD_UNFIT, MODEL_CLASSES_UNSAID, MODEL_CLASSES_UNFIT, MODEL_INPUT_FIXED,
 * MODEL_INPUT_LARGE, MODEL_INPUT_HALF_FIXED, MODEL_INPUT_STEP,
 * MODEL_RUN_FAILED, MODEL_OUTPUT_UNFIT; for a model with a manifest beside it, those of `loadNanodet`.
 */
export async function openDetector({ model, threads, scoreThreshold }: DetectorOptions): Promise<Detector> {
  const { use, file, score = scoreThreshold } = model;
  if (file !== undefined && !isDescribed(file, model)) return openBrought(file, model, threads, score);
  const modelFile = file ?? shippedModelFile(use === undefined || use === "background" ? usualModel : use);
  const manifest = await readManifest(manifestFile(modelFile));
  if (!manifest.ok) throw new ProblemError(manifest.problems);
  if (manifest.value.head === "ssd") return openSsd(modelFile, model, threads, score);
  const longSide_px = model.input_px ?? usualSide_px.shipped;
  return loadNanodet({ threads, modelFile, scoreThreshold: score, longSide_px });
}

/** A manifest beside the file says more than the graph can, unless the site file says otherwise. */
function isDescribed(file: string, { head, classes }: ModelChoice): boolean {
  const manifest = manifestFile(file);
  return (
    manifest !== file && existsSync(manifest) && classes === undefined && ["auto", "nanodet", "ssd"].includes(head)
  );
}

/** A network with a manifest that says what its graph does not: the classes. */
async function openSsd(file: string, model: ModelChoice, threads: number, score: number): Promise<Detector> {
  const described = await readModel(file);
  if (!described.ok) throw new ProblemError(described.problems);
  const { manifest, bytes } = described.value;
  const session = await createSession(bytes, threads, file);
  return headed(session, { ...model, head: "ssd", classes: positionsOf(manifest) }, file, score);
}

async function openBrought(file: string, model: ModelChoice, threads: number, score: number): Promise<Detector> {
  const session = await createSession(await bytesOf(file), threads, file, "MODEL_FILE_UNLOADABLE");
  return headed(session, model, file, score);
}

async function bytesOf(file: string): Promise<Uint8Array> {
  if (!existsSync(file)) throw new ProblemError([problem("MODEL_FILE_MISSING", { file })]);
  try {
    return await readFile(file);
  } catch (cause) {
    // A folder, or a file that we may not read.
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ProblemError([problem("MODEL_FILE_UNLOADABLE", { file, reason })], { cause });
  }
}

/** Releases the session when the network is refused. */
async function headed(
  session: InferenceSession,
  model: ModelChoice,
  file: string,
  scoreThreshold: number,
): Promise<Detector> {
  try {
    return await createHeadedDetector({
      session,
      match: matchOf(session, file, model),
      wanted: wantedOf(model.classes ?? cocoPositions),
      file,
      scoreThreshold,
      nmsIou: NMS_IOU,
      longSide_px: model.input_px ?? usualSide_px.brought,
    });
  } catch (error) {
    await session.release();
    throw error;
  }
}

function matchOf(session: InferenceSession, file: string, model: ModelChoice): Match {
  const ports = portsOf(session);
  const match = recognise({ file, ports, head: model.head, classes: model.classes ?? null });
  if (!match.ok) throw new ProblemError(match.problems);
  const [, , height = null, width = null] = match.value.picture.dims;
  const { input_px } = model;
  const said = input_px === undefined ? "" : `${input_px}`;
  if (height !== null && width !== null) {
    if (Math.max(width, height) > largestSide_px) {
      throw new ProblemError([problem("MODEL_INPUT_LARGE", { file, width, height, largest: largestSide_px })]);
    }
    if (input_px === undefined || input_px === Math.max(width, height)) return match.value;
    throw new ProblemError([problem("MODEL_INPUT_FIXED", { file, width, height, said })]);
  }
  const { multiple_px } = match.value;
  if ((height === null) !== (width === null)) throw new ProblemError([problem("MODEL_INPUT_HALF_FIXED", { file })]);
  if ((input_px ?? multiple_px) % multiple_px === 0) return match.value;
  throw new ProblemError([problem("MODEL_INPUT_STEP", { file, said, multiple: multiple_px })]);
}

const positionsOf = ({ classes }: ModelManifest): NonNullable<ModelChoice["classes"]> =>
  Object.fromEntries(
    vehicleClasses.map((name) => [
      name,
      classes.filter(({ vehicle_class }) => vehicle_class === name).map(({ index }) => index),
    ]),
  );
