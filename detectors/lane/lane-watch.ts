/** What the tracks of one camera mean for its lanes: crossings, covered stop lines, queues, movements, flow intervals. */
import type { GroundCalibration } from "../../core/geometry/ground-calibration.ts";
import { lineTouchesRectangle } from "../../core/geometry/segment.ts";
import type { Intersection } from "../../core/network/schema.ts";
import type { Crossing, DetectorEvent, Movement } from "../../core/ports/detection-feed.ts";
import type { FlowInterval } from "../../core/traffic/flow-interval.ts";
import type { MovementInterval } from "../../core/traffic/movement-interval.ts";
import { vehicleClasses } from "../../core/traffic/vehicle-class.ts";
import type { Frame } from "../decode/frame.ts";
import type { Camera } from "../schema.ts";
import { classGroup, onFoot } from "../track/class-group.ts";
import { type Tracker, trackCapacity } from "../track/tracker.ts";
import { calibratedGround } from "./calibrated-ground.ts";
import { FlowWindows } from "./flow-windows.ts";
import type { LineCrossing } from "./line-counter.ts";
import { MovementLog } from "./movement-log.ts";
import { StopLineZones } from "./stop-line-zone.ts";
import { StreetView, type ViewedLane, type ViewedLine } from "./street-view.ts";
import { hole_ms } from "./window-series.ts";

export interface CameraLane extends ViewedLane {
  readonly channel: number;
}

/** The lanes of the camera's lines, each once, with their detector channels. Throws when a lane is not of the intersection. */
export function lanesOf(camera: Camera, intersection: Intersection): readonly CameraLane[] {
  const lanes = new Map(intersection.approaches.flatMap((approach) => approach.lanes.map((lane) => [lane.id, lane])));
  return [...new Set(camera.lines.flatMap(({ lane }) => lane ?? []))].map((lane) => {
    const found = lanes.get(lane);
    if (found === undefined)
      throw new Error(`camera ${camera.id} counts for ${lane}, not a lane of ${intersection.id}`);
    return { lane, channel: found.detector_channel, length_m: found.length_m };
  });
}

export interface LaneListener {
  crossing(crossing: Crossing): void;
  detectorEvent(event: DetectorEvent): void;
  movement(movement: Movement): void;
}

export interface LaneWatchOptions {
  readonly camera: Camera;
  readonly lanes: readonly CameraLane[];
  /** Start of the first flow interval to report. */
  readonly from_ms: number;
  readonly listener: LaneListener;
}

/**
 * The part of a box that stands on the road. A camera that looks 30 degrees down sees a car of 4.5 m by 1.5 m as
 * 4.5 sin 30 + 1.5 cos 30 = 3.5 m of picture, the lower 2.2 m of them road; and boxes are drawn a little too large.
 */
const footprint = { top: 0.4, bottom: 0.95, side: 0.1 } as const;

type LookedAt = Pick<Frame, "width" | "height" | "pts_s" | "arrival_ms"> &
  Partial<Pick<Frame, "session_ms" | "damaged">>;

export class LaneWatch {
  readonly #options: LaneWatchOptions;
  readonly #calibration: GroundCalibration | null;
  readonly #windows: FlowWindows;
  readonly #zones: StopLineZones;
  readonly #coveredNow: Uint8Array;
  readonly #movements: MovementLog | null;
  #view: StreetView;
  #width = 1;
  #height = 1;
  #before_ms = Number.NaN;

