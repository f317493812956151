/** Wrong lane by class: a vehicle drives in a lane that is not for its kind, for longer than a lane change takes. */
import type { VehicleClass } from "../traffic/vehicle-class.ts";
import { type Fitness, unfit } from "./fitness.ts";
import { between, distance_m, inside, type Point, type Polygon } from "./ground.ts";
import type { Ruling } from "./ruling.ts";
import type { Sighting } from "./sighting.ts";

const laneClassVersion = 1;

export interface LaneClassSettings {
  readonly lane: Polygon;
  readonly allowed: readonly VehicleClass[];
  /** Driven inside the lane without leaving it. */
  readonly for_m: number;
}

interface Followed {
  since_ms: number;
  last: Point;
  driven_m: number;
  done: boolean;
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
    if (sighting.occluded || !inside(lane, place)) return this.ended(track);
    const driven_m = before === undefined ? 0 : before.driven_m + distance_m(before.last, place);
    const since_ms = before?.since_ms ?? at_ms;
    const done = driven_m > for_m;
    this.#followed.set(track, { since_ms, last: place, driven_m, done });
    if (!done) return null;
    const reason = unfit(fitness);
    if (reason !== null) return { refusal: { rule: "lane_class", track, at_ms: since_ms, reason } };
    const measured = { driven_m };
    return { violation: { rule: "lane_class", version: laneClassVersion, track, at_ms: since_ms, measured } };
  }

  ended(track: number): null {
    this.#followed.delete(track);
    return null;
  }
}
