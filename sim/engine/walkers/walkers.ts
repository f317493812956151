/**
 * People on foot, a step at a time: along sidewalks and over crossings, each as fast as he likes less some dawdling, never past a
 * closed crossing or into a vehicle. After SUMO's model of stripes (Erdmann and Krajzewicz, "Modelling Pedestrian Dynamics in
 * SUMO", 2015), but nobody here gets in the way of anybody else on foot.
 */

import { CrossingChoice, overCrossing_m } from "../../demand/crossing-choice.ts";
import type { Walk } from "../../demand/demand.ts";
import { apart_m, cornerPath } from "../../network/corner-path.ts";
import { beginningOf, directionFrom, endOf, type Footways, opposite, wayOf } from "../../network/footways.ts";
import { pathLength_m } from "../../network/polyline.ts";
import { halting_m_s } from "../krauss.ts";
import type { Random } from "../random.ts";
import { NONE, type World } from "../world.ts";
import type { People } from "./people.ts";
import type { VehiclesInTheWay } from "./vehicles-in-the-way.ts";

const eps_m = 0.001;
/** A walk is over so close to its end. */
const arrived_m = 0.1;
/** At most such a share of one's speed is dawdled away. */
const dawdling = 0.2;
/** From so far in time one looks at a crossing. */
const lookAhead_s = 4;
/** Whoever has stood on a crossing for so long squeezes on slowly. */
const stuck_s = 10;
const squeezing = 1 / 4;
/** A red crossing is worth so long a detour when one sets out at a corner. */
const red_s = 20;

/** What is told of those who walk. */
export interface WalkListener {
  /** The walk that `i` is on is over now. */
  ended(i: number): void;
}

/** Sums over the walks that are over. */
export interface WalkTotals {
  readonly walks: number;
  readonly way_m: number;
  readonly duration_s: number;
  /** Against walking at the wanted speed all the way. */
  readonly loss_s: number;
}

/** A walk up to now. */
export interface WalkSoFar {
  readonly depart_s: number;
  readonly duration_s: number;
  /** Along sidewalks, and straight from end to end of them over junctions, as SUMO reckons. */
  readonly way_m: number;
  readonly wanted_m_s: number;
  /** Against walking at that speed all the way. */
  readonly loss_s: number;
}

export class Walkers {
  readonly people: People;
  listener: WalkListener | null = null;
  readonly #w: World;
  readonly #ways: Footways;
  readonly #vehicles: VehiclesInTheWay;
  readonly #choice: CrossingChoice;
  readonly #random: Random;
  readonly #corners = new Map<number, number>();
  /** Of the walk that each is on: how far he came, and when it began. */
  readonly #walked_m: Float64Array;
  readonly #began_s: Float64Array;
  /** On the road, in no order: the first so many. */
  readonly #active: Int32Array;
  #count = 0;
  #due = 0;
  readonly #sums = { walks: 0, way_m: 0, duration_s: 0, loss_s: 0 };
  /** Crossings with somebody on them. */
  readonly #crossed: Int32Array;
  #crossings = 0;

  constructor(world: World, ways: Footways, people: People, vehicles: VehiclesInTheWay, random: Random) {
    this.#w = world;
    this.#ways = ways;
    this.people = people;
    this.#vehicles = vehicles;
    this.#choice = new CrossingChoice(ways);
    this.#random = random;
    const count = people.walkers.length;
    this.#active = new Int32Array(count);
    this.#walked_m = new Float64Array(count);
    this.#began_s = new Float64Array(count).fill(Number.NaN);
    this.#crossed = new Int32Array(ways.edge.length);
  }

  get totals(): WalkTotals {
    return this.#sums;
  }

  /** On the road now. */
  get running(): Int32Array {
    return this.#active.subarray(0, this.#count);
  }

  /** The walk that `i` is on. */
  walkOf(i: number): Walk {
    return this.people.walkers[i]?.walks[this.people.walk[i] as number] as Walk;
  }

