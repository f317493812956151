/** A detector out of any network whose head is known. */
import { type InferenceSession, Tensor } from "onnxruntime-node";
import { ProblemError, problem } from "../../../core/problems/problem.ts";
import { type Candidates, createCandidates } from "../candidates.ts";
import type { Detector } from "../detector.ts";
import { fitInto, fitLetterbox, type Letterbox, stretchOver } from "../letterbox.ts";
import { createPreprocessor, type Preprocessor } from "../preprocess.ts";
import { createSuppressor, type Suppressor } from "../suppress.ts";
import type { HeadReader, Match, Outputs, Wanted } from "./head.ts";

export interface HeadedOptions {
  readonly session: InferenceSession;
  readonly match: Match;
  readonly wanted: Wanted;
  /** Named in problems. */
  readonly file: string;
  readonly scoreThreshold: number;
  readonly nmsIou: number;
  /** Longer side of the input where the network leaves it free; a multiple of the match's `multiple_px`. */
  readonly longSide_px: number;
}

/** A street camera's shape, for the run that proves the network. */
const PROOF = { width: 640, height: 360 } as const;

/** All that depends on the frame size, made once per size. */
interface Workspace {
  readonly box: Letterbox;
  readonly preprocessor: Preprocessor;
  readonly feeds: Record<string, Tensor>;
  /** Tensors of the first run: the next ones write into them. */
  readonly outputs: Outputs;
  readonly reader: HeadReader;
  readonly candidates: Candidates;
  readonly suppressor: Suppressor;
}

function letterboxFor({ match, longSide_px }: HeadedOptions, width: number, height: number): Letterbox {
  const [, , inputHeight = null, inputWidth = null] = match.picture.dims;
  if (inputHeight === null || inputWidth === null) {
    return match.placement === "stretch"
      ? stretchOver(width, height, longSide_px, longSide_px)
      : fitLetterbox(width, height, longSide_px, match.multiple_px);
  }
  const place = match.placement === "stretch" ? stretchOver : fitInto;
  return place(width, height, inputWidth, inputHeight);
}

function feedsFor({ match }: HeadedOptions, box: Letterbox, planes: Float32Array): Record<string, Tensor> {
  const feeds: Record<string, Tensor> = {
    [match.picture.name]: new Tensor("float32", planes, [1, 3, box.height, box.width]),
  };
  if (match.sizeInput !== undefined) {
    const size = BigInt64Array.from([box.frameWidth, box.frameHeight], BigInt);
    feeds[match.sizeInput] = new Tensor("int64", size, [1, 2]);
  }
  return feeds;
}

async function firstRun({ session, file }: HeadedOptions, feeds: Record<string, Tensor>): Promise<Outputs> {
  try {
    return await session.run(feeds);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ProblemError([problem("MODEL_RUN_FAILED", { file, reason })], { cause });
  }
}

async function createWorkspace(options: HeadedOptions, width: number, height: number): Promise<Workspace> {
  const { match, wanted, file, scoreThreshold, nmsIou } = options;
  const box = letterboxFor(options, width, height);
  const preprocessor = createPreprocessor(box, match.normalisation);
  const feeds = feedsFor(options, box, preprocessor.planes);
  const outputs = await firstRun(options, feeds);
  const reader = match.reader(outputs, { wanted, scoreThreshold, box });
  if (typeof reader === "string") {
    throw new ProblemError([problem("MODEL_OUTPUT_UNFIT", { file, head: match.head, reason: reader })]);
  }
  const candidates = createCandidates(reader.room);
  return { box, preprocessor, feeds, outputs, reader, candidates, suppressor: createSuppressor(reader.room, nmsIou) };
}

/**
 * Runs the network once on a grey picture, so that a network that does not do what its head promises is refused now.
 * Rejects with a `ProblemError` (MODEL_RUN_FAILED, MODEL_OUTPUT_UNFIT). Releases the session on `close`.
 */
export async function createHeadedDetector(options: HeadedOptions): Promise<Detector> {
  const { session } = options;
  let workspace = await createWorkspace(options, PROOF.width, PROOF.height);
  return {
    async detect(rgb, width, height) {
      if (rgb.length !== width * height * 3)
        throw new RangeError(`${rgb.length} bytes are no ${width}x${height} frame`);
      if (workspace.box.frameWidth !== width || workspace.box.frameHeight !== height) {
        workspace = await createWorkspace(options, width, height);
      }
      const { preprocessor, feeds, outputs, reader, candidates, suppressor } = workspace;
      preprocessor.fill(rgb);
      await session.run(feeds, outputs);
      candidates.count = 0;
      reader.read(outputs, candidates);
      return suppressor.suppress(candidates);
    },
    close: () => session.release(),
  };
}
