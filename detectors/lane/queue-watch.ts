/**
 * Queues behind the stop lines of a camera's lanes: vehicles that stand or crawl upstream of the line. Where a lane waits
 * is said by its area in the picture, or, with a calibration, it is the strip of road as wide as the line and as long
 * as the lane, at right angles upstream of it.
 */
import type { GroundPlane } from "../../core/geometry/ground-plane.ts";
import { insidePolygon } from "../../core/geometry/polygon.ts";
import { type DirectedLine, directedLine, positionAlong, signedDistance } from "../../core/geometry/segment.ts";
import { vehicleClasses } from "../../core/traffic/vehicle-class.ts";
import { classGroup, onFoot } from "../track/class-group.ts";
import { type Tracker, trackCapacity } from "../track/tracker.ts";
import type { GroundTracks } from "./ground-tracks.ts";

export interface QueueLane {
  /** In the pixels of the current picture. */
  readonly line: DirectedLine;
  /** Which way the lane's vehicles cross it: 1 forward, -1 backward, 0 where both do. */
  readonly forward: number;
  /** Corners in pixels; null where the site file gives none. */
  readonly area: Float64Array | null;
  readonly length_m: number;
}

/** Who is slower has stopped or crawls, who is faster has left the queue; metres a second (5 and 12 km/h). */
const joins_m_s = 5 / 3.6;
const leaves_m_s = 12 / 3.6;
/** The same without a ground, in box sizes a second: a car's box is some 2.5 m, a motorcycle's 1.3 m. */
const joinsSizes = 0.4;
const leavesSizes = 1;
const surelyMoves = 5;
/** Slow for this long is queued: a track's first places are no rest. */
const settled_s = 1;
/** A vehicle with more empty road than this before it does not wait for the stop line: it is parked. */
const mostGap_m = 20;
/** The stop line is drawn where boxes cross it; who waits may stand a little beyond. */
const beyond_m = 2;
/** From the lower edge of the box to the far end of the vehicle, by class. */
const lengths_m = Float64Array.from(
  vehicleClasses,
  (name) => ({ motorcycle: 2, bicycle: 1.8, car: 4.5, bus: 12, truck: 9, pedestrian: 0 })[name],
);

interface GroundLine {
  readonly line: DirectedLine;
  /** Sign of the distance from the line on which the lane waits. */
  readonly upstream: number;
}

export class QueueWatch {
  readonly #lanes: readonly QueueLane[];
  readonly #plane: GroundPlane | null;
  /** The lines on the ground; null without a calibration, or where upstream is not known. */
  readonly #grounds: readonly (GroundLine | null)[];
  readonly #track = new Uint32Array(trackCapacity);
  /** Per slot: since when it is slow, or NaN; and whether it belongs to the queue by its speed. */
  readonly #slow_s = new Float64Array(trackCapacity);
  readonly #queued = new Uint8Array(trackCapacity);
  /** Distances of the lane under way, ascending, and how long each vehicle reaches back from there. */
  readonly #front_m = new Float64Array(trackCapacity);
  readonly #back_m = new Float64Array(trackCapacity);
  /** Results: one number a lane. */
  readonly vehicles: Uint16Array;
  readonly longest_m: Float64Array;

  constructor(lanes: readonly QueueLane[], plane: GroundPlane | null) {
    this.#lanes = lanes;
    this.#plane = plane;
    this.#grounds = lanes.map((lane) => (plane === null || lane.forward === 0 ? null : groundLine(lane, plane)));
    this.vehicles = new Uint16Array(lanes.length);
    this.longest_m = new Float64Array(lanes.length);
  }

  /** How a lane's queue is known: `measured` in metres too, `counted`, or not at all. */
  kind(lane: number): "measured" | "counted" | undefined {
    if (this.#grounds[lane] != null) return "measured";
    return this.#lanes[lane]?.area == null ? undefined : "counted";
  }

  /** After the tracker and the ground were told of a picture; leaves the queues in `vehicles` and `longest_m`. */
  observe(tracker: Tracker, ground: GroundTracks | null, time_s: number): void {
    for (let slot = 0; slot < trackCapacity; slot += 1) this.#judge(tracker, ground, slot, time_s);
    for (let lane = 0; lane < this.#lanes.length; lane += 1) {
      if (this.#grounds[lane] != null && ground !== null) this.#measure(lane, tracker, ground);
      else if (this.#lanes[lane]?.area != null) this.#count(lane, tracker);
    }
  }

  /** Does this slot's track stand or crawl, and has it for a moment? */
  #judge(tracker: Tracker, ground: GroundTracks | null, slot: number, time_s: number): void {
    const id = tracker.ids[slot] ?? 0;
    if (this.#track[slot] !== id) {
      this.#track[slot] = id;
      this.#slow_s[slot] = Number.NaN;
      this.#queued[slot] = 0;
    }
    if (id === 0 || tracker.seen[slot] === 0) return;
    const pace = this.#pace(tracker, ground, slot);
    if (pace >= 1) {
      this.#queued[slot] = 0;
      this.#slow_s[slot] = Number.NaN;
    } else if (pace <= 0) {
      const since_s = this.#slow_s[slot] ?? Number.NaN;
      if (Number.isNaN(since_s)) this.#slow_s[slot] = time_s;
      else if (time_s - since_s >= settled_s && tracker.proved(slot)) this.#queued[slot] = 1;
    }
  }

  /** 0 and below: slow enough to join; 1 and above: fast enough to leave. */
  #pace(tracker: Tracker, ground: GroundTracks | null, slot: number): number {
    const size = Math.sqrt((tracker.boxes[slot * 4 + 2] ?? 0) * (tracker.boxes[slot * 4 + 3] ?? 0));
    const sizes = Math.hypot(tracker.speedX(slot), tracker.speedY(slot)) / size;
    // Who flies past needs no closer look, and a look at every track of every picture costs.
    if (sizes > surelyMoves) return 1;
    const speed = ground === null ? Number.NaN : ground.speedNow(slot);
    if (!Number.isNaN(speed)) return (speed - joins_m_s) / (leaves_m_s - joins_m_s);
    return (sizes - joinsSizes) / (leavesSizes - joinsSizes);
  }

  #waits(tracker: Tracker, slot: number): boolean {
    return this.#queued[slot] === 1 && tracker.ids[slot] !== 0 && classGroup(tracker.classOf(slot)) !== onFoot;
  }

