/**
 * Whom drivers stop for at crossings: whoever is on one before them, or comes towards them on it and does not stand. After
 * SUMO's `blockedAtDist`, with the vehicle in the middle of its lane.
 */
import type { VehicleType } from "../../demand/demand.ts";
import type { Footways } from "../../network/footways.ts";
import type { OnFoot } from "../on-foot.ts";
import { NONE, type World } from "../world.ts";
import type { People } from "./people.ts";

/** Drivers stop so much before the crossing, and take themselves for so much wider. */
const safety_m = 1;
/** From so far on the crossing people are let pass, unless they have stood for so long. */
const coming_m = 10;
const standing_s = 2;
const nobody = Number.POSITIVE_INFINITY;

export class DriversView implements OnFoot {
  readonly awaited: Int32Array;
  readonly #w: World;
  readonly #people: People;
  readonly #ways: Footways;
  /** By number among the departures. */
  readonly #width_m: Float64Array;

  constructor(world: World, people: People, ways: Footways) {
    this.#w = world;
    this.#people = people;
    this.#ways = ways;
    this.awaited = ways.crossings.yieldTo;
    const { types, departures } = world.demand;
    this.#width_m = Float64Array.from(departures, ({ type }) => (types[type] as VehicleType).width_m);
  }

  stopAhead_m(v: number, lane: number, seen: number): number {
    const { meetings } = this.#ways;
    let nearest = nobody;
    const end = meetings.firstOfLane[lane + 1] as number;
    for (let at = meetings.firstOfLane[lane] as number; at < end; at += 1) {
      const way = meetings.way[at] as number;
      const toPlace = seen - (meetings.behind_m[at] as number);
      if (toPlace < 0 || toPlace - safety_m >= nearest || this.#people.first[way] === NONE) continue;
      if (this.#isInTheWay(way, meetings.at_m[at] as number, this.#widthOf(v))) nearest = toPlace - safety_m;
    }
    return nearest;
  }

  #widthOf(v: number): number {
    return (this.#width_m[this.#w.seats.number[v] as number] as number) + safety_m;
  }

  /** Is anybody on the crossing where a vehicle of that width passes, or on the way there? */
  #isInTheWay(way: number, middle_m: number, width_m: number): boolean {
    const people = this.#people;
    const side_m = middle_m - width_m / 2;
    for (let i = people.first[way] as number; i !== NONE; i = people.next[i] as number) {
      const x = people.along_m(i);
      const before_m = people.direction[i] === 1 ? side_m - x : x - side_m;
      if (before_m + (people.length_m[i] as number) < -width_m) continue;
      if (before_m < 0 || (before_m <= coming_m && (people.waited_s[i] as number) < standing_s)) return true;
    }
    return false;
  }
}
