/** Vehicles on the ground at the whole seconds around a moment, and between them. */
import type { Replay } from "../../../../core/replay/decode.ts";
import { kindOf, kinds } from "./kinds.ts";
import type { LanePaths, Place } from "./lane-paths.ts";

const standing_m_s = 0.1;

/** One second of the replay, on the ground: middles of the fronts. Only the first `count` of each array mean anything. */
class Second {
  number = -1;
  count = 0;
  readonly vehicle: Int32Array;
  readonly lane: Int32Array;
  readonly position_m: Float32Array;
  readonly speed: Float32Array;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly dx: Float32Array;
  readonly dy: Float32Array;
  /** By vehicle: where it stands in the arrays, -1 while it is not there. */
  readonly slot: Int32Array;
  shown: readonly string[] = [];
  readonly #place: Place = { x: 0, y: 0, dx: 1, dy: 0 };

  constructor(vehicles: number) {
    this.vehicle = new Int32Array(vehicles);
    this.lane = new Int32Array(vehicles);
    this.position_m = new Float32Array(vehicles);
    this.speed = new Float32Array(vehicles);
    this.x = new Float64Array(vehicles);
    this.y = new Float64Array(vehicles);
    this.dx = new Float32Array(vehicles);
    this.dy = new Float32Array(vehicles);
    this.slot = new Int32Array(vehicles).fill(-1);
  }

  read(replay: Replay, paths: LanePaths, number: number): void {
    for (let i = 0; i < this.count; i += 1) this.slot[this.vehicle[i] as number] = -1;
    const frame = replay.frame(number);
    this.number = number;
    this.count = frame?.count ?? 0;
    this.shown = frame === null ? [] : [...frame.shown];
    if (frame === null) return;
    const place = this.#place;
    for (let i = 0; i < frame.count; i += 1) {
      const lane = frame.lane[i] as number;
      paths.place(lane, frame.position_m[i] as number, frame.lateral_m[i] as number, place);
      this.vehicle[i] = frame.vehicle[i] as number;
      this.lane[i] = lane;
      this.position_m[i] = frame.position_m[i] as number;
      this.speed[i] = frame.speed_m_s[i] as number;
      this.x[i] = place.x;
      this.y[i] = place.y;
      this.dx[i] = place.dx;
      this.dy[i] = place.dy;
      this.slot[frame.vehicle[i] as number] = i;
    }
  }
}

/** What is drawn: fronts of the vehicles at one moment, and on each lane where its queue begins. */
export class Moments {
  readonly kind: Uint8Array;
  readonly length_m: Float32Array;
  readonly width_m: Float32Array;
  count = 0;
  readonly vehicle: Int32Array;
  readonly lane: Int32Array;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly dx: Float32Array;
  readonly dy: Float32Array;
  readonly speed: Float32Array;
  readonly slows: Uint8Array;
  /** By lane: how far along it the last standing vehicle's rear is; its length where nobody stands. */
  readonly queueFrom_m: Float32Array;
  readonly queued: Int32Array;
  readonly onLane: Int32Array;
  readonly byKind = new Int32Array(kinds.length);
  standing = 0;
  shown: readonly string[] = [];
  readonly #replay: Replay;
  readonly #paths: LanePaths;
  #now: Second;
  #next: Second;

  constructor(replay: Replay, paths: LanePaths) {
    const { vehicles, types } = replay.header;
    const count = vehicles.ids.length;
    const typeOf = (vehicle: number) => types[vehicles.types[vehicle] ?? 0];
    this.#replay = replay;
    this.#paths = paths;
    this.kind = Uint8Array.from(vehicles.ids, (_, v) => kindOf(typeOf(v)?.class ?? ""));
    this.length_m = Float32Array.from(vehicles.ids, (_, v) => typeOf(v)?.length_m ?? 5);
    this.width_m = Float32Array.from(vehicles.ids, (_, v) => typeOf(v)?.width_m ?? 1.8);
    this.vehicle = new Int32Array(count);
    this.lane = new Int32Array(count);
    this.x = new Float64Array(count);
    this.y = new Float64Array(count);
    this.dx = new Float32Array(count);
    this.dy = new Float32Array(count);
    this.speed = new Float32Array(count);
    this.slows = new Uint8Array(count);
    this.queueFrom_m = new Float32Array(replay.lanes.length);
    this.queued = new Int32Array(replay.lanes.length);
    this.onLane = new Int32Array(replay.lanes.length);
    this.#now = new Second(count);
    this.#next = new Second(count);
  }

