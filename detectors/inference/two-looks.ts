/** Two looks at each frame with one network: a large input for what is small, a small input for what is large. */
import type { Detections, Detector } from "./detector.ts";
import { createLargeVehicleMerger, type LargeVehicleMerger } from "./large-vehicles.ts";
import { loadNanodet } from "./nanodet.ts";
import { createThinnedFrame, type ThinnedFrame } from "./thinned-frame.ts";

export interface TwoLooksOptions {
  readonly threads: number;
  readonly modelFile: string;
  /** Longer side of the large input in pixels, and of the small one; multiples of 32. */
  readonly closeSide_px: number;
  readonly farSide_px: number;
  /** Of the large input at most; absent: as many as its longer side takes. */
  readonly mostPixels?: number;
  /** Detections below are dropped, 0 to 1. */
  readonly closeThreshold: number;
  readonly farThreshold: number;
  readonly nmsIou?: number;
}

/** Frame pixels for one of the small input, at least: the area filter smooths what thinning left rough. */
const thinnedPerInputPixel = 1.8;

/** All that depends on the frame size, made once per size. */
interface Workspace {
  readonly width: number;
  readonly height: number;
  readonly thinned: ThinnedFrame;
  readonly merger: LargeVehicleMerger;
}

/** Rejects as `loadNanodet` does. */
export async function loadTwoLooks(options: TwoLooksOptions): Promise<Detector> {
  const { closeSide_px, farSide_px, closeThreshold, farThreshold, mostPixels, ...common } = options;
  const size = { longSide_px: closeSide_px, ...(mostPixels === undefined ? {} : { mostPixels }) };
  const close = await loadNanodet({ ...common, ...size, scoreThreshold: closeThreshold });
  const far = await loadNanodet({ ...common, longSide_px: farSide_px, scoreThreshold: farThreshold });
  let workspace: Workspace | undefined;
  return {
    async detect(rgb, width, height) {
      const small = await close.detect(rgb, width, height);
      if (workspace?.width !== width || workspace.height !== height) {
        const thinned = createThinnedFrame(width, height, farSide_px * thinnedPerInputPixel);
        // The small input has fewer cells than the large one.
        workspace = { width, height, thinned, merger: createLargeVehicleMerger(2 * small.scores.length) };
      }
      const { thinned, merger } = workspace;
      thinned.fill(rgb);
      const large = await far.detect(thinned.rgb, thinned.width, thinned.height);
      return merger.merge(small, enlarged(large, thinned.step), width, height);
    },
    async close() {
      await close.close();
      await far.close();
    },
  };
}

/** Boxes of the thinned frame on the whole one, in place: the detector writes them anew for each frame. */
function enlarged(found: Detections, step: number): Detections {
  for (let i = 0; i < found.count * 4; i++) found.boxes[i] = (found.boxes[i] as number) * step;
  return found;
}
