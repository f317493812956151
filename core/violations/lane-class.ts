/** Wrong lane by class: a vehicle drives in a lane that is not for its kind, for longer than a lane change takes. */
import type { VehicleClass } from "../traffic/vehicle-class.ts";
import { Arrival, type Came } from "./arrival.ts";
import { type Fitness, unfit } from "./fitness.ts";
import { between, depth_m, distance_m, type Point, type Polygon } from "./ground.ts";
import { type Measured, passed_ms } from "./onset.ts";
import type { Ruling } from "./ruling.ts";
import type { Sighting } from "./sighting.ts";

const laneClassVersion = 3;

export interface LaneClassSettings {
  readonly lane: Polygon;
  readonly allowed: readonly VehicleClass[];
  /** Driven inside the lane without leaving it. */
  readonly for_m: number;
}

interface Within {
  /** The moment at which it came in; of whom nobody saw come, what tells it. */
  readonly came: Came | Arrival;
  readonly last: Point;
  readonly driven_m: number;
}

interface Followed {
  /** How deep in the lane the middle was seen last. */
  readonly depth: Measured;
  /** Null while it is beside the lane. */
  readonly within: Within | null;
  readonly done: boolean;
}

export class LaneClassRule {
  readonly #settings: LaneClassSettings;
  readonly #followed = new Map<number, Followed>();

  constructor(settings: LaneClassSettings) {
    this.#settings = settings;
  }

  observe(sighting: Sighting, fitness: Fitness): Ruling | null {
    const { track, at_ms } = sighting;
    const { lane, allowed, for_m } = this.#settings;
    if (allowed.includes(sighting.class) || sighting.class === "pedestrian") return this.ended(track);
    const place = between(sighting.rear, sighting.front, 0.5);
    const before = this.#followed.get(track);
    if (before?.done === true) return null;
    if (sighting.occluded) return this.ended(track);
    const depth = { at_ms, value: depth_m(lane, place) };
    if (depth.value <= 0) {
      this.#followed.set(track, { depth, within: null, done: false });
      return null;
    }
    const within = this.#within(before, place, depth);
    const done = within.driven_m > for_m;
    this.#followed.set(track, { depth, within, done });
    if (!done) return null;
    const { came, driven_m } = within;
    const { at_ms: since_ms, error_ms } = came instanceof Arrival ? came.into(lane) : came;
    const reason = unfit(fitness);
    if (reason !== null) return { refusal: { rule: "lane_class", track, at_ms: since_ms, reason } };
    const violation = { rule: "lane_class", version: laneClassVersion, track, at_ms: since_ms } as const;
    return { violation: { ...violation, error_ms, measured: { driven_m } } };
  }

  #within(before: Followed | undefined, place: Point, depth: Measured): Within {
    const { at_ms } = depth;
    if (before === undefined) {
      const came = new Arrival();
      came.add(place, at_ms);
      return { came, last: place, driven_m: 0 };
    }
    const { within } = before;
    if (within === null) {
      return { came: { at_ms: passed_ms(before.depth, depth, 0), error_ms: 0 }, last: place, driven_m: 0 };
    }
    if (within.came instanceof Arrival) within.came.add(place, at_ms);
    return { came: within.came, last: place, driven_m: within.driven_m + distance_m(within.last, place) };
  }

  ended(track: number): null {
    this.#followed.delete(track);
    return null;
  }
}