  /** `at_s` since the first frame. */
  show(at_s: number): void {
    const frames = at_s / this.#replay.header.frame_s;
    const number = Math.max(0, Math.min(this.#replay.frames - 1, Math.floor(frames)));
    if (this.#now.number !== number) this.#turnTo(number);
    this.#between(Math.min(1, Math.max(0, frames - number)));
  }

  #turnTo(number: number): void {
    if (this.#next.number === number) [this.#now, this.#next] = [this.#next, this.#now];
    else this.#now.read(this.#replay, this.#paths, number);
    const following = Math.min(number + 1, this.#replay.frames - 1);
    if (this.#next.number !== following) this.#next.read(this.#replay, this.#paths, following);
    this.shown = this.#now.shown;
    this.#measure();
  }

  #measure(): void {
    const now = this.#now;
    const { lanes } = this.#replay;
    this.byKind.fill(0);
    this.queued.fill(0);
    this.onLane.fill(0);
    this.standing = 0;
    for (let lane = 0; lane < lanes.length; lane += 1) this.queueFrom_m[lane] = lanes[lane]?.length_m ?? 0;
    for (let i = 0; i < now.count; i += 1) {
      const v = now.vehicle[i] as number;
      const lane = now.lane[i] as number;
      const kind = this.kind[v] as number;
      this.byKind[kind] = (this.byKind[kind] as number) + 1;
      this.onLane[lane] = (this.onLane[lane] as number) + 1;
      if ((now.speed[i] as number) >= standing_m_s) continue;
      this.standing += 1;
      this.queued[lane] = (this.queued[lane] as number) + 1;
      const rear_m = Math.max(0, (now.position_m[i] as number) - (this.length_m[v] as number));
      this.queueFrom_m[lane] = Math.min(this.queueFrom_m[lane] as number, rear_m);
    }
  }

  /** A curve through both places that leaves and comes in the directions driven there (cubic Hermite). */
  #between(share: number): void {
    const [a, b] = [this.#now, this.#next];
    const [s, s2, s3] = [share, share * share, share * share * share];
    const [h0, h1] = [2 * s3 - 3 * s2 + 1, 3 * s2 - 2 * s3];
    const [g0, g1] = [s3 - 2 * s2 + s, s3 - s2];
    this.count = a.count;
    for (let i = 0; i < a.count; i += 1) {
      const v = a.vehicle[i] as number;
      const j = b.slot[v] as number;
      this.vehicle[i] = v;
      this.lane[i] = a.lane[i] as number;
      const [ax, ay, adx, ady] = [a.x[i] as number, a.y[i] as number, a.dx[i] as number, a.dy[i] as number];
      if (j === -1) {
        // Arrived before the next second: drives on as it did.
        const way = (a.speed[i] as number) * share * this.#replay.header.frame_s;
        this.#put(i, ax + adx * way, ay + ady * way, adx, ady, a.speed[i] as number, 0);
        continue;
      }
      const [bx, by, bdx, bdy] = [b.x[j] as number, b.y[j] as number, b.dx[j] as number, b.dy[j] as number];
      const way = Math.hypot(bx - ax, by - ay);
      const x = h0 * ax + h1 * bx + way * (g0 * adx + g1 * bdx);
      const y = h0 * ay + h1 * by + way * (g0 * ady + g1 * bdy);
      const [dx, dy] = [adx + (bdx - adx) * s, ady + (bdy - ady) * s];
      const long = Math.hypot(dx, dy) || 1;
      const [before, after] = [a.speed[i] as number, b.speed[j] as number];
      this.#put(i, x, y, dx / long, dy / long, before + (after - before) * s, before - after > 1 ? 1 : 0);
    }
  }

  #put(i: number, x: number, y: number, dx: number, dy: number, speed: number, slows: number): void {
    this.x[i] = x;
    this.y[i] = y;
    this.dx[i] = dx;
    this.dy[i] = dy;
    this.speed[i] = speed;
    this.slows[i] = slows;
  }
}
