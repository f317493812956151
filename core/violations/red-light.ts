/**
 * Red light: the front was behind the stop line when red had shown for the grace time, crosses it after that, and the
 * vehicle goes on for at least its own length. A vehicle that stops short of that is the stop-line rule's, unless it goes on
 * while red still shows.
 */
import { type Problem, problem } from "../problems/problem.ts";
import { type Fitness, stale, unfit } from "./fitness.ts";
import { bearing, distance_m, type Point, turn } from "./ground.ts";
import { around_ms, RecentPath } from "./recent-path.ts";
import type { Ruling } from "./ruling.ts";
import type { Sighting } from "./sighting.ts";
import type { SignalTrace } from "./signal-trace.ts";
import { Standing } from "./standing.ts";
import { crossing_ms, length_m, past_m, type StopLine } from "./stop-line-crossing.ts";

const redLightVersion = 3;

export interface RedLightSettings {
  readonly stop: StopLine;
  /** Seconds of red before a crossing counts. */
  readonly grace_s: number;
  /** Turns that a sign or an arrow allows on red. */
  readonly allowed_turns: readonly ("left" | "right")[];
}

interface Followed {
  readonly first_ms: number;
  last: Sighting;
  /** Of the front. */
  readonly path: RecentPath;
  /** The crossing that is being judged. */
  crossed: {
    /** By the two sightings around it; once it is judged, by all that were near. */
    readonly at_ms: number;
    readonly occluded: boolean;
    readonly place: Point;
    readonly standing: Standing;
    stood: boolean;
  } | null;
  done: boolean;
}

/** Seen for this long before and after. */
const seen_ms = 1000;
/** Standing for this long is stopping. */
const stood_ms = 1000;
/** Which way a vehicle turns shows once it has gone this far into the junction. */
const turnShows_m = 10;
const turned_rad = Math.PI / 4;

export class RedLightRule {
  readonly #settings: RedLightSettings;
  readonly #signal: SignalTrace;
  readonly #followed = new Map<number, Followed>();

  constructor(settings: RedLightSettings, signal: SignalTrace) {
    this.#settings = settings;
    this.#signal = signal;
  }

  observe(sighting: Sighting, fitness: Fitness): Ruling | null {
    const followed = this.#followed.get(sighting.track);
    if (followed === undefined) {
      const path = new RecentPath();
      path.add(sighting.front, sighting.at_ms);
      this.#followed.set(sighting.track, {
        first_ms: sighting.at_ms,
        last: sighting,
        path,
        crossed: null,
        done: false,
      });
      return null;
    }
    const before = followed.last;
    followed.last = sighting;
    if (followed.done) return null;
    // What is around the crossing stays in it, however long the vehicle stands past the line.
    if (sighting.at_ms <= (followed.crossed?.at_ms ?? sighting.at_ms) + around_ms)
      followed.path.add(sighting.front, sighting.at_ms);
    if (followed.crossed !== null) return this.#goesOn(followed, fitness);
    const at_ms = crossing_ms(this.#settings.stop, before, sighting);
    if (at_ms === null) return null;
    const occluded = before.occluded || sighting.occluded;
    const standing = new Standing(sighting.front, sighting.at_ms);
    followed.crossed = { at_ms, occluded, place: sighting.front, standing, stood: false };
    return null;
  }

  /** The track is over. */
  ended(track: number, fitness: Fitness): Ruling | null {
    const followed = this.#followed.get(track);
    this.#followed.delete(track);
    if (followed === undefined || followed.done || followed.crossed === null) return null;
    const wentOn = distance_m(followed.crossed.place, followed.last.front) >= length_m(followed.last);
    const at_ms = this.#crossed_ms(followed, followed.crossed.at_ms);
    if (!wentOn || !this.#onRed(at_ms, fitness)) return null;
    return this.#refuse(track, at_ms, problem("RULE_TRACK_SHORT", { camera: fitness.camera }));
  }

  #goesOn(followed: Followed, fitness: Fitness): Ruling | null {
    const { last, crossed, first_ms } = followed;
    if (crossed === null) return null;
    crossed.stood ||= crossed.standing.observe(last.front, last.at_ms) >= stood_ms;
    if (crossed.stood && this.#signal.at(last.at_ms)?.state !== "red") {
      // It waited past the line until red was over.
      followed.done = true;
      return null;
    }
    const { allowed_turns } = this.#settings;
    const enough_m = Math.max(length_m(last), allowed_turns.length > 0 ? turnShows_m : 0);
    // As the crow flies: the way itself grows by jitter alone.
    const gone_m = distance_m(crossed.place, last.front);
    if (gone_m < enough_m || last.at_ms - crossed.at_ms < seen_ms) return null;
    followed.done = true;
    if (this.#mayTurn(crossed.place, last)) return null;
    const camera = fitness.camera;
    // Who cannot tell what showed cannot tell that it was not red either.
    const at_ms = this.#crossed_ms(followed, crossed.at_ms);
    const unsure = stale(camera, this.#signal.at(at_ms));
    if (unsure !== null) return this.#refuse(last.track, at_ms, unsure);
    if (!this.#onRed(at_ms, fitness)) return null;
    const why =
      unfit(fitness) ??
      (crossed.occluded ? problem("RULE_OCCLUDED", { camera }) : null) ??
      (at_ms - first_ms < seen_ms ? problem("RULE_TRACK_SHORT", { camera }) : null);
    if (why !== null) return this.#refuse(last.track, at_ms, why);
    const measured = { red_for_s: this.#redFor_s(at_ms), gone_m };
    return { violation: { rule: "red_light", version: redLightVersion, track: last.track, at_ms, measured } };
  }

  #crossed_ms({ path }: Followed, near_ms: number): number {
    return path.zero_ms((front) => past_m(this.#settings.stop, { front }), near_ms);
  }

  /** By the least time that red can have shown: it began no later than at its first report. */
  #redFor_s(at_ms: number): number {
    const signal = this.#signal.at(at_ms);
    return signal?.state === "red" ? (at_ms - signal.since_ms) / 1000 : 0;
  }

  #onRed(at_ms: number, { delay_uncertainty_ms }: Fitness): boolean {
    return this.#redFor_s(at_ms) - delay_uncertainty_ms / 1000 > this.#settings.grace_s;
  }

  /** By the way it faces, or by the way it came: the chord of a bend has half the bend's angle. */
  #mayTurn(place: Point, { rear, front }: Sighting): boolean {
    const { allowed_turns, stop } = this.#settings;
    const angles = [turn(stop.bearing_rad, bearing(rear, front)), 2 * turn(stop.bearing_rad, bearing(place, front))];
    return (
      (allowed_turns.includes("left") && Math.max(...angles) > turned_rad) ||
      (allowed_turns.includes("right") && Math.min(...angles) < -turned_rad)
    );
  }

  #refuse(track: number, at_ms: number, reason: Problem): Ruling {
    return { refusal: { rule: "red_light", track, at_ms, reason } };
  }
}
