/** The NanoDet detector on ONNX Runtime's CPU provider. */
import { Tensor } from "onnxruntime-node";
import { ProblemError } from "../../core/problems/problem.ts";
import { vehicleClasses } from "../../core/traffic/vehicle-class.ts";
import { type NanodetManifest, originalModelFile, readNanodet } from "../models/manifest.ts";
import { type Candidates, createCandidates } from "./candidates.ts";
import { type Decoding, decodeLevel, type Level } from "./decode.ts";
import type { Detector } from "./detector.ts";
import { fitLetterbox, type Letterbox } from "./letterbox.ts";
import { createPreprocessor, type Preprocessor } from "./preprocess.ts";
import { createSession } from "./session.ts";
import { createSuppressor, type Suppressor } from "./suppress.ts";

export interface NanodetOptions {
  /** Threads of one inference; 1 or more. */
  readonly threads: number;
  /** An ONNX file with its manifest beside it; absent: the committed one. */
  readonly modelFile?: string;
  /** Detections below are dropped, 0 to 1. */
  readonly scoreThreshold?: number;
  /** Two boxes of one kind of body that overlap by more are one road user, 0 to 1. */
  readonly nmsIou?: number;
  /** Longer side of the network's input in pixels, a multiple of 32. Larger sees smaller things and takes longer. */
  readonly longSide_px?: number;
}

const defaults = { scoreThreshold: 0.35, nmsIou: 0.6, longSide_px: 416 } as const;

type Settings = Required<Omit<NanodetOptions, "modelFile">>;

/** A level and which classes it scores: those of people may be told apart by a branch of their own. */
interface DecodedLevel {
  readonly level: Level;
  readonly decoding: Decoding;
}

/** All that depends on the frame size, made once per size. */
interface Workspace {
  readonly box: Letterbox;
  readonly preprocessor: Preprocessor;
  readonly feeds: Record<string, Tensor>;
  readonly fetches: Record<string, Tensor>;
  readonly levels: readonly DecodedLevel[];
  readonly candidates: Candidates;
  readonly suppressor: Suppressor;
}

function createWorkspace(
  manifest: NanodetManifest,
  settings: Settings,
  frameWidth: number,
  frameHeight: number,
): Workspace {
  const box = fitLetterbox(frameWidth, frameHeight, settings.longSide_px, manifest.input.multiple_px);
  const preprocessor = createPreprocessor(box, manifest.input);
  const fetches: Record<string, Tensor> = {};
  const levels = manifest.levels.map(({ stride_px: stride, scores, bins, classes }): DecodedLevel => {
    const scored = classes ?? Array.from({ length: manifest.scores }, (_, index) => index);
    const size = { stride, columns: box.width / stride, rows: box.height / stride };
    const cells = size.columns * size.rows;
    const scoreData = new Float32Array(cells * scored.length);
    const binData = new Float32Array(cells * 4 * manifest.bins);
    fetches[scores.name] = new Tensor("float32", scoreData, [1, cells, scored.length]);
    fetches[bins.name] = new Tensor("float32", binData, [1, cells, 4 * manifest.bins]);
    const level = { ...size, scores: scoreData, bins: binData };
    return { level, decoding: createDecoding(manifest, scored, settings, box) };
  });
  const cells = levels.reduce((sum, { level }) => sum + level.columns * level.rows, 0);
  return {
    box,
    preprocessor,
    feeds: { [manifest.input.name]: new Tensor("float32", preprocessor.planes, [1, 3, box.height, box.width]) },
    fetches,
    levels,
    candidates: createCandidates(cells),
    suppressor: createSuppressor(cells, settings.nmsIou),
  };
}

function createDecoding(
  manifest: NanodetManifest,
  scored: readonly number[],
  settings: Settings,
  box: Letterbox,
): Decoding {
  const wanted = manifest.classes.filter(({ index }) => scored.includes(index));
  return {
    scoresPerCell: scored.length,
    bins: manifest.bins,
    wanted: Int32Array.from(wanted, ({ index }) => scored.indexOf(index)),
    vehicleClass: Uint8Array.from(wanted, ({ vehicle_class }) => vehicleClasses.indexOf(vehicle_class)),
    scoreThreshold: settings.scoreThreshold,
    scaleX: box.scaleX,
    scaleY: box.scaleY,
    frameWidth: box.frameWidth,
    frameHeight: box.frameHeight,
  };
}

/**
 * Reads and proves the model, then stands ready. Rejects with a `ProblemError` (MODEL_MISSING, MODEL_MANIFEST_BAD,
 * MODEL_ALTERED, MODEL_UNLOADABLE). The same frames give the same boxes.
 */
export async function loadNanodet(options: NanodetOptions): Promise<Detector> {
  const { modelFile = originalModelFile(), ...given } = options;
  const settings: Settings = { ...defaults, ...given };
  const model = await readNanodet(modelFile);
  if (!model.ok) throw new ProblemError(model.problems);
  const { manifest, bytes } = model.value;
  if (settings.longSide_px % manifest.input.multiple_px !== 0) {
    throw new RangeError(`longSide_px must be a multiple of ${manifest.input.multiple_px}`);
  }
  const session = await createSession(bytes, settings.threads, modelFile);
  let workspace: Workspace | undefined;
  return {
    async detect(rgb, width, height) {
      if (rgb.length !== width * height * 3)
        throw new RangeError(`${rgb.length} bytes are no ${width}x${height} frame`);
      if (workspace?.box.frameWidth !== width || workspace.box.frameHeight !== height) {
        workspace = createWorkspace(manifest, settings, width, height);
      }
      const { preprocessor, feeds, fetches, levels, candidates, suppressor } = workspace;
      preprocessor.fill(rgb);
      await session.run(feeds, fetches);
      candidates.count = 0;
      for (const { level, decoding } of levels) decodeLevel(level, decoding, candidates);
      return suppressor.suppress(candidates);
    },
    close: () => session.release(),
  };
}
