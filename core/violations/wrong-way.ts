/**
 * Wrong way: a vehicle moves against the lane's direction for longer than a manoeuvre takes. One that faces with the lane
 * and rolls back is reversing, into a parking place most often.
 */
import { Arrival } from "./arrival.ts";
import { type Fitness, unfit } from "./fitness.ts";
import { bearing, between, depth_m, distance_m, inside, type Point, type Polygon, turn } from "./ground.ts";
import { passed_ms } from "./onset.ts";
import type { Ruling } from "./ruling.ts";
import type { Sighting } from "./sighting.ts";

const wrongWayVersion = 3;

export interface WrongWaySettings {
  readonly zone: Polygon;
  /** The lane's direction, radians anticlockwise from x. */
  readonly bearing_rad: number;
  /** Against it from this angle on. */
  readonly against_rad: number;
  readonly for_m: number;
  readonly for_s: number;
}

interface Followed {
  last: Point;
  /** When it was there last. */
  last_ms: number;
  /** Its first sightings, of one that was in the zone by then; null otherwise. */
  readonly arrival: Arrival | null;
  readonly first_ms: number;
  /** Null while it does not move against the lane. */
  against: { readonly since_ms: number; readonly fromFirst: boolean; driven_m: number } | null;
  done: boolean;
}

/** A shorter way between two sightings is jitter and has no direction. */
const step_m = 0.25;
/** Who is no further from where the step began has not begun it: standing there is no part of the way. */
const still_m = 0.1;

export class WrongWayRule {
  readonly #settings: WrongWaySettings;
  readonly #followed = new Map<number, Followed>();

  constructor(settings: WrongWaySettings) {
    this.#settings = settings;
  }

  observe(sighting: Sighting, fitness: Fitness): Ruling | null {
    const { track, at_ms } = sighting;
    if (sighting.class === "pedestrian") return null;
    const place = between(sighting.rear, sighting.front, 0.5);
    const followed = this.#followed.get(track);
    if (followed === undefined) {
      const arrival = inside(this.#settings.zone, place) ? new Arrival() : null;
      arrival?.add(place, at_ms);
      this.#followed.set(track, { last: place, last_ms: at_ms, arrival, first_ms: at_ms, against: null, done: false });
      return null;
    }
    followed.arrival?.add(place, at_ms);
    const driven_m = distance_m(followed.last, place);
    if (driven_m < still_m) followed.last_ms = at_ms;
    if (followed.done || driven_m < step_m) return null;
    if (this.#against(followed.last, place, sighting)) {
      const fromFirst = followed.last_ms === followed.first_ms;
      followed.against ??= { since_ms: this.#entered_ms(followed, place, at_ms), fromFirst, driven_m: 0 };
      followed.against.driven_m += driven_m;
    } else followed.against = null;
    followed.last = place;
    followed.last_ms = at_ms;
    return this.#judge(followed, track, at_ms, fitness);
  }

  ended(track: number): null {
    this.#followed.delete(track);
    return null;
  }

  #against(from: Point, to: Point, { rear, front, occluded }: Sighting): boolean {
    const { zone, bearing_rad, against_rad } = this.#settings;
    const moves = Math.abs(turn(bearing_rad, bearing(from, to)));
    const faces = Math.abs(turn(bearing_rad, bearing(rear, front)));
    return !occluded && inside(zone, to) && moves > against_rad && faces > Math.PI / 2;
  }

  /** When the way to `to` began, or came into the zone. */
  #entered_ms({ last, last_ms }: Followed, to: Point, at_ms: number): number {
    const depth = depth_m(this.#settings.zone, last);
    if (depth >= 0) return last_ms;
    return passed_ms({ at_ms: last_ms, value: depth }, { at_ms, value: depth_m(this.#settings.zone, to) }, 0);
  }

  #judge(followed: Followed, track: number, at_ms: number, fitness: Fitness): Ruling | null {
    const { against, arrival } = followed;
    const { zone, for_m, for_s } = this.#settings;
    if (against === null || against.driven_m <= for_m || at_ms - against.since_ms <= for_s * 1000) return null;
    followed.done = true;
    // Who drove so from the first sighting on may have come in before it.
    const came = against.fromFirst ? arrival?.into(zone) : undefined;
    const { at_ms: since_ms, error_ms } = came ?? { at_ms: against.since_ms, error_ms: 0 };
    const reason = unfit(fitness);
    if (reason !== null) return { refusal: { rule: "wrong_way", track, at_ms: since_ms, reason } };
    const measured = { driven_m: against.driven_m, for_s: (at_ms - against.since_ms) / 1000 };
    return { violation: { rule: "wrong_way", version: wrongWayVersion, track, at_ms: since_ms, error_ms, measured } };
  }
}
