/** One camera's pace: which of its pictures are looked at, decided anew every second, and what is said about it. */
import { type Problem, problem } from "../../core/problems/problem.ts";
import { IdleMeter } from "./idle-meter.ts";
import { LoadMeter } from "./load-meter.ts";
import { beginPace, type Pace, type PaceSettings, paceAfter } from "./pace.ts";
import { leastFrames_per_s } from "./rates.ts";
import { Turns } from "./turns.ts";

interface Paced {
  readonly id: string;
  /** Pictures a second that the site wants looked at. */
  readonly frames_per_s: number;
}

interface Arrived {
  readonly pts_s: number;
  readonly arrival_ms: number;
}

/** At the least rate and this late, no rate will help: the machine cannot even decode so much. */
const tooLate_ms = 2000;

export class CameraPace {
  readonly #camera: string;
  readonly #settings: PaceSettings;
  readonly #meter: LoadMeter;
  readonly #idle: Pick<IdleMeter, "take">;
  readonly #turns = new Turns();
  #pace: Pace;

  constructor({ id, frames_per_s }: Paced, now_ms: number, idle: Pick<IdleMeter, "take"> = new IdleMeter(now_ms)) {
    this.#camera = id;
    this.#settings = { wanted_per_s: frames_per_s, least_per_s: Math.min(leastFrames_per_s, frames_per_s) };
    this.#meter = new LoadMeter(now_ms);
    this.#idle = idle;
    this.#pace = beginPace(this.#settings);
  }

  get wanted_per_s(): number {
    return this.#settings.wanted_per_s;
  }

  /** Another connection: its pictures have times of their own. */
  epoch(): void {
    this.#meter.epoch();
  }

  /** Every picture that came. True when it is to be looked at. */
  due({ pts_s, arrival_ms }: Arrived): boolean {
    this.#meter.arrived(pts_s, arrival_ms);
    return this.#turns.due(pts_s, this.#pace.rate_per_s);
  }

  looked(from_ms: number, to_ms: number): void {
    this.#meter.looked(from_ms, to_ms);
  }

  /** Once a second while pictures are wanted. */
  second(now_ms: number): void {
    const load = { ...this.#meter.take(now_ms), idle: this.#idle.take(now_ms) };
    this.#pace = paceAfter(this.#pace, load, this.#settings);
  }

  /** Null while the camera is looked at as often as the site wants. */
  get trouble(): Problem | null {
    const { rate_per_s, late_ms } = this.#pace;
    const { wanted_per_s, least_per_s } = this.#settings;
    if (rate_per_s <= least_per_s && late_ms >= tooLate_ms) {
      return problem("PICTURES_LATE", { feed: this.#camera, seconds: Math.round(late_ms / 1000) });
    }
    if (rate_per_s >= wanted_per_s) return null;
    return problem("ANALYSIS_SLOWED", { feed: this.#camera, rate: tenth(rate_per_s), wanted: tenth(wanted_per_s) });
  }
}

const tenth = (value: number): number => Math.round(value * 10) / 10;
