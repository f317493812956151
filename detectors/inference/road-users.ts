/** The detector for streets full of motorcycles: one large input, and two-wheelers with their riders as one box. */
import { ProblemError } from "../../core/problems/problem.ts";
import { manifestFile, readManifest, roadUserModelFile } from "../models/manifest.ts";
import type { Detector } from "./detector.ts";
import { loadNanodet, type NanodetOptions } from "./nanodet.ts";
import { createTwoWheelerFusion, type TwoWheelerFusion, weakestWitness } from "./two-wheelers.ts";

/** What the manifest of the model says, unless said here; the model is the committed one for motorcycles. */
export interface RoadUserOptions extends NanodetOptions {
  /** Is this point of the frame (pixels) on the carriageway? There a lone person is a rider. */
  readonly onCarriageway?: (x: number, y: number) => boolean;
}

/** For models whose manifest does not say what they are run with. */
const usual = { long_side_px: 1056, score_threshold: 0.37 } as const;

/** Rejects as `loadNanodet` does. */
export async function loadRoadUsers(options: RoadUserOptions): Promise<Detector> {
  const { onCarriageway, modelFile = roadUserModelFile(), ...given } = options;
  const manifest = await readManifest(manifestFile(modelFile));
  if (!manifest.ok) throw new ProblemError(manifest.problems);
  const { long_side_px, score_threshold } = manifest.value.operating ?? usual;
  const { scoreThreshold = score_threshold } = given;
  const detector = await loadNanodet({
    longSide_px: long_side_px,
    ...given,
    modelFile,
    scoreThreshold: Math.min(weakestWitness, scoreThreshold),
  });
  const settings = { scoreThreshold, ...(onCarriageway === undefined ? {} : { onCarriageway }) };
  let fusion: TwoWheelerFusion | undefined;
  let room = 0;
  return {
    async detect(rgb, width, height) {
      const found = await detector.detect(rgb, width, height);
      // The detector's arrays change their length with the frame size alone.
      if (fusion === undefined || found.scores.length !== room) {
        room = found.scores.length;
        fusion = createTwoWheelerFusion(room, settings);
      }
      return fusion.fuse(found);
    },
    close: () => detector.close(),
  };
}
