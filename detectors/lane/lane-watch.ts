/** What the tracks of one camera mean for its lanes: crossings, covered stop lines, flow intervals. */
import { type DirectedLine, directedLine, lineTouchesRectangle } from "../../core/geometry/segment.ts";
import type { Intersection } from "../../core/network/schema.ts";
import type { Crossing, DetectorEvent } from "../../core/ports/detection-feed.ts";
import type { FlowInterval } from "../../core/traffic/flow-interval.ts";
import { vehicleClasses } from "../../core/traffic/vehicle-class.ts";
import type { Frame } from "../decode/frame.ts";
import type { Camera } from "../schema.ts";
import { classGroup, onFoot } from "../track/class-group.ts";
import { type Tracker, trackCapacity } from "../track/tracker.ts";
import { FlowWindows } from "./flow-windows.ts";
import { LineCounter, type LineCrossing } from "./line-counter.ts";
import type { CameraLine } from "./schema.ts";
import { StopLineZones } from "./stop-line-zone.ts";

export interface CameraLane {
  readonly lane: string;
  readonly channel: number;
}

/** The lanes of the camera's lines, each once, with their detector channels. Throws when a lane is not of the intersection. */
export function lanesOf(camera: Camera, intersection: Intersection): readonly CameraLane[] {
  const channels = new Map(
    intersection.approaches.flatMap(({ lanes }) => lanes.map((lane) => [lane.id, lane.detector_channel] as const)),
  );
  return [...new Set(camera.lines.flatMap(({ lane }) => lane ?? []))].map((lane) => {
    const channel = channels.get(lane);
    if (channel === undefined)
      throw new Error(`camera ${camera.id} counts for ${lane}, not a lane of ${intersection.id}`);
    return { lane, channel };
  });
}

export interface LaneListener {
  crossing(crossing: Crossing): void;
  detectorEvent(event: DetectorEvent): void;
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

/** A counting line in the pixels of the current picture. */
interface LaneLine {
  readonly line: CameraLine;
  readonly lane: number;
  readonly directed: DirectedLine;
}

export class LaneWatch {
  readonly #options: LaneWatchOptions;
  readonly #windows: FlowWindows;
  readonly #zones: StopLineZones;
  readonly #coveredNow: Uint8Array;
  #lines: readonly LaneLine[] = [];
  #counter = new LineCounter([]);
  #width = 0;
  #height = 0;

  constructor(options: LaneWatchOptions) {
    const { camera, lanes, from_ms, listener } = options;
    const { id: feed, intersection, interval_s } = camera;
    this.#options = options;
    const flowLanes = lanes.map(({ lane }) => ({ intersection, lane }));
    this.#windows = new FlowWindows({ feed, lanes: flowLanes, interval_s, from_ms });
    this.#coveredNow = new Uint8Array(lanes.length);
    this.#zones = new StopLineZones(lanes.length, {
      covered: (lane, from, to) => this.#windows.covered(lane, from, to),
      switched: (lane, at_ms, on) => {
        const channel = lanes[lane]?.channel ?? 0;
        listener.detectorEvent({ intersection, channel, at_ms: Math.round(at_ms), on, origin: "camera" });
      },
    });
  }

  /** After every update of the tracker. */
  observe(tracker: Tracker, frame: Pick<Frame, "width" | "height" | "pts_s" | "arrival_ms">): void {
    if (frame.width !== this.#width || frame.height !== this.#height) this.#measure(frame.width, frame.height);
    this.#windows.frame(frame.arrival_ms);
    this.#counter.observe(tracker, frame.pts_s, (crossing) => {
      // The stream's clock says how long ago the vehicle was on the line, the wall clock when that was.
      this.#crossed(tracker, crossing, Math.round(frame.arrival_ms - (frame.pts_s - crossing.t_s) * 1000));
    });
    this.#cover(tracker);
    for (let lane = 0; lane < this.#coveredNow.length; lane += 1) {
      this.#zones.observe(lane, frame.arrival_ms, this.#coveredNow[lane] === 1);
    }
  }

  /** The stream's clock starts anew and no track continues: what crossed before says nothing about what crosses next. */
  epoch(): void {
    this.#counter = new LineCounter(this.#lines.map(({ directed }) => directed));
  }

  /** The picture is gone for now. */
  release(): void {
    this.#zones.releaseAll();
  }

  /** All flow intervals that start before were handed out. */
  get next_ms(): number {
    return this.#windows.next_ms;
  }

  due(now_ms: number): readonly FlowInterval[] {
    return this.#windows.due(now_ms);
  }

  /** What is open at the end. */
  finish(now_ms: number): readonly FlowInterval[] {
    this.release();
    return this.#windows.cut(now_ms);
  }

  #measure(width: number, height: number): void {
    this.#width = width;
    this.#height = height;
    const { camera, lanes } = this.#options;
    this.#lines = camera.lines.map((line) => ({
      line,
      lane: lanes.findIndex(({ lane }) => lane === line.lane),
      directed: directedLine(line.from[0] * width, line.from[1] * height, line.to[0] * width, line.to[1] * height),
    }));
    this.#counter = new LineCounter(this.#lines.map(({ directed }) => directed));
  }

  #crossed(tracker: Tracker, { line: index, slot, track, direction }: LineCrossing, at_ms: number): void {
    const { line, lane } = this.#lines[index] as LaneLine;
    const vehicleClass = tracker.classOf(slot);
    const wanted = line.direction === "both" || line.direction === direction;
    const counts = wanted && classGroup(vehicleClass) !== onFoot;
    if (counts) this.#windows.crossed(lane, at_ms, vehicleClass);
    this.#options.listener.crossing({
      feed: this.#options.camera.id,
      line: line.id,
      lane: counts ? (line.lane ?? null) : null,
      at_ms,
      class: vehicleClasses[vehicleClass] ?? "car",
      direction,
      track,
    });
  }

  #cover(tracker: Tracker): void {
    this.#coveredNow.fill(0);
    for (let slot = 0; slot < trackCapacity; slot += 1) {
      if (tracker.ids[slot] === 0 || tracker.seen[slot] === 0 || !tracker.proved(slot)) continue;
      if (classGroup(tracker.classOf(slot)) === onFoot) continue;
      const width = tracker.boxes[slot * 4 + 2] ?? 0;
      const height = tracker.boxes[slot * 4 + 3] ?? 0;
      const x = tracker.boxes[slot * 4] ?? 0;
      const y = tracker.boxes[slot * 4 + 1] ?? 0;
      const [left, right] = [x + width * footprint.side, x + width * (1 - footprint.side)];
      const [top, bottom] = [y + height * footprint.top, y + height * footprint.bottom];
      for (const { directed, lane } of this.#lines) {
        if (lineTouchesRectangle(directed, left, top, right, bottom)) this.#coveredNow[lane] = 1;
      }
    }
  }
}
