/** Road users by where they stand. */
import { insidePolygon } from "../../../core/geometry/polygon.ts";
import type { Detections } from "../detector.ts";
import type { Region } from "./schema.ts";

export interface RegionFilter {
  /** Drops, in place, who stands outside the watched areas or in an ignored one; the order stays. */
  keepWanted(found: Detections): void;
  /** Is this point of the picture (pixels) on a carriageway? */
  onCarriageway(x: number, y: number): boolean;
}

/** `contact`: share of a box's height at which its road user stands: 1 seen from the side, 0.5 from straight above. */
export function createRegionFilter(
  regions: readonly Region[],
  width: number,
  height: number,
  contact: number,
): RegionFilter {
  const areas = (kind: Region["kind"]): readonly Float64Array[] =>
    regions
      .filter((region) => region.kind === kind)
      .map(({ area }) => Float64Array.from(area.flatMap(([x, y]) => [x * width, y * height])));
  const [watched, ignored, carriageways] = [areas("watch"), areas("ignore"), areas("carriageway")];
  const inAny = (polygons: readonly Float64Array[], x: number, y: number): boolean => {
    for (const polygon of polygons) if (insidePolygon(polygon, x, y)) return true;
    return false;
  };
  return {
    onCarriageway: (x, y) => inAny(carriageways, x, y),
    keepWanted(found) {
      let kept = 0;
      for (let i = 0; i < found.count; i++) {
        const x = (found.boxes[i * 4] as number) + (found.boxes[i * 4 + 2] as number) / 2;
        const y = (found.boxes[i * 4 + 1] as number) + (found.boxes[i * 4 + 3] as number) * contact;
        if (inAny(ignored, x, y) || (watched.length > 0 && !inAny(watched, x, y))) continue;
        if (kept < i) move(found, i, kept);
        kept++;
      }
      found.count = kept;
    },
  };
}

function move({ boxes, scores, classes }: Detections, from: number, to: number): void {
  boxes.copyWithin(to * 4, from * 4, from * 4 + 4);
  scores[to] = scores[from] as number;
  classes[to] = classes[from] as number;
}
