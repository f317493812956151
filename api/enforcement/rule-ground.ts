/** From a rule drawn in the picture to the rule on the road, in metres. */
import { calibrateGround, type GroundCalibration } from "../../core/geometry/ground-calibration.ts";
import { GroundPlane } from "../../core/geometry/ground-plane.ts";
import { bearing, type Marking, type Point, type Polygon } from "../../core/violations/ground.ts";
import type { StopLine } from "../../core/violations/stop-line-crossing.ts";
import type { Camera } from "../../detectors/index.ts";

type Place = readonly [x: number, y: number];

/** The ground of one camera, asked in shares of its picture. */
export class RuleGround {
  readonly #camera: Camera;
  readonly #calibration: GroundCalibration;
  readonly #plane: GroundPlane;

  /** Throws for a camera whose calibration the check of the site file would refuse. */
  constructor(camera: Camera) {
    const calibrated = camera.calibration === undefined ? null : calibrateGround(camera.calibration);
    if (calibrated === null || !calibrated.ok) throw new Error(`camera ${camera.id} has no sound calibration`);
    this.#camera = camera;
    this.#calibration = calibrated.value;
    const [width, height] = this.#calibration.picture_px;
    this.#plane = new GroundPlane(this.#calibration, width, height);
  }

  /** Standard error of a reading in the picture. */
  get reading_px(): number {
    return this.#calibration.reading_px;
  }

  /** What that error is on the road, where it is largest among `places`. */
  error_m(places: readonly Place[]): number {
    const spans = places.map((place) => this.#plane.coarseness_m(...this.#pixel(place)));
    return Math.max(...spans) * this.#calibration.reading_px;
  }

  point(place: Place): Point {
    const [x, y] = this.#pixel(place);
    return { x_m: this.#plane.x_m(x, y), y_m: this.#plane.y_m(x, y) };
  }

  marking({ from, to }: { readonly from: Place; readonly to: Place }): Marking {
    return { from: this.point(from), to: this.point(to) };
  }

  polygon(corners: readonly Place[]): Polygon {
    return corners.map((corner) => this.point(corner));
  }

  /** A line of the camera; its traffic drives squarely across it, to the side that `direction` says. */
  stopLine(
    id: string,
    direction: "forward" | "backward" | undefined,
  ): StopLine & { readonly places: readonly Place[] } {
    const line = this.#camera.lines.find((each) => each.id === id);
    if (line === undefined) throw new Error(`camera ${this.#camera.id} has no line ${id}`);
    const onRoad = this.marking(line);
    // Forward is to the right of who walks along the line, on the road as in the picture.
    const right_rad = bearing(onRoad.from, onRoad.to) - Math.PI / 2;
    const backward = (direction ?? line.direction) === "backward";
    return { line: onRoad, bearing_rad: backward ? right_rad + Math.PI : right_rad, places: [line.from, line.to] };
  }

  #pixel([x, y]: Place): [number, number] {
    const [width, height] = this.#calibration.picture_px;
    return [x * width, y * height];
  }
}
