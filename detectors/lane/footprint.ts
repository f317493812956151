/**
 * Where a vehicle stands on the road, from its box and the way it faces. Its footprint is taken to be a rectangle of the
 * usual size of its class, and is laid so that, seen by the camera, its nearest corner touches the lower edge of the box and
 * it lies, with the same rectangle at the height where its class is widest, in the middle between the box's sides: what stands
 * above a footprint is seen above it in the middle of the picture, and leans outwards at its sides. Where the calibration does
 * not tell the way up the footprint alone is laid.
 *
 * How wrong: the near end is off by what the box's edge is (3 % of the box's size, in metres there, and up to 0.3 m because
 * a bumper hangs above the road); the far end by that and by how much the vehicle's length differs from its class's.
 */
import type { GroundCalibration } from "../../core/geometry/ground-calibration.ts";
import { divisorAt, type Homography, inverted, mappedX, mappedY } from "../../core/geometry/homography.ts";
import { planesAbove } from "../../core/geometry/raised-plane.ts";
import { vehicleClasses } from "../../core/traffic/vehicle-class.ts";
import { length_m, shoulder_m, width_m } from "../../core/violations/sighting.ts";
import { classGroup, twoWheels } from "../track/class-group.ts";

/** Tyres of a two-wheeler touch the road on one line, handlebars touch nothing. */
const tyre_m = 0.15;
const lengths = Float64Array.from(vehicleClasses, (name) => length_m[name].usual);
const widths = Float64Array.from(vehicleClasses, (name, at) => (classGroup(at) === twoWheels ? tyre_m : width_m[name]));
/** The camera's view is nearly affine over one vehicle: each round leaves a tenth of the error far away, and half of it below the camera. */
const rounds = 4;

export class Footprint {
  readonly #toGround: Homography;
  readonly #toPicture: Homography;
  /** From the plane at the height where each class is widest. */
  readonly #shoulders: readonly Homography[];
  readonly #scaleX: number;
  readonly #scaleY: number;
  /** The answer of the newest `lay`. */
  frontX_m = 0;
  frontY_m = 0;
  rearX_m = 0;
  rearY_m = 0;
  // Of the footprint at hand: its place in metres, half its sides as vectors, and how it is seen.
  #x_m = 0;
  #y_m = 0;
  #alongX = 0;
  #alongY = 0;
  #acrossX = 0;
  #acrossY = 0;
  #left = 0;
  #right = 0;
  #lowest = 0;

  /** `width` and `height` are those of the pictures that the boxes are of. */
  constructor(calibration: GroundCalibration, width: number, height: number) {
    this.#toGround = calibration.toGround;
    this.#toPicture = inverted(calibration.toGround);
    const above = planesAbove(this.#toPicture, calibration.picture_px);
    this.#shoulders = vehicleClasses.map((name) => above?.(shoulder_m[name]) ?? this.#toPicture);
    this.#scaleX = calibration.picture_px[0] / width;
    this.#scaleY = calibration.picture_px[1] / height;
  }

  /**
   * The box's lower edge is at `bottom` and its middle at `middle`, in pixels; `facing_rad` is anticlockwise from x on the
   * ground. False when that is not on the ground.
   */
  lay(middle: number, bottom: number, facing_rad: number, vehicleClass: number): boolean {
    const [length, width] = [lengths[vehicleClass] ?? 0, widths[vehicleClass] ?? 0];
    const shoulders = this.#shoulders[vehicleClass] ?? this.#toPicture;
    this.#alongX = (Math.cos(facing_rad) * length) / 2;
    this.#alongY = (Math.sin(facing_rad) * length) / 2;
    this.#acrossX = (-Math.sin(facing_rad) * width) / 2;
    this.#acrossY = (Math.cos(facing_rad) * width) / 2;
    if (!this.#start(middle * this.#scaleX, bottom * this.#scaleY)) return false;
    let [u, v] = [mappedX(this.#toPicture, this.#x_m, this.#y_m), mappedY(this.#toPicture, this.#x_m, this.#y_m)];
    for (let round = 0; round < rounds; round += 1) {
      if (!(divisorAt(this.#toGround, u, v) > 0)) return false;
      this.#x_m = mappedX(this.#toGround, u, v);
      this.#y_m = mappedY(this.#toGround, u, v);
      this.#see(shoulders);
      u += middle * this.#scaleX - (this.#left + this.#right) / 2;
      v += bottom * this.#scaleY - this.#lowest;
    }
    this.frontX_m = this.#x_m + this.#alongX;
    this.frontY_m = this.#y_m + this.#alongY;
    this.rearX_m = this.#x_m - this.#alongX;
    this.rearY_m = this.#y_m - this.#alongY;
    return Number.isFinite(this.#x_m + this.#y_m);
  }

  /** As far behind the place at the lower edge as the footprint is deep, the way the camera looks there. */
  #start(u: number, v: number): boolean {
    if (!(divisorAt(this.#toGround, u, v) > 0 && divisorAt(this.#toGround, u, v - 1) > 0)) return false;
    [this.#x_m, this.#y_m] = [mappedX(this.#toGround, u, v), mappedY(this.#toGround, u, v)];
    const awayX = mappedX(this.#toGround, u, v - 1) - this.#x_m;
    const awayY = mappedY(this.#toGround, u, v - 1) - this.#y_m;
    const along = Math.abs(this.#alongX * awayX + this.#alongY * awayY);
    const across = Math.abs(this.#acrossX * awayX + this.#acrossY * awayY);
    const deep = (along + across) / (awayX * awayX + awayY * awayY);
    this.#x_m += awayX * deep;
    this.#y_m += awayY * deep;
    return Number.isFinite(this.#x_m + this.#y_m);
  }

  /** The corners as the camera sees them. */
  #see(shoulders: Homography): void {
    this.#left = Number.POSITIVE_INFINITY;
    this.#right = Number.NEGATIVE_INFINITY;
    this.#lowest = Number.NEGATIVE_INFINITY;
    for (let corner = 0; corner < 4; corner += 1) {
      const [ahead, aside] = [corner < 2 ? 1 : -1, corner % 2 === 0 ? 1 : -1];
      const x_m = this.#x_m + ahead * this.#alongX + aside * this.#acrossX;
      const y_m = this.#y_m + ahead * this.#alongY + aside * this.#acrossY;
      const u = mappedX(this.#toPicture, x_m, y_m);
      const above = mappedX(shoulders, x_m, y_m);
      this.#left = Math.min(this.#left, u, above);
      this.#right = Math.max(this.#right, u, above);
      this.#lowest = Math.max(this.#lowest, mappedY(this.#toPicture, x_m, y_m));
    }
  }
}