  soFar(i: number): WalkSoFar {
    const [depart_s, way_m, wanted_m_s] = [
      this.#began_s[i] as number,
      this.#walked_m[i] as number,
      this.#wanted_m_s(i),
    ];
    const duration_s = this.#w.now_s - depart_s;
    return { depart_s, duration_s, way_m, wanted_m_s, loss_s: Math.max(0, duration_s - way_m / wanted_m_s) };
  }

  /** Before vehicles plan. */
  all(): void {
    for (let at = 0; at < this.#count; ) {
      const i = this.#active[at] as number;
      this.#move(i);
      if (this.people.way[i] !== NONE) at += 1;
      else {
        this.#count -= 1;
        this.#active[at] = this.#active[this.#count] as number;
      }
    }
    this.#letOut();
    this.#list();
  }

  /** Whoever sets out now takes his first step in the next. */
  #letOut(): void {
    const { walkers } = this.people;
    while (this.#due < walkers.length && (walkers[this.#due]?.depart_s as number) <= this.#w.now_s) {
      this.#begin(this.#due, 0);
      this.#active[this.#count] = this.#due;
      this.#count += 1;
      this.#due += 1;
    }
  }

  /** Who is on which crossing. */
  #list(): void {
    const { first, next, way } = this.people;
    for (let at = 0; at < this.#crossings; at += 1) first[this.#crossed[at] as number] = NONE;
    this.#crossings = 0;
    for (let at = 0; at < this.#count; at += 1) {
      const i = this.#active[at] as number;
      if (!this.people.isOnCrossing(i)) continue;
      const crossing = way[i] as number;
      if (first[crossing] === NONE) {
        this.#crossed[this.#crossings] = crossing;
        this.#crossings += 1;
      }
      next[i] = first[crossing] as number;
      first[crossing] = i;
    }
  }

  #wanted_m_s(i: number): number {
    return this.walkOf(i).speed_m_s ?? (this.people.wanted[i] as number);
  }

  #begin(i: number, walk: number): void {
    const p = this.people;
    p.walk[i] = walk;
    p.step[i] = 0;
    const { route, from_m, to_m } = this.walkOf(i);
    const entry = route[0] as number;
    const way = wayOf(entry);
    const long = this.#ways.length_m[way] as number;
    p.way[i] = way;
    p.direction[i] = directionFrom(entry);
    p.corner[i] = 0;
    const [from, to] = p.direction[i] === 1 ? [from_m, to_m] : [long - from_m, long - to_m];
    p.x_m[i] = from;
    p.long_m[i] = route.length === 1 ? to : long;
    this.#walked_m[i] = 0;
    this.#began_s[i] = this.#w.now_s;
  }

  #move(i: number): void {
    const p = this.people;
    const { dt } = this.#w;
    const wanted = this.#wanted_m_s(i);
    let speed = Math.min(wanted, Math.max(0, (this.#room_m(i, wanted) - eps_m) / dt));
    if (speed < halting_m_s && p.isOnCrossing(i) && (p.waited_s[i] as number) > stuck_s) speed = wanted * squeezing;
    speed -= Math.min(speed, this.#random.next() * wanted * dawdling);
    p.speed[i] = speed;
    p.waited_s[i] = speed >= halting_m_s ? 0 : (p.waited_s[i] as number) + dt;
    p.x_m[i] = (p.x_m[i] as number) + speed * dt;
    if (this.#isOnSidewalk(i)) this.#walked_m[i] = (this.#walked_m[i] as number) + speed * dt;
    this.#passOn(i);
  }

  /** How far it is to what one has to stop for. */
  #room_m(i: number, wanted: number): number {
    const p = this.people;
    const left = (p.long_m[i] as number) - (p.x_m[i] as number);
    if (p.corner[i] === 0) {
      if (!p.isOnCrossing(i)) return Number.POSITIVE_INFINITY;
      return this.#vehicles.isBarred(this.#entered(i), p.x_m[i] as number) ? 0 : Number.POSITIVE_INFINITY;
    }
    const way = p.way[i] as number;
    const far = left - (p.minGap_m[i] as number) >= lookAhead_s * wanted;
    if (this.#ways.edge[way] !== NONE || far) return left + (this.#ways.length_m[way] as number);
    const entry = this.#entered(i);
    if (this.#vehicles.isClosed(entry, wanted, p.length_m[i] as number, p.waited_s[i] as number)) {
      this.#choose(i);
      return left;
    }
    const waits = this.#vehicles.isBarred(entry, 0) || this.#vehicles.comesTooFast(way);
    return waits ? left : left + (this.#ways.length_m[way] as number);
  }

  /** The end by which one's way was, or will be, entered. */
  #entered(i: number): number {
    const way = this.people.way[i] as number;
    return this.people.direction[i] === 1 ? beginningOf(way) : endOf(way);
  }

  #passOn(i: number): void {
    const p = this.people;
    for (;;) {
      const last = this.#isOnLast(i);
      const over = (p.x_m[i] as number) - (p.long_m[i] as number);
      if (last ? over <= -arrived_m : over <= 0) return;
      if (last) {
        this.#arrive(i);
        return;
      }
      if (p.corner[i] === 1) this.#enter(i, over);
      else this.#turn(i, over);
      p.x_m[i] = over;
    }
  }

  #isOnLast(i: number): boolean {
    const p = this.people;
    return this.#isOnSidewalk(i) && p.step[i] === this.walkOf(i).route.length - 1;
  }

  #isOnSidewalk(i: number): boolean {
    const { corner, way } = this.people;
    return corner[i] === 0 && this.#ways.edge[way[i] as number] !== NONE;
  }

  #arrive(i: number): void {
    const p = this.people;
    const { way_m, duration_s, loss_s } = this.soFar(i);
    this.#sums.walks += 1;
    this.#sums.way_m += way_m;
    this.#sums.duration_s += duration_s;
    this.#sums.loss_s += loss_s;
    this.listener?.ended(i);
    const next = (p.walk[i] as number) + 1;
    if (next < (p.walkers[i]?.walks.length as number)) this.#begin(i, next);
    else p.way[i] = NONE;
  }

  /** From a corner onto the way that was chosen. */
  #enter(i: number, over_m: number): void {
    const p = this.people;
    const way = p.way[i] as number;
    const long = this.#ways.length_m[way] as number;
    p.corner[i] = 0;
    p.long_m[i] = long;
    if (this.#ways.edge[way] === NONE) return;
    const across_m = apart_m(this.#ways, p.left[i] as number, this.#entered(i));
    this.#walked_m[i] = (this.#walked_m[i] as number) + across_m + over_m;
    p.step[i] = (p.step[i] as number) + 1;
    const { route, to_m } = this.walkOf(i);
    if (p.step[i] === route.length - 1) p.long_m[i] = p.direction[i] === 1 ? to_m : long - to_m;
  }

  /** From the end of a way onto the corner there. */
  #turn(i: number, over_m: number): void {
    const p = this.people;
    if (this.#isOnSidewalk(i)) {
      p.left[i] = opposite(this.#entered(i));
      this.#walked_m[i] = (this.#walked_m[i] as number) - over_m;
    }
    p.exit[i] = opposite(this.#entered(i));
    p.corner[i] = 1;
    this.#choose(i);
    p.long_m[i] = this.#corner_m(p.exit[i] as number, this.#entered(i));
  }

  /** The next way: a crossing, or the sidewalk on which one goes on. */
  #choose(i: number): void {
    const p = this.people;
    const target = this.walkOf(i).route[(p.step[i] as number) + 1] as number;
    const speed = p.wanted[i] as number;
    const takes_s = (entry: number, before_s: number): number =>
      overCrossing_m(this.#ways, entry) / speed + (this.#vehicles.isRed(entry) ? Math.max(0, red_s - before_s) : 0);
    const found = this.#choice.finds(p.exit[i] as number, target, takes_s);
    const entry = found && this.#choice.next !== NONE ? this.#choice.next : target;
    p.way[i] = wayOf(entry);
    p.direction[i] = directionFrom(entry);
  }

  #corner_m(exit: number, entry: number): number {
    const key = exit * this.#ways.corner.length + entry;
    let long = this.#corners.get(key);
    if (long === undefined) {
      long = pathLength_m(cornerPath(this.#ways, exit, entry));
      this.#corners.set(key, long);
    }
    return long;
  }
}
