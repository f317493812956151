/**
 * Trips choose their way when they depart, by how fast each edge was driven over the last three minutes, as SUMO's trips
 * do (its documentation, "Automatic Routing": adaptation-steps 180, adaptation-interval 1).
 */
import type { Departure } from "../demand/demand.ts";
import { freeTimes_s, Router } from "../demand/routing.ts";
import { classBit, type RoadClass } from "../network/road-network.ts";
import { NONE, type World } from "./world.ts";

const kept_s = 180;
const noteEvery_s = 1;
/** Whoever waits to be let in thinks again so often. */
const again_s = 60;
const slowest_m_s = 0.001;

export class TripChoice {
  readonly #w: World;
  readonly #router: Router;
  readonly #free_s: Float64Array;
  readonly #length_m: Float64Array;
  /** Speeds of the last steps, edge by edge, oldest first from `#at` on, and their sums. */
  readonly #speeds: Float32Array;
  readonly #sums: Float64Array;
  readonly #steps: number;
  readonly #times_s: Float64Array;
  readonly #chosen_s: Float64Array;
  readonly #needed: boolean;
  #at = 0;
  #noted_s = Number.NEGATIVE_INFINITY;
  #reckoned_s = Number.NaN;

  constructor(world: World) {
    const { network, demand } = world;
    this.#w = world;
    this.#needed = demand.departures.some(({ stops }) => stops !== null);
    this.#router = new Router(network);
    this.#free_s = freeTimes_s(network);
    this.#times_s = new Float64Array(this.#free_s);
    const edges = this.#needed ? network.edges.ids.length : 0;
    this.#steps = kept_s;
    this.#length_m = Float64Array.from({ length: edges }, (_, edge) => this.#laneOf(edge, network.lanes.length_m));
    this.#speeds = new Float32Array(edges * this.#steps);
    this.#sums = new Float64Array(edges);
    this.#chosen_s = world.seats.floats(Number.NEGATIVE_INFINITY);
    for (let edge = 0; edge < edges; edge += 1) {
      const free = Math.fround(this.#laneOf(edge, network.lanes.speed_m_s));
      this.#speeds.fill(free, edge * this.#steps, (edge + 1) * this.#steps);
      this.#sums[edge] = free * this.#steps;
    }
  }

  /** After every step; each second is noted how fast each edge is driven. */
  note(): void {
    if (!this.#needed || this.#w.now_s < this.#noted_s + noteEvery_s) return;
    this.#noted_s = this.#w.now_s;
    const { edges, lanes } = this.#w.network;
    for (let edge = 0; edge < this.#sums.length; edge += 1) {
      if (edges.inside[edge] === 1) continue;
      const speed = Math.fround(this.#meanSpeed(edge, edges.firstLane, lanes.speed_m_s));
      const place = edge * this.#steps + this.#at;
      this.#sums[edge] = (this.#sums[edge] as number) + speed - (this.#speeds[place] as number);
      this.#speeds[place] = speed;
    }
    this.#at = (this.#at + 1) % this.#steps;
  }

  /** The way of a trip that is about to be let in; others keep theirs. */
  choose(v: number): void {
    const w = this.#w;
    const departure = w.departureOf(v) as Departure;
    if (departure.stops === null || w.now_s - (this.#chosen_s[v] as number) < again_s) return;
    this.#chosen_s[v] = w.now_s;
    this.#reckon();
    const allowed = classBit(w.demand.types[departure.type]?.class as RoadClass);
    const route = this.#router.along(departure.stops, allowed, this.#times_s);
    if (route !== null) w.takeWay(v, route);
  }

  #reckon(): void {
    if (this.#reckoned_s === this.#w.now_s) return;
    this.#reckoned_s = this.#w.now_s;
    for (let edge = 0; edge < this.#sums.length; edge += 1) {
      const speed = Math.max(slowest_m_s, (this.#sums[edge] as number) / this.#steps);
      this.#times_s[edge] = Math.max(this.#free_s[edge] as number, (this.#length_m[edge] as number) / speed);
    }
  }

  #meanSpeed(edge: number, firstLane: Int32Array, limits: Float64Array): number {
    const w = this.#w;
    let [sum, count] = [0, 0];
    const end = firstLane[edge + 1] as number;
    for (let lane = firstLane[edge] as number; lane < end; lane += 1) {
      for (let v = w.front[lane] as number; v !== NONE; v = w.behind[v] as number) sum += w.speed[v] as number;
      count += w.count[lane] as number;
    }
    return count === 0 ? (limits[firstLane[edge] as number] as number) : sum / count;
  }

  #laneOf(edge: number, of: Float64Array): number {
    return of[this.#w.network.edges.firstLane[edge] as number] as number;
  }
}
