/** What a person wants to know of a calibration before trusting a speed: as a document and as text. */
import type { GroundCalibration, PointError } from "../../core/geometry/ground-calibration.ts";
import { GroundPlane } from "../../core/geometry/ground-plane.ts";
import { joined } from "../../core/geometry/homography.ts";
import type { Calibration, CountingLine } from "../../detectors/index.ts";

interface Spread {
  readonly rms_px: number;
  readonly max_px: number;
  readonly rms_m: number;
  readonly max_m: number;
}

export interface CalibrationReport {
  /** Null for points from a file of their own. */
  readonly camera: string | null;
  readonly picture_px: readonly [number, number];
  /** From shares of the picture to metres on the ground: multiply by (x, y, 1), divide by the third. */
  readonly matrix: readonly (readonly number[])[];
  /** Standard error of reading a point, in each direction, as the points themselves and usual care suggest. */
  readonly reading_px: number;
  /** Of all points, fitted together. */
  readonly reprojection: Spread;
  /** Of each point from all others; null with four points. */
  readonly leave_one_out: Spread | null;
  readonly points: readonly (PointError & {
    readonly picture: readonly [number, number];
    readonly ground_m: readonly [number, number];
  })[];
  readonly lines: readonly LineOnGround[];
}

interface LineOnGround {
  readonly id: string;
  readonly from_m: readonly [number, number];
  readonly to_m: readonly [number, number];
  readonly length_m: number;
  /** Pixels of a metre of ground at the middle of the line, across the view and along it. */
  readonly metre_px: { readonly most: number; readonly least: number };
  /** Standard error of a speed there that comes from the calibration alone, in the direction across the line. */
  readonly speed_error_pct: number;
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));

function spreadOf(px: readonly number[], m: readonly number[]): Spread {
  const rms = (values: readonly number[]): number =>
    Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
  return {
    rms_px: round(rms(px), 3),
    max_px: round(Math.max(...px), 3),
    rms_m: round(rms(m), 4),
    max_m: round(Math.max(...m), 4),
  };
}

function lineOnGround(calibration: GroundCalibration, { id, from, to }: CountingLine): LineOnGround {
  const [width, height] = calibration.picture_px;
  const plane = new GroundPlane(calibration, width, height);
  const [ax, ay, bx, by] = [from[0] * width, from[1] * height, to[0] * width, to[1] * height];
  const [mx, my] = [(ax + bx) / 2, (ay + by) / 2];
  const [from_m, to_m] = [place(plane, ax, ay), place(plane, bx, by)];
  const length_m = Math.hypot(to_m[0] - from_m[0], to_m[1] - from_m[1]);
  // Vehicles cross at right angles to the line on the ground: look at half a metre to either side of its middle.
  const [nx, ny] = [-(to_m[1] - from_m[1]) / length_m / 2, (to_m[0] - from_m[0]) / length_m / 2];
  const [x, y] = place(plane, mx, my);
  const [before, after] = [plane.pixelAt(x - nx, y - ny), plane.pixelAt(x + nx, y + ny)];
  const { most, least } = plane.metre_px(mx, my);
  return {
    id,
    from_m: [round(from_m[0], 3), round(from_m[1], 3)],
    to_m: [round(to_m[0], 3), round(to_m[1], 3)],
    length_m: round(length_m, 3),
    metre_px: { most: round(most, 2), least: round(least, 2) },
    speed_error_pct: round(100 * plane.distanceError_m(...before, ...after), 2),
  };
}

const place = (plane: GroundPlane, x: number, y: number): readonly [number, number] => [
  plane.x_m(x, y),
  plane.y_m(x, y),
];

export function calibrationReport(
  camera: string | null,
  { points }: Calibration,
  calibration: GroundCalibration,
  lines: readonly CountingLine[],
): CalibrationReport {
  const { errors, picture_px, reading_px, toGround } = calibration;
  const shares = joined(toGround, Float64Array.of(picture_px[0], 0, 0, 0, picture_px[1], 0, 0, 0, 1));
  const size = Math.hypot(...shares);
  const matrix = [0, 3, 6].map((row) => [...shares.subarray(row, row + 3)].map((value) => value / size));
  const left = errors.flatMap(({ left_out_px, left_out_m }) =>
    left_out_px === null || left_out_m === null ? [] : [[left_out_px, left_out_m] as const],
  );
  return {
    camera,
    picture_px,
    matrix,
    reading_px: round(reading_px, 3),
    reprojection: spreadOf(
      errors.map(({ error_px }) => error_px),
      errors.map(({ error_m }) => error_m),
    ),
    leave_one_out:
      left.length === 0
        ? null
        : spreadOf(
            left.map(([px]) => px),
            left.map(([, m]) => m),
          ),
    points: points.map(({ picture, ground_m }, index) => ({
      picture,
      ground_m,
      ...rounded(errors[index] ?? { error_px: 0, error_m: 0, left_out_px: null, left_out_m: null }),
    })),
    lines: lines.map((line) => lineOnGround(calibration, line)),
  };
}

const rounded = ({ error_px, error_m, left_out_px, left_out_m }: PointError): PointError => ({
  error_px: round(error_px, 3),
  error_m: round(error_m, 4),
  left_out_px: left_out_px === null ? null : round(left_out_px, 3),
  left_out_m: left_out_m === null ? null : round(left_out_m, 4),
});

const told = ({ rms_px, max_px, rms_m, max_m }: Spread): string =>
  `RMS ${rms_px.toFixed(1)} px and ${rms_m.toFixed(2)} m, largest ${max_px.toFixed(1)} px and ${max_m.toFixed(2)} m`;

export function calibrationText(report: CalibrationReport): string {
  const { leave_one_out, lines, matrix, picture_px, points, reprojection } = report;
  return [
    `${points.length} points in a picture of ${picture_px.join("x")}`,
    `  all points:      ${told(reprojection)}`,
    leave_one_out === null
      ? "  four points fit exactly whatever they are: add a fifth, or more, to see how good they are"
      : `  each left out:   ${told(leave_one_out)}`,
    "  from shares of the picture to metres (x, y, 1), divided by the third:",
    ...matrix.map((row) => `    ${row.map((value) => value.toExponential(6).padStart(14)).join(" ")}`),
    ...points.map(({ picture, ground_m, error_px, error_m, left_out_px }, index) => {
      const left = left_out_px === null ? "" : `, ${left_out_px.toFixed(1)} px left out`;
      return `  point ${index + 1} [${picture.join(", ")}] -> [${ground_m.join(", ")}] m: ${error_px.toFixed(1)} px, ${error_m.toFixed(2)} m off${left}`;
    }),
    ...lines.map(
      ({ id, length_m, metre_px, speed_error_pct }) =>
        `  line ${id}: ${length_m.toFixed(2)} m long; a metre is ${metre_px.most.toFixed(1)} px across the view and ` +
        `${metre_px.least.toFixed(1)} px along it; speeds are ${speed_error_pct.toFixed(1)} % unsure from the calibration alone`,
    ),
  ].join("\n");
}
