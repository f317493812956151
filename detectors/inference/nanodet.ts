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
  /** Pixels of the input at most: a squarer picture is made smaller. Absent: as many as its longer side takes. */
  readonly mostPixels?: number;
}

const defaults = { scoreThreshold: 0.35, nmsIou: 0.6, longSide_px: 416, mostPixels: Number.POSITIVE_INFINITY } as const;

type Settings = Required<Omit<NanodetOptions, "modelFile">>;

/** All that depends on the frame size, made once per size. */
interface Workspace {
  readonly box: Letterbox;
  readonly preprocessor: Preprocessor;
  readonly feeds: Record<string, Tensor>;
  readonly fetches: Record<string, Tensor>;
  readonly levels: readonly Level[];
  readonly decoding: Decoding;
  readonly candidates: Candidates;
  readonly suppressor: Suppressor;
}

function createWorkspace(
  manifest: NanodetManifest,
  settings: Settings,
  frameWidth: number,
  frameHeight: number,
): Workspace {
  const { longSide_px, mostPixels } = settings;
  const box = fitLetterbox(frameWidth, frameHeight, longSide_px, manifest.input.multiple_px, mostPixels);
  const preprocessor = createPreprocessor(box, manifest.input);
  const fetches: Record<string, Tensor> = {};
  const levels = manifest.levels.map(({ stride_px: stride, scores, bins }): Level => {
    const level = { stride, columns: box.width / stride, rows: box.height / stride };
    const cells = level.columns * level.rows;
    const scoreData = new Float32Array(cells * manifest.scores);
    const binData = new Float32Array(cells * 4 * manifest.bins);
    fetches[scores.name] = new Tensor("float32", scoreData, [1, cells, manifest.scores]);
    fetches[bins.name] = new Tensor("float32", binData, [1, cells, 4 * manifest.bins]);
    return { ...level, scores: scoreData, bins: binData };
  });
  const cells = levels.reduce((sum, { columns, rows }) => sum + columns * rows, 0);
  return {
    box,
    preprocessor,
    feeds: { [manifest.input.name]: new Tensor("float32", preprocessor.planes, [1, 3, box.height, box.width]) },
    fetches,
    levels,
    decoding: createDecoding(manifest, settings, box),
    candidates: createCandidates(cells),
    suppressor: createSuppressor(cells, settings.nmsIou),
  };
}

function createDecoding(manifest: NanodetManifest, settings: Settings, box: Letterbox): Decoding {
  return {
    scoresPerCell: manifest.scores,
    bins: manifest.bins,
    wanted: Int32Array.from(manifest.classes, ({ index }) => index),
    vehicleClass: Uint8Array.from(manifest.classes, ({ vehicle_class }) => vehicleClasses.indexOf(vehicle_class)),
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
      const { preprocessor, feeds, fetches, levels, decoding, candidates, suppressor } = workspace;
      preprocessor.fill(rgb);
      await session.run(feeds, fetches);
      candidates.count = 0;
      for (const level of levels) decodeLevel(level, decoding, candidates);
      return suppressor.suppress(candidates);
    },
    close: () => session.release(),
  };
}
