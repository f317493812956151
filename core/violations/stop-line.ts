/**
 * Stop-line encroachment: the vehicle stands with its front past the line while red shows, for longer than the stated
 * time, and does not go on before red ends. One that came over the line on green is only caught in a queue.
 */
import { problem } from "../problems/problem.ts";
import { type Fitness, stale, unfit } from "./fitness.ts";
import { distance_m, type Point } from "./ground.ts";
import type { Ruling } from "./ruling.ts";
import type { Sighting } from "./sighting.ts";
import type { SignalTrace } from "./signal-trace.ts";
import { Standing } from "./standing.ts";
import { crossing_ms, length_m, past_m, type StopLine } from "./stop-line-crossing.ts";

const stopLineVersion = 4;

export interface StopLineSettings {
  readonly stop: StopLine;
  /** How far past the line. */
  readonly over_m: number;
  /** How long, standing, on red. */
  readonly for_s: number;
}

interface Followed {
  last: Sighting;
  readonly standing: Standing;
  /** Null until it crossed the line before our eyes. */
  crossed: { readonly at_ms: number; readonly place: Point } | null;
  /** When it came to stand there on red, once that was for long enough. */
  stood: { readonly since_ms: number; readonly over_m: number; until_ms: number; occluded: boolean } | null;
  done: boolean;
}

export class StopLineRule {
  readonly #settings: StopLineSettings;
  readonly #signal: SignalTrace;
  readonly #followed = new Map<number, Followed>();

  constructor(settings: StopLineSettings, signal: SignalTrace) {
    this.#settings = settings;
    this.#signal = signal;
  }

  observe(sighting: Sighting, fitness: Fitness): Ruling | null {
    const followed = this.#followed.get(sighting.track);
    if (followed === undefined) {
      this.#followed.set(sighting.track, {
        last: sighting,
        standing: new Standing(sighting.front, sighting.at_ms),
        crossed: null,
        stood: null,
        done: false,
      });
      return null;
    }
    const before = followed.last;
    followed.last = sighting;
    if (followed.done) return null;
    const at_ms = followed.crossed === null ? crossing_ms(this.#settings.stop, before, sighting) : null;
    if (at_ms !== null) followed.crossed = { at_ms, place: sighting.front };
    return this.#judge(followed, fitness);
  }

  ended(track: number, fitness: Fitness): Ruling | null {
    const followed = this.#followed.get(track);
    this.#followed.delete(track);
    return followed === undefined || followed.done ? null : this.#conclude(followed, fitness);
  }

  #judge(followed: Followed, fitness: Fitness): Ruling | null {
    const { last, standing, crossed } = followed;
    const stood_ms = standing.observe(last.front, last.at_ms);
    if (crossed === null || this.#signal.at(crossed.at_ms)?.state === "green") return null;
    const now = this.#signal.at(last.at_ms);
    if (now?.state !== "red") return this.#conclude(followed, fitness);
    if (distance_m(crossed.place, last.front) >= length_m(last)) {
      // It drove on: for the red-light rule.
      followed.done = true;
      return null;
    }
    const red_ms = Math.min(stood_ms, last.at_ms - now.since_ms);
    const over_m = past_m(this.#settings.stop, { front: standing.place });
    if (over_m > this.#settings.over_m && red_ms > this.#settings.for_s * 1000) {
      followed.stood ??= {
        since_ms: Math.max(standing.stopped_ms, now.since_ms),
        over_m,
        until_ms: 0,
        occluded: last.occluded,
      };
      followed.stood.until_ms = last.at_ms;
    }
    return null;
  }

  /** Red is over, or the vehicle is gone. */
  #conclude(followed: Followed, fitness: Fitness): Ruling | null {
    const { stood, last } = followed;
    if (stood === null) return null;
    followed.done = true;
    const { track } = last;
    const at_ms = stood.since_ms;
    const reason =
      unfit(fitness) ??
      stale(fitness.camera, this.#signal.at(at_ms)) ??
      (stood.occluded ? problem("RULE_OCCLUDED", { camera: fitness.camera }) : null);
    if (reason !== null) return { refusal: { rule: "stop_line", track, at_ms, reason } };
    const measured = { over_m: stood.over_m, stood_s: (stood.until_ms - at_ms) / 1000 };
    return { violation: { rule: "stop_line", version: stopLineVersion, track, at_ms, measured } };
  }
}
