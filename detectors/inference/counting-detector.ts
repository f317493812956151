/** The detector of everything that counts, with one setting: `count` and the cameras must see the same street. */
import { createBackgroundDetector } from "../background/background-detector.ts";
import { type Eye, modelSchema } from "../schema.ts";
import { defaultTrackerSettings } from "../track/tracker.ts";
import { createBrighteningDetector } from "./dark-pictures.ts";
import type { Detector } from "./detector.ts";
import { inputSide_px, openDetector } from "./open-detector.ts";
import { createViewingDetector, type ViewingOptions } from "./views/viewing-detector.ts";

/** Longer side of the picture that is compared with the empty street, unless the site file says. */
const comparedSide_px = 320;

/**
 * Weak boxes are wanted too: the tracker's second stage decides what they are worth. Without a model the shipped one.
 * Rejects as `openDetector` does.
 */
export async function loadCountingDetector(threads: number, eye: Eye): Promise<Detector> {
  const { model = modelSchema.parse({}), regions = [] } = eye;
  const scoreThreshold = model.score ?? defaultTrackerSettings.least_score;
  if (model.use === "background") {
    const detector = createBackgroundDetector({
      longSide_px: model.input_px ?? comparedSide_px,
      scoreThreshold,
      calibration: eye.calibration ?? null,
    });
    return seeing(detector, { regions, tiles: null, inputSide_px: 0, fromAbove: true, scoreThreshold });
  }
  const detector = await openDetector({ model, threads, scoreThreshold });
  const { tiles = null } = model;
  const options = { regions, tiles, inputSide_px: inputSide_px(model), fromAbove: false, scoreThreshold };
  return createBrighteningDetector(seeing(detector, options));
}

/** Without regions and tiles the detector sees the picture as it comes. */
const seeing = (detector: Detector, options: ViewingOptions): Detector =>
  options.regions.length === 0 && options.tiles === null ? detector : createViewingDetector(detector, options);
