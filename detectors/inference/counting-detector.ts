/** The detector of everything that counts, with one setting: `count` and the cameras must see the same street. */
import { type ModelChoice, modelSchema } from "../schema.ts";
import { defaultTrackerSettings } from "../track/tracker.ts";
import type { Detector } from "./detector.ts";
import { openDetector } from "./open-detector.ts";

/**
 * Weak boxes are wanted too: the tracker's second stage decides what they are worth. Without a model the shipped one.
 * Rejects as `openDetector` does.
 */
export function loadCountingDetector(threads: number, model: ModelChoice = modelSchema.parse({})): Promise<Detector> {
  return openDetector({ model, threads, scoreThreshold: defaultTrackerSettings.least_score });
}
