/** How large road users appear where they are counted, in pixels of the camera's own picture. Pure. */
import type { PictureDetections } from "../detect/messages.ts";
import type { CountingLine } from "../lane/schema.ts";

export interface LineHeights {
  readonly line: string;
  /** Motorcycles with their riders that stood at the line, over all pictures looked at. */
  readonly motorcycles: number;
  /** Their median height; null when there were too few. */
  readonly motorcycle_px: number | null;
  /** Height of their number plates, estimated from their own. */
  readonly plate_px: number | null;
}

/**
 * A motorcycle's plate is 140 mm high in Viet Nam (190 x 140 mm, two rows), and a rider's head about 1.65 m above the
 * street: an estimate, since people and motorcycles differ by a tenth or so.
 */
const plateShare = 0.14 / 1.65;
/** Wheels this near to the line, as a share of the picture's height, stand at it. */
const near = 0.06;
const fewest = 3;

/** Where the line is at `x`, or null beside it. Of an upright line its middle counts. */
function lineAt({ from, to }: CountingLine, x: number): number | null {
  const [[x1, y1], [x2, y2]] = [from, to];
  if (x < Math.min(x1, x2) - near || x > Math.max(x1, x2) + near) return null;
  return Math.abs(x2 - x1) < near ? (y1 + y2) / 2 : y1 + ((y2 - y1) * (x - x1)) / (x2 - x1);
}

export function heightsAt(
  lines: readonly CountingLine[],
  pictures: readonly PictureDetections[],
  { width_px, height_px }: { readonly width_px: number; readonly height_px: number },
): readonly LineHeights[] {
  const boxes = pictures.flatMap(({ detections }) =>
    detections.filter((each) => each.class === "motorcycle").map(({ box }) => box),
  );
  return lines.map((line) => {
    const heights = boxes.flatMap(([x, y, w, h]) => {
      const at = lineAt(line, (x + w / 2) / width_px);
      return at !== null && Math.abs((y + h) / height_px - at) <= near ? [h] : [];
    });
    const median = heights.toSorted((a, b) => a - b)[Math.floor(heights.length / 2)];
    const known = median === undefined || heights.length < fewest ? null : median;
    return {
      line: line.id,
      motorcycles: heights.length,
      motorcycle_px: known === null ? null : Math.round(known),
      plate_px: known === null ? null : Math.round(known * plateShare * 10) / 10,
    };
  });
}