  #inArea(area: Float64Array, tracker: Tracker, slot: number): boolean {
    const x = (tracker.boxes[slot * 4] ?? 0) + (tracker.boxes[slot * 4 + 2] ?? 0) / 2;
    return insidePolygon(area, x, (tracker.boxes[slot * 4 + 1] ?? 0) + (tracker.boxes[slot * 4 + 3] ?? 0));
  }

  #count(lane: number, tracker: Tracker): void {
    const area = this.#lanes[lane]?.area ?? null;
    let vehicles = 0;
    for (let slot = 0; slot < trackCapacity; slot += 1) {
      if (area !== null && this.#waits(tracker, slot) && this.#inArea(area, tracker, slot)) vehicles += 1;
    }
    this.vehicles[lane] = vehicles;
  }

  #measure(lane: number, tracker: Tracker, ground: GroundTracks): void {
    const { line, upstream } = this.#grounds[lane] as GroundLine;
    const { area, length_m } = this.#lanes[lane] as QueueLane;
    let count = 0;
    for (let slot = 0; slot < trackCapacity; slot += 1) {
      if (!this.#waits(tracker, slot) || !ground.stands(slot)) continue;
      const [x, y] = [ground.x_m(slot), ground.y_m(slot)];
      const distance = upstream * signedDistance(line, x, y);
      const along = positionAlong(line, x, y);
      const inLane =
        area === null ? along >= 0 && along <= 1 && distance <= length_m : this.#inArea(area, tracker, slot);
      if (!inLane || distance < -beyond_m) continue;
      this.#insert(count, Math.max(0, distance), this.#reach(line, upstream, tracker, slot));
      count += 1;
    }
    this.#close(lane, count);
  }

  /** How far behind the lower edge of its box a vehicle ends: its length if it is seen from the front, nothing from behind. */
  #reach(line: DirectedLine, upstream: number, tracker: Tracker, slot: number): number {
    const plane = this.#plane as GroundPlane;
    const x = (tracker.boxes[slot * 4] ?? 0) + (tracker.boxes[slot * 4 + 2] ?? 0) / 2;
    const y = (tracker.boxes[slot * 4 + 1] ?? 0) + (tracker.boxes[slot * 4 + 3] ?? 0);
    const away = upstream * (plane.awayX(x, y) * line.nx + plane.awayY(x, y) * line.ny);
    return Math.max(0, away) * (lengths_m[tracker.classOf(slot)] ?? 0);
  }

  #insert(count: number, front_m: number, reach_m: number): void {
    let place = count;
    while (place > 0 && (this.#front_m[place - 1] ?? 0) > front_m) {
      this.#front_m[place] = this.#front_m[place - 1] ?? 0;
      this.#back_m[place] = this.#back_m[place - 1] ?? 0;
      place -= 1;
    }
    this.#front_m[place] = front_m;
    this.#back_m[place] = front_m + reach_m;
  }

  /** From the stop line back to the first stretch of empty road. */
  #close(lane: number, count: number): void {
    let [vehicles, back_m] = [0, 0];
    while (vehicles < count && (this.#front_m[vehicles] ?? 0) - back_m <= mostGap_m) {
      back_m = Math.max(back_m, this.#back_m[vehicles] ?? 0);
      vehicles += 1;
    }
    this.vehicles[lane] = vehicles;
    this.longest_m[lane] = back_m;
  }
}

/** The line on the ground. A picture is a mirror image of the ground, so its hands are exchanged. */
function groundLine({ line, forward }: QueueLane, plane: GroundPlane): GroundLine | null {
  const ends = [
    [line.x1, line.y1],
    [line.x2, line.y2],
  ] as const;
  if (!ends.every(([x, y]) => plane.isGround(x, y))) return null;
  const [[ax, ay], [bx, by]] = ends;
  const onGround = directedLine(plane.x_m(ax, ay), plane.y_m(ax, ay), plane.x_m(bx, by), plane.y_m(bx, by));
  // A little upstream of the middle in the picture is upstream on the ground as well.
  const [x, y] = [(ax + bx) / 2 - forward * line.nx, (ay + by) / 2 - forward * line.ny];
  return { line: onGround, upstream: Math.sign(signedDistance(onGround, plane.x_m(x, y), plane.y_m(x, y))) };
}
