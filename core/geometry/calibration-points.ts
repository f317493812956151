/** Points that tie a picture to the ground, and whether their places can do so at all. */
import { type Problem, problem } from "../problems/problem.ts";

export type Point = readonly [x: number, y: number];

export interface CalibrationPoint {
  /** Share of the picture, origin top left, y down. */
  readonly picture: Point;
  /** On the road, in metres, x to the right of y as seen from above. */
  readonly ground_m: Point;
}

/** Places nearer than this are the same: shares of the picture, metres. */
const SAME_PICTURE = 0.001;
const SAME_GROUND_M = 0.01;
/** Of three points on one line in earnest, the middle one stands out by less than this share of all points' extent. */
const ON_ONE_LINE = 0.01;

/** Paths are those inside a calibration: `points.3.picture`. */
export function placeProblems(points: readonly CalibrationPoint[]): readonly Problem[] {
  const repeated = [...twice(points, "picture", SAME_PICTURE), ...twice(points, "ground_m", SAME_GROUND_M)];
  if (repeated.length > 0 || hasCorners(points)) return repeated;
  return [problem("CALIBRATION_COLLINEAR", {}, { path: "points" })];
}

function twice(points: readonly CalibrationPoint[], side: "picture" | "ground_m", same: number): readonly Problem[] {
  return points.flatMap((point, index) => {
    const other = points.findIndex((each) => distance(each[side], point[side]) < same);
    if (other === index) return [];
    return [problem("CALIBRATION_POINT_TWICE", { other: other + 1 }, { path: `points.${index}.${side}` })];
  });
}

/** Are there four of which no three lie on one line, in the picture and on the ground? */
function hasCorners(points: readonly CalibrationPoint[]): boolean {
  const pictures = extent(points.map(({ picture }) => picture));
  const grounds = extent(points.map(({ ground_m }) => ground_m));
  const bent = (a: CalibrationPoint, b: CalibrationPoint, c: CalibrationPoint): boolean =>
    bulge(a.picture, b.picture, c.picture) > ON_ONE_LINE * pictures &&
    bulge(a.ground_m, b.ground_m, c.ground_m) > ON_ONE_LINE * grounds;
  return points.some((a, i) =>
    points.slice(i + 1).some((b, j) =>
      points.slice(i + j + 2).some((c, k) => {
        if (!bent(a, b, c)) return false;
        return points.slice(i + j + k + 3).some((d) => bent(a, b, d) && bent(a, c, d) && bent(b, c, d));
      }),
    ),
  );
}

const distance = (a: Point, b: Point): number => Math.hypot(a[0] - b[0], a[1] - b[1]);

function extent(places: readonly Point[]): number {
  return Math.max(...places.flatMap((a) => places.map((b) => distance(a, b))));
}

/** Height of the triangle over its longest side. */
function bulge(a: Point, b: Point, c: Point): number {
  const doubleArea = Math.abs((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));
  return doubleArea / Math.max(distance(a, b), distance(b, c), distance(a, c));
}
