/** A calibrated camera's ground, asked in the pixels of its pictures. No question makes garbage. */
import { slopesByNumbers } from "./fit-homography.ts";
import type { GroundCalibration } from "./ground-calibration.ts";
import { divisorAt, type Homography, inverted, mappedX, mappedY, slopesAt } from "./homography.ts";

const NUMBERS = 9;

export class GroundPlane {
  readonly #calibration: GroundCalibration;
  readonly #scaleX: number;
  readonly #scaleY: number;
  readonly #slopes = new Float64Array(4);

  /** `width` and `height` are those of the pictures asked about, whatever size was calibrated. */
  constructor(calibration: GroundCalibration, width: number, height: number) {
    this.#calibration = calibration;
    this.#scaleX = calibration.picture_px[0] / width;
    this.#scaleY = calibration.picture_px[1] / height;
  }

  /** Is there ground at this pixel, or sky? */
  isGround(x: number, y: number): boolean {
    return divisorAt(this.#map, x * this.#scaleX, y * this.#scaleY) > 0;
  }

  x_m(x: number, y: number): number {
    return mappedX(this.#map, x * this.#scaleX, y * this.#scaleY);
  }

  y_m(x: number, y: number): number {
    return mappedY(this.#map, x * this.#scaleX, y * this.#scaleY);
  }

  /** The pixel at which a place on the ground, given in metres, is seen. For set-up: it makes a new pair. */
  pixelAt(x_m: number, y_m: number): readonly [x: number, y: number] {
    const back = inverted(this.#map);
    return [mappedX(back, x_m, y_m) / this.#scaleX, mappedY(back, x_m, y_m) / this.#scaleY];
  }

  /** Metres of ground that one pixel spans, in the direction in which it spans most. */
  coarseness_m(x: number, y: number): number {
    return this.#spans(x, y)[0];
  }

  /** Pixels that a metre of ground takes at this place: across the view where it takes most, along it least. */
  metre_px(x: number, y: number): { readonly most: number; readonly least: number } {
    const [most, least] = this.#spans(x, y);
    return { most: 1 / least, least: 1 / most };
  }

  /** Where one metre farther from the camera lies, as a unit vector on the ground. */
  awayX(x: number, y: number): number {
    this.#slopesAt(x, y);
    return -(this.#slopes[1] ?? 0) / Math.hypot(this.#slopes[1] ?? 0, this.#slopes[3] ?? 0);
  }

  awayY(x: number, y: number): number {
    this.#slopesAt(x, y);
    return -(this.#slopes[3] ?? 0) / Math.hypot(this.#slopes[1] ?? 0, this.#slopes[3] ?? 0);
  }

  /**
   * Standard error of the distance between the ground at two pixels that comes from the calibration alone: the spread of
   * the fitted numbers carried through to the distance (first order).
   */
  distanceError_m(ax: number, ay: number, bx: number, by: number): number {
    const { fit, reading_px } = this.#calibration;
    const [x0, y0, x1, y1] = [this.x_m(ax, ay), this.y_m(ax, ay), this.x_m(bx, by), this.y_m(bx, by)];
    const length = Math.hypot(x1 - x0, y1 - y0);
    if (length === 0) return 0;
    const [ux, uy] = [(x1 - x0) / length, (y1 - y0) / length];
    const from = this.#placeByNumbers(x0, y0, ux, uy);
    const slope = this.#placeByNumbers(x1, y1, ux, uy).map((value, i) => value - (from[i] ?? 0));
    let variance = 0;
    for (let i = 0; i < NUMBERS; i += 1) {
      for (let j = 0; j < NUMBERS; j += 1) {
        variance += (slope[i] ?? 0) * (fit.spread[i * NUMBERS + j] ?? 0) * (slope[j] ?? 0);
      }
    }
    const [pictureUnits = 1] = fit.pictureToUnit;
    const [groundUnits = 1] = fit.groundToUnit;
    return (Math.sqrt(Math.max(0, variance)) * reading_px * pictureUnits) / groundUnits;
  }

  /** How the ground place of a fixed pixel moves along (ux, uy), in units of the fit, with each fitted number. */
  #placeByNumbers(x_m: number, y_m: number, ux: number, uy: number): Float64Array {
    const { unit, groundToUnit } = this.#calibration.fit;
    const [x, y] = [mappedX(groundToUnit, x_m, y_m), mappedY(groundToUnit, x_m, y_m)];
    const slopes = new Float64Array(4);
    slopesAt(unit, x, y, slopes);
    const [a = 0, b = 0, c = 0, d = 0] = slopes;
    const [byU, byV] = slopesByNumbers(unit, x, y);
    // The pixel stays: 0 = slopes · move + byNumber, so move = -slopes⁻¹ · byNumber; only its part along u is wanted.
    const determinant = a * d - b * c;
    const [forU, forV] = [(-ux * d + uy * c) / determinant, (ux * b - uy * a) / determinant];
    return byU.map((value, i) => forU * value + forV * (byV[i] ?? 0));
  }

  get #map(): Homography {
    return this.#calibration.toGround;
  }

  /** Slopes of ground metres by pixels of the picture asked about. */
  #slopesAt(x: number, y: number): void {
    slopesAt(this.#map, x * this.#scaleX, y * this.#scaleY, this.#slopes);
    this.#slopes[0] = (this.#slopes[0] ?? 0) * this.#scaleX;
    this.#slopes[1] = (this.#slopes[1] ?? 0) * this.#scaleY;
    this.#slopes[2] = (this.#slopes[2] ?? 0) * this.#scaleX;
    this.#slopes[3] = (this.#slopes[3] ?? 0) * this.#scaleY;
  }

  /** Singular values of the slopes, the larger first. */
  #spans(x: number, y: number): readonly [number, number] {
    this.#slopesAt(x, y);
    const [a = 0, b = 0, c = 0, d = 0] = this.#slopes;
    const sum = a * a + b * b + c * c + d * d;
    const determinant = a * d - b * c;
    const root = Math.sqrt(Math.max(0, sum * sum - 4 * determinant * determinant));
    return [Math.sqrt((sum + root) / 2), Math.sqrt(Math.max(0, (sum - root) / 2))];
  }
}
