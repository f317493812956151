/**
 * Illegal stopping: a vehicle stands in a no-stopping zone for longer than allowed, while traffic around it moves or
 * there is none. Time in a queue does not count: then something stands ahead, and nothing beside it moves.
 */
import { type Fitness, unfit } from "./fitness.ts";
import { bearing, between, distance_m, inside, type Point, type Polygon, turn } from "./ground.ts";
import type { Ruling } from "./ruling.ts";
import type { Sighting } from "./sighting.ts";
import { Standing } from "./standing.ts";

const stoppingVersion = 4;

export interface StoppingSettings {
  readonly zone: Polygon;
  readonly for_s: number;
}

interface Followed {
  place: Point;
  facing_rad: number;
  seen_ms: number;
  readonly standing: Standing;
  moved_ms: number;
  /** Standing time that was no queue. */
  counted_ms: number;
  done: boolean;
}

/** What stands this far ahead, in this cone, is what a queue waits for. */
const queueAhead_m = 12;
const ahead_rad = Math.PI / 6;
/** Traffic that moves this near and this lately shows that there is no queue. */
const besides_m = 15;
const lately_ms = 5000;
/** After this long without a sighting a vehicle says nothing of the traffic. */
const forgotten_ms = 2000;
const stands_ms = 1000;

export class StoppingRule {
  readonly #settings: StoppingSettings;
  readonly #followed = new Map<number, Followed>();

  constructor(settings: StoppingSettings) {
    this.#settings = settings;
  }

  observe(sighting: Sighting, fitness: Fitness): Ruling | null {
    if (sighting.class === "pedestrian") return null;
    const { track, at_ms } = sighting;
    const place = between(sighting.rear, sighting.front, 0.5);
    const followed = this.#follow(sighting, place);
    const passed_ms = at_ms - followed.seen_ms;
    const stood_ms = followed.standing.observe(place, at_ms);
    if (stood_ms === 0) followed.moved_ms = at_ms;
    followed.place = place;
    followed.seen_ms = at_ms;
    if (stood_ms === 0 || !inside(this.#settings.zone, place)) {
      followed.counted_ms = 0;
      return null;
    }
    if (!this.#queues(track, followed, at_ms)) followed.counted_ms += passed_ms;
    if (followed.done || followed.counted_ms <= this.#settings.for_s * 1000) return null;
    followed.done = true;
    const since_ms = followed.standing.stopped_ms;
    const reason = unfit(fitness);
    if (reason !== null) return { refusal: { rule: "stopping", track, at_ms: since_ms, reason } };
    const measured = { stood_s: stood_ms / 1000, counted_s: followed.counted_ms / 1000 };
    return { violation: { rule: "stopping", version: stoppingVersion, track, at_ms: since_ms, measured } };
  }

  ended(track: number): null {
    this.#followed.delete(track);
    return null;
  }

  #follow({ track, at_ms, rear, front }: Sighting, place: Point): Followed {
    const known = this.#followed.get(track);
    if (known !== undefined) {
      known.facing_rad = bearing(rear, front);
      return known;
    }
    const fresh: Followed = {
      place,
      facing_rad: bearing(rear, front),
      seen_ms: at_ms,
      standing: new Standing(place, at_ms),
      moved_ms: at_ms,
      counted_ms: 0,
      done: false,
    };
    this.#followed.set(track, fresh);
    return fresh;
  }

  #queues(track: number, { place, facing_rad }: Followed, now_ms: number): boolean {
    let standsAhead = false;
    for (const [other, each] of this.#followed) {
      if (other === track || now_ms - each.seen_ms > forgotten_ms) continue;
      const away_m = distance_m(place, each.place);
      if (away_m <= besides_m && now_ms - each.moved_ms < lately_ms) return false;
      const stands = now_ms - each.standing.since_ms > stands_ms;
      const ahead = Math.abs(turn(facing_rad, bearing(place, each.place))) < ahead_rad;
      if (stands && ahead && away_m <= queueAhead_m) standsAhead = true;
    }
    return standsAhead;
  }
}
