/** The detector for streets full of motorcycles: two looks at each frame, a dark one raised, and two-wheelers with their riders as one. */
import { ProblemError } from "../../core/problems/problem.ts";
import { type ModelManifest, manifestFile, readManifest, roadUserModelFile } from "../models/manifest.ts";
import { createBrighteningDetector } from "./dark-pictures.ts";
import type { Detector } from "./detector.ts";
import { loadTwoLooks } from "./two-looks.ts";
import { createTwoWheelerFusion, type TwoWheelerFusion, witnessShare } from "./two-wheelers.ts";

export interface RoadUserOptions {
  /** Threads of one inference; 1 or more. */
  readonly threads: number;
  /** An ONNX file with its manifest beside it, which says what it is run with; absent: the committed one. */
  readonly modelFile?: string;
  /** Is this point of the frame (pixels) on the carriageway? There a lone person is a rider. */
  readonly onCarriageway?: (x: number, y: number) => boolean;
}

/** For models whose manifest does not say what they are run with. */
const usual: NonNullable<ModelManifest["operating"]> = {
  long_side_px: 1024,
  far_side_px: 288,
  score_threshold: 0.37,
};

/**
 * A picture of 16:10 has its longer side on the input as the manifest says; a squarer one is made smaller, to as many
 * pixels, so that its look takes no longer: of 4:3 that is 928 instead of 1024.
 */
const squarest = 10 / 16;

/** Of the large input, whose longer side the manifest says. */
export const mostPixelsOf = (long_side_px: number): number => squarest * long_side_px ** 2;

/** Rejects as `loadNanodet` does. */
export async function loadRoadUsers(options: RoadUserOptions): Promise<Detector> {
  const { onCarriageway, threads, modelFile = roadUserModelFile() } = options;
  const manifest = await readManifest(manifestFile(modelFile));
  if (!manifest.ok) throw new ProblemError(manifest.problems);
  const operating = manifest.value.operating ?? usual;
  const { long_side_px, far_side_px, score_threshold, two_wheeler_threshold = score_threshold } = operating;
  const looks = await loadTwoLooks({
    threads,
    modelFile,
    closeSide_px: long_side_px,
    farSide_px: far_side_px,
    mostPixels: mostPixelsOf(long_side_px),
    closeThreshold: Math.min(score_threshold, witnessShare * two_wheeler_threshold),
    farThreshold: score_threshold,
  });
  const thresholds = { scoreThreshold: score_threshold, twoWheelerThreshold: two_wheeler_threshold };
  const settings = { ...thresholds, ...(onCarriageway === undefined ? {} : { onCarriageway }) };
  let fusion: TwoWheelerFusion | undefined;
  let room = 0;
  return createBrighteningDetector({
    async detect(rgb, width, height) {
      const found = await looks.detect(rgb, width, height);
      // The arrays of the looks change their length with the frame size alone.
      if (fusion === undefined || found.scores.length !== room) {
        room = found.scores.length;
        fusion = createTwoWheelerFusion(room, settings);
      }
      return fusion.fuse(found);
    },
    close: () => looks.close(),
  });
}
