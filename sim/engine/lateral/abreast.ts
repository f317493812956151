/**
 * Everybody's place across the road. Who drives behind whom is told by bodies alone: the nearest ahead that shares a cell
 * with one's own body, lane borders or not.
 */
import type { VehicleType } from "../../demand/demand.ts";
import { approachSpeed, safeFollowSpeed } from "../krauss.ts";
import { NONE, type World } from "../world.ts";
import { Overhang } from "./overhang.ts";
import { RoadCells } from "./road-cells.ts";

/** Whoever is no wider finds his place between others, and heeds no lane borders. */
const narrow_m = 1.2;
/** So much faster than somebody close beside does nobody pass him, m/s. */
const passing_m_s = 4;

export class Abreast {
  readonly #w: World;
  readonly cells: RoadCells;
  readonly overhang: Overhang;
  /** The middle, to the left of the middle of its lane. */
  readonly offset_m: Float64Array;
  readonly width_m: Float64Array;
  /** What each wants free beside it, standing. */
  readonly beside_m: Float64Array;
  readonly narrow: Uint8Array;

  constructor(world: World, resolution_m: number) {
    const { types, departures } = world.demand;
    this.#w = world;
    this.cells = new RoadCells(world.network, resolution_m);
    this.overhang = new Overhang(world);
    const typeOf = (v: number): VehicleType => types[departures[v]?.type ?? 0] as VehicleType;
    this.offset_m = new Float64Array(departures.length);
    this.width_m = Float64Array.from(departures, (_, v) => typeOf(v).width_m);
    this.beside_m = Float64Array.from(departures, (_, v) => typeOf(v).minGapLat_m);
    this.narrow = Uint8Array.from(departures, (_, v) => (typeOf(v).width_m <= narrow_m ? 1 : 0));
  }

  edgeOf(lane: number): number {
    return this.#w.network.lanes.edge[lane] as number;
  }

  /** The first cell of `v`'s body, were it on this lane as far from the middle as it is. */
  begin(v: number, lane: number): number {
    return this.#begin(v, lane, this.offset_m[v] as number);
  }

  /** The cell behind its last. */
  end(v: number, lane: number): number {
    return this.#end(v, lane, this.offset_m[v] as number);
  }

  /** Does `v`, were it on this lane, take any of these cells? */
  touches(v: number, lane: number, begin: number, end: number): boolean {
    return this.begin(v, lane) < end && this.end(v, lane) > begin;
  }

  /** Both, were it so far from the lane's middle. */
  span(v: number, lane: number, offset_m: number): readonly [begin: number, end: number] {
    return [this.#begin(v, lane, offset_m), this.#end(v, lane, offset_m)];
  }

  #begin(v: number, lane: number, offset_m: number): number {
    const middle = (this.cells.middle_m[lane] as number) + offset_m;
    return this.cells.begin(this.edgeOf(lane), middle - (this.width_m[v] as number) / 2);
  }

  #end(v: number, lane: number, offset_m: number): number {
    const middle = (this.cells.middle_m[lane] as number) + offset_m;
    return this.cells.end(this.edgeOf(lane), middle + (this.width_m[v] as number) / 2);
  }

  /** Behind whoever is in these cells so far, for `v` with its front at `at_m`. */
  speedBehind(v: number, begin: number, end: number, at_m: number): number {
    const { who, rear_m } = this.cells;
    let speed = Number.POSITIVE_INFINITY;
    let before = NONE;
    for (let cell = begin; cell < end; cell += 1) {
      const u = who[cell] as number;
      if (u === before || u === NONE || u === v) continue;
      before = u;
      speed = Math.min(speed, this.followSpeed(v, u, (rear_m[cell] as number) - at_m));
    }
    return speed;
  }

  followSpeed(v: number, u: number, distance: number): number {
    const w = this.#w;
    const gap = distance - (w.minGap[v] as number);
    const decel = w.decel[v] as number;
    const theirs = w.speed[u] as number;
    const safe = safeFollowSpeed(gap, theirs, w.decel[u] as number, decel, w.tau[v] as number, w.dt);
    return w.following === null ? safe : Math.min(safe, w.following.speedBehind(v, gap, theirs));
  }

  /** Past those who are close beside, one drives little faster than they do. */
  speedPast(v: number, begin: number, end: number, at_m: number): number {
    const { first, cell_m } = this.cells;
    const edge = this.edgeOf(this.#w.lane[v] as number);
    const close = Math.ceil((this.beside_m[v] as number) / cell_m);
    const from = Math.max(first[edge] as number, begin - close);
    const to = Math.min(first[edge + 1] as number, end + close);
    return Math.min(this.#past(v, from, begin, at_m), this.#past(v, end, to, at_m));
  }

  #past(v: number, from: number, to: number, at_m: number): number {
    const { who, rear_m } = this.cells;
    const w = this.#w;
    let speed = Number.POSITIVE_INFINITY;
    let before = NONE;
    for (let cell = from; cell < to; cell += 1) {
      const u = who[cell] as number;
      if (u === NONE || u === before || u === v) continue;
      before = u;
      const distance = Math.max(0, (rear_m[cell] as number) - at_m);
      const target = (w.speed[u] as number) + passing_m_s;
      speed = Math.min(speed, approachSpeed(distance, target, w.decel[v] as number, w.dt));
    }
    return speed;
  }
}
