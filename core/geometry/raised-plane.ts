/**
 * Planes above the road, as a camera sees them. Where its pixels are square and its line of sight goes through the middle of
 * its picture, how it sees the road tells its focal length, and that the way up.
 */
import { divisorAt, type Homography, inverted, mappedX, mappedY } from "./homography.ts";

/** Views between 118 and 6 degrees wide: what else a calibration says of a street camera's lens is its error. */
const focal_widths = { least: 0.3, most: 10 } as const;
/** A camera that looks straight down sees circles as circles, whatever its focal length; so much must be told apart. */
const least_tilt = 0.02;

/** The map from a plane to the picture whose divisor is positive before the camera. */
function before(toPicture: Homography, [width, height]: readonly [number, number]): Homography {
  const toPlane = inverted(toPicture);
  const [x, y] = [mappedX(toPlane, width / 2, height), mappedY(toPlane, width / 2, height)];
  return divisorAt(toPicture, x, y) > 0 ? toPicture : toPicture.map((value) => -value);
}

/**
 * Maps from the plane so many metres above the road to the picture; null where the calibration does not tell the way up.
 * `toPicture` maps from the road, in metres, x and y as seen from above.
 *
 * Zhang, "A Flexible New Technique for Camera Calibration" (PAMI 2000), section 3.1: the road's axes are at right angles and of
 * equal length, so with the columns of the map as (a, b, c) about the picture's middle, both
 * a1 a2 + b1 b2 + f² c1 c2 = 0 and a1² + b1² + f² c1² = a2² + b2² + f² c2²; least squares for 1 / f².
 */
export function planesAbove(
  toPicture: Homography,
  picture_px: readonly [number, number],
): ((height_m: number) => Homography) | null {
  const map = before(toPicture, picture_px);
  const [cx, cy] = [picture_px[0] / 2, picture_px[1] / 2];
  const column = (i: number): readonly [number, number, number] => {
    const c = map[6 + i] ?? 0;
    return [(map[i] ?? 0) - cx * c, (map[3 + i] ?? 0) - cy * c, c];
  };
  const [[a1, b1, c1], [a2, b2, c2]] = [column(0), column(1)];
  const [uneven, oblique] = [a1 * a1 + b1 * b1 - a2 * a2 - b2 * b2, 2 * (a1 * a2 + b1 * b2)];
  const told = uneven * uneven + oblique * oblique;
  const perFocal2 = -(uneven * (c1 * c1 - c2 * c2) + oblique * 2 * c1 * c2) / told;
  const focal = 1 / Math.sqrt(perFocal2);
  const tilt = Math.sqrt(told) / (a1 * a1 + b1 * b1 + a2 * a2 + b2 * b2);
  const { least, most } = focal_widths;
  if (!(tilt > least_tilt && focal > least * picture_px[0] && focal < most * picture_px[0])) return null;
  const [x1, y1, x2, y2] = [a1 / focal, b1 / focal, a2 / focal, b2 / focal];
  const metre = Math.sqrt((x1 * x1 + y1 * y1 + c1 * c1 + x2 * x2 + y2 * y2 + c2 * c2) / 2);
  const [x, y, z] = [(y1 * c2 - c1 * y2) / metre, (c1 * x2 - x1 * c2) / metre, (x1 * y2 - y1 * x2) / metre];
  const up = [focal * x + cx * z, focal * y + cy * z, z] as const;
  return (height_m) => map.map((value, i) => (i % 3 === 2 ? value + height_m * (up[(i - 2) / 3] ?? 0) : value));
}
