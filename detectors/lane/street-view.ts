/** A camera's lines, lanes and ground in the pixels of its pictures: made once for each size of picture. */
import type { GroundCalibration } from "../../core/geometry/ground-calibration.ts";
import { GroundPlane } from "../../core/geometry/ground-plane.ts";
import { type DirectedLine, directedLine } from "../../core/geometry/segment.ts";
import type { Camera } from "../schema.ts";
import { GroundTracks } from "./ground-tracks.ts";
import { LineCounter } from "./line-counter.ts";
import { type QueueLane, QueueWatch } from "./queue-watch.ts";
import type { CameraLine } from "./schema.ts";

export interface ViewedLane {
  readonly lane: string;
  readonly length_m: number;
}

export interface ViewedLine {
  readonly line: CameraLine;
  /** Position among the lanes; -1 for a line without one. */
  readonly lane: number;
  readonly directed: DirectedLine;
}

export class StreetView {
  readonly lines: readonly ViewedLine[];
  readonly ground: GroundTracks | null;
  readonly queues: QueueWatch;
  counter: LineCounter;

  constructor(
    camera: Camera,
    lanes: readonly ViewedLane[],
    calibration: GroundCalibration | null,
    width: number,
    height: number,
  ) {
    const plane = calibration === null ? null : new GroundPlane(calibration, width, height);
    this.lines = camera.lines.map((line) => ({
      line,
      lane: lanes.findIndex(({ lane }) => lane === line.lane),
      directed: directedLine(line.from[0] * width, line.from[1] * height, line.to[0] * width, line.to[1] * height),
    }));
    this.ground = plane === null ? null : new GroundTracks(plane);
    this.queues = new QueueWatch(
      lanes.map((lane, index) => queueLane(lane, this.lines, index, width, height)),
      plane,
    );
    this.counter = new LineCounter(this.lines.map(({ directed }) => directed));
  }

  /** No track continues: what crossed before says nothing about what crosses next. */
  forget(): void {
    this.counter = new LineCounter(this.lines.map(({ directed }) => directed));
  }
}

const ways = { forward: 1, backward: -1, both: 0 } as const;

function queueLane(
  { length_m }: ViewedLane,
  lines: readonly ViewedLine[],
  index: number,
  width: number,
  height: number,
): QueueLane {
  const viewed = lines.find(({ lane }) => lane === index);
  if (viewed === undefined) throw new Error("a lane of a camera has a line");
  const corners = viewed.line.queue_area;
  const area = corners === undefined ? null : Float64Array.from(corners.flatMap(([x, y]) => [x * width, y * height]));
  return { line: viewed.directed, forward: ways[viewed.line.direction], area, length_m };
}