  constructor(options: LaneWatchOptions) {
    const { camera, lanes, from_ms, listener } = options;
    const { id: feed, intersection, interval_s } = camera;
    this.#options = options;
    this.#calibration = calibratedGround(camera.calibration);
    this.#view = new StreetView(camera, lanes, this.#calibration, 1, 1);
    const flowLanes = lanes.map(({ lane }, index) => {
      const queue = this.#view.queues.kind(index);
      return { intersection, lane, ...(queue === undefined ? {} : { queue }) };
    });
    this.#windows = new FlowWindows({ feed, lanes: flowLanes, interval_s, from_ms });
    this.#movements = camera.movements === undefined ? null : new MovementLog(camera, from_ms, listener);
    this.#coveredNow = new Uint8Array(lanes.length);
    this.#zones = new StopLineZones(lanes.length, {
      covered: (lane, from, to) => this.#windows.covered(lane, from, to),
      switched: (lane, at_ms, on) => {
        if (on) this.#windows.actuated(lane, at_ms);
        const channel = lanes[lane]?.channel ?? 0;
        listener.detectorEvent({ intersection, channel, at_ms: Math.round(at_ms), on, origin: "camera" });
      },
    });
  }

  /** After every update of the tracker. */
  observe(tracker: Tracker, frame: LookedAt): void {
    if (frame.width !== this.#width || frame.height !== this.#height) this.#measure(frame.width, frame.height);
    const { ground, queues, counter } = this.#view;
    this.#windows.frame(frame.arrival_ms, frame.damaged);
    ground?.observe(tracker, frame.pts_s);
    this.#movements?.observe(tracker, ground, frame.arrival_ms);
    counter.observe(tracker, frame.pts_s, (crossing) => {
      // The stream's clock says how long ago the vehicle was on the line, the wall clock when that was.
      this.#crossed(tracker, crossing, Math.round(frame.arrival_ms - (frame.pts_s - crossing.t_s) * 1000), frame);
    });
    this.#cover(tracker);
    for (let lane = 0; lane < this.#coveredNow.length; lane += 1) {
      this.#zones.observe(lane, frame.arrival_ms, this.#coveredNow[lane] === 1);
    }
    queues.observe(tracker, ground, frame.pts_s);
    this.#queue(frame.arrival_ms);
  }

  /** The stream's clock starts anew and no track continues. */
  epoch(): void {
    this.#view.forget();
    this.#movements?.loseAll();
  }

  /** The picture is gone for now. */
  release(): void {
    this.#zones.releaseAll();
    this.#before_ms = Number.NaN;
  }

  /** All flow intervals that start before were handed out. */
  get next_ms(): number {
    return this.#windows.next_ms;
  }

  due(now_ms: number): readonly FlowInterval[] {
    return this.#windows.due(now_ms);
  }

  dueMovements(now_ms: number): readonly MovementInterval[] {
    return this.#movements?.due(now_ms) ?? [];
  }

  /** What is open at the end. */
  finish(now_ms: number): readonly FlowInterval[] {
    this.release();
    return this.#windows.cut(now_ms);
  }

  finishMovements(now_ms: number): readonly MovementInterval[] {
    this.#movements?.loseAll();
    return this.#movements?.cut(now_ms) ?? [];
  }

  #measure(width: number, height: number): void {
    this.#width = width;
    this.#height = height;
    const { camera, lanes } = this.#options;
    this.#view = new StreetView(camera, lanes, this.#calibration, width, height);
  }

  #crossed(
    tracker: Tracker,
    { line: index, slot, track, direction, t_s }: LineCrossing,
    at_ms: number,
    { session_ms }: LookedAt,
  ): void {
    const { line, lane } = this.#view.lines[index] as ViewedLine;
    const { ground } = this.#view;
    const vehicleClass = tracker.classOf(slot);
    const isVehicle = classGroup(vehicleClass) !== onFoot;
    const wanted = line.direction === "both" || line.direction === direction;
    const counts = wanted && isVehicle && lane >= 0;
    const speed = isVehicle ? (ground?.speedAt(slot, t_s) ?? null) : null;
    if (counts) this.#windows.crossed(lane, at_ms, vehicleClass, speed?.speed_kmh ?? null);
    if (isVehicle) this.#movements?.crossed(slot, index, direction, at_ms);
    this.#options.listener.crossing({
      feed: this.#options.camera.id,
      line: line.id,
      lane: counts ? (line.lane ?? null) : null,
      at_ms,
      class: vehicleClasses[vehicleClass] ?? "car",
      direction,
      track,
      speed_kmh: tenth(speed?.speed_kmh ?? null),
      speed_error_kmh: tenth(speed?.error_kmh ?? null),
      distance_m: tenth(ground?.way_m(slot) ?? null),
      ...(session_ms === undefined ? {} : { stream: { session_ms, pts_s: t_s } }),
    });
  }

  #queue(at_ms: number): void {
    const { queues } = this.#view;
    const before_ms = this.#before_ms;
    this.#before_ms = at_ms;
    // Across a hole nobody knows who waited.
    if (!(at_ms - before_ms <= hole_ms) || at_ms < before_ms) return;
    for (let lane = 0; lane < this.#options.lanes.length; lane += 1) {
      if (queues.kind(lane) === undefined) continue;
      this.#windows.queued(lane, before_ms, at_ms, queues.vehicles[lane] ?? 0, queues.longest_m[lane] ?? 0);
    }
  }

  #cover(tracker: Tracker): void {
    this.#coveredNow.fill(0);
    for (let slot = 0; slot < trackCapacity; slot += 1) {
      if (!isVehicleSeen(tracker, slot)) continue;
      const width = tracker.boxes[slot * 4 + 2] ?? 0;
      const height = tracker.boxes[slot * 4 + 3] ?? 0;
      const x = tracker.boxes[slot * 4] ?? 0;
      const y = tracker.boxes[slot * 4 + 1] ?? 0;
      const [left, right] = [x + width * footprint.side, x + width * (1 - footprint.side)];
      const [top, bottom] = [y + height * footprint.top, y + height * footprint.bottom];
      for (const { directed, lane } of this.#view.lines) {
        if (lane >= 0 && lineTouchesRectangle(directed, left, top, right, bottom)) this.#coveredNow[lane] = 1;
      }
    }
  }
}

function isVehicleSeen(tracker: Tracker, slot: number): boolean {
  if (tracker.ids[slot] === 0 || tracker.seen[slot] === 0 || !tracker.proved(slot)) return false;
  return classGroup(tracker.classOf(slot)) !== onFoot;
}

const tenth = (value: number | null): number | null => (value === null ? null : Math.round(value * 10) / 10);
