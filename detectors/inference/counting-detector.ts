/** The detector of everything that counts, with one setting: `count` and the cameras must see the same street. */
import { defaultTrackerSettings } from "../track/tracker.ts";
import type { Detector } from "./detector.ts";
import { loadNanodet } from "./nanodet.ts";

/** Weak boxes are wanted too: the tracker's second stage decides what they are worth. */
export function loadCountingDetector(threads: number): Promise<Detector> {
  return loadNanodet({
    threads,
    scoreThreshold: defaultTrackerSettings.least_score,
    longSide_px: COUNTING_LONG_SIDE_PX,
  });
}

/** Long side of the network's input. */
const COUNTING_LONG_SIDE_PX = 416;
