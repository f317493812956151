/** A detector that looks where a camera's regions and tiles say. */
import type { Detections, Detector } from "../detector.ts";
import { createTwoWheelerFusion, type TwoWheelerFusion } from "../two-wheelers.ts";
import { type CutOut, createCutOut } from "./cut-out.ts";
import { ViewMerger } from "./merge-views.ts";
import { tile, type View, watchedRectangle } from "./plan.ts";
import { createRegionFilter, type RegionFilter } from "./region-filter.ts";
import type { Region, Tiles } from "./schema.ts";

export interface ViewingOptions {
  readonly regions: readonly Region[];
  /** Null: one view. */
  readonly tiles: Tiles | null;
  /** Longer side of the network's input, by which the tiles for motorcycles of a given height are chosen. */
  readonly inputSide_px: number;
  /** Seen from straight above a road user stands in the middle of its box, else at the foot; and the whole picture is looked at. */
  readonly fromAbove: boolean;
  /** Of the detector inside. */
  readonly scoreThreshold: number;
}

/** All that depends on the frame size, made once per size. */
interface Workspace {
  readonly width: number;
  readonly height: number;
  readonly views: readonly View[];
  readonly cutOuts: readonly CutOut[];
  readonly filter: RegionFilter;
  /** Made with the first answer, whose room they share. */
  merger: ViewMerger | null;
  fusion: TwoWheelerFusion | null;
}

function createWorkspace(options: ViewingOptions, width: number, height: number): Workspace {
  const { regions, tiles, inputSide_px, fromAbove } = options;
  const whole = watchedRectangle(fromAbove ? [] : regions, width, height);
  const views = tile(whole, tiles, inputSide_px, height);
  return {
    width,
    height,
    views,
    cutOuts: views.map((view) => createCutOut(view, width)),
    filter: createRegionFilter(regions, width, height, fromAbove ? 0.5 : 1),
    merger: null,
    fusion: null,
  };
}

/**
 * The views go through the one session of `inner` one after another: as one batch on one thread they took as long, to 3 %.
 */
export function createViewingDetector(inner: Detector, options: ViewingOptions): Detector {
  const { regions, scoreThreshold } = options;
  const fuses = regions.some(({ kind }) => kind === "carriageway");
  let workspace: Workspace | undefined;

  const look = async (space: Workspace, rgb: Uint8Array, time_s: number | undefined): Promise<Detections> => {
    const { views, cutOuts } = space;
    for (const [index, view] of views.entries()) {
      const cutOut = cutOuts[index] as CutOut;
      cutOut.fill(rgb);
      const found = await inner.detect(cutOut.rgb, view.width, view.height, time_s);
      space.merger ??= new ViewMerger(space.width, space.height, found.scores.length * views.length);
      if (index === 0) space.merger.clear();
      space.merger.add(found, view, index);
    }
    return (space.merger as ViewMerger).merge();
  };

  return {
    async detect(rgb, width, height, time_s) {
      if (rgb.length !== width * height * 3)
        throw new RangeError(`${rgb.length} bytes are no ${width}x${height} frame`);
      if (workspace?.width !== width || workspace.height !== height)
        workspace = createWorkspace(options, width, height);
      const { filter } = workspace;
      let found = await look(workspace, rgb, time_s);
      if (fuses) {
        const { onCarriageway } = filter;
        workspace.fusion ??= createTwoWheelerFusion(found.scores.length, { scoreThreshold, onCarriageway });
        found = workspace.fusion.fuse(found);
      }
      filter.keepWanted(found);
      return found;
    },
    close: () => inner.close(),
  };
}
