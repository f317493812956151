/** Wrong lane by class: a vehicle drives in a lane that is not for its kind, for longer than a lane change takes. */
import type { VehicleClass } from "../traffic/vehicle-class.ts";
import { type Fitness, unfit } from "./fitness.ts";
import { between, depth_m, distance_m, type Point, type Polygon } from "./ground.ts";
import { type Measured, passed_ms } from "./onset.ts";
import type { Ruling } from "./ruling.ts";
import type { Sighting } from "./sighting.ts";

const laneClassVersion = 2;

export interface LaneClassSettings {
  readonly lane: Polygon;
  readonly allowed: readonly VehicleClass[];
  /** Driven inside the lane without leaving it. */
  readonly for_m: number;
}

interface Followed {
  /** How deep in the lane the middle was seen last. */
  readonly depth: Measured;
  /** Null while it is beside the lane. */
  readonly within: { readonly since_ms: number; readonly last: Point; readonly driven_m: number } | null;
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
    const since_ms = before?.within?.since_ms ?? passed_ms(before?.depth ?? null, depth, 0);
    const driven_m = before?.within ? before.within.driven_m + distance_m(before.within.last, place) : 0;
    const done = driven_m > for_m;
    this.#followed.set(track, { depth, within: { since_ms, last: place, driven_m }, done });
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
