/**
 * Car following after Treiber, Hennecke and Helbing, "Congested traffic states in empirical observations and microscopic
 * simulations" (Phys. Rev. E 62, 2000), the Intelligent Driver Model, as SUMO 1.15 cuts it into steps: a step is driven in parts,
 * in each of which the acceleration is constant and the leader keeps his speed; at lines, changes of limits and where vehicles
 * come onto the road the rules are those of SUMO's `IDM`. Metres and seconds; gaps are what is free beyond the least gap.
 *
 *     dv/dt = a (1 - (v / v0)^delta - (s* / s)^2),   s* = s0 + max(0, v T + v (v - u) / (2 sqrt(a b)))
 */
import type { IdmDriving, VehicleType } from "../demand/demand.ts";
import { safeStopSpeed } from "./krauss.ts";

const tiny = 0.001;
/** Nearer than this one is there. */
const there_m = 0.01;
/** Whoever would brake by less in a step has come onto the road slowly enough. */
const gentle_m_s = 1;
/** Nobody is ahead. */
const far_m = 1e6;
/** Finer parts change nothing and would take for ever. */
const mostParts = 100;

/** As SUMO counts them, at least one. */
const partsOf = (step_s: number, part_s: number): number =>
  Math.max(1, Math.min(mostParts, Math.floor(step_s / part_s + 0.5)));

/** How the drivers of one type follow. */
export class Idm {
  readonly #accel: number;
  readonly #decel: number;
  readonly #tau_s: number;
  readonly #minGap_m: number;
  /** 2 sqrt(a b), m/s². */
  readonly #root: number;
  readonly #delta: number;
  readonly #parts: number;
  readonly #dt: number;

  constructor(type: VehicleType, { delta, stepping_s }: IdmDriving, step_s: number) {
    this.#accel = type.accel_m_s2;
    this.#decel = type.decel_m_s2;
    this.#tau_s = type.tau_s;
    this.#minGap_m = type.minGap_m;
    this.#root = 2 * Math.sqrt(type.accel_m_s2 * type.decel_m_s2);
    this.#delta = delta;
    this.#parts = partsOf(step_s, stepping_s);
    this.#dt = step_s;
  }

  /** Speed after this step behind somebody who drives `theirs`; `desired`: what one would drive alone here. */
  follow(speed: number, gap: number, theirs: number, desired: number): number {
    return this.#drive(speed, gap, theirs, desired, this.#minGap_m);
  }

  /** Speed after this step with a line `gap` ahead before which one stops. Who stands short of it creeps up as Krauss would. */
  stop(speed: number, gap: number, desired: number): number {
    if (gap < there_m) return 0;
    const driven = this.#drive(speed, gap, 0, desired, 0);
    if (speed >= tiny || driven >= tiny) return driven;
    return safeStopSpeed(gap, this.#decel, this.#dt, this.#dt);
  }

  /** Speed after this step where `limit` holds from `seen` on. */
  free(speed: number, seen: number, limit: number, desired: number): number {
    const secure = this.secureGap_m(limit, 0);
    const driven =
      speed <= limit
        ? this.#drive(speed, far_m, limit, desired, 0)
        : this.#drive(speed, Math.max(seen, secure), 0, desired, 0);
    return seen < secure ? Math.min(driven, limit) : driven;
  }

  /** With which speed, at most `speed`, one comes onto the road behind somebody. */
  enter(speed: number, gap: number, theirs: number, desired: number): number {
    let entering = speed;
    while (gap < this.secureGap_m(entering, theirs)) {
      const once = this.follow(entering, gap, theirs, desired);
      if (once - this.follow(once, gap, theirs, desired) < gentle_m_s) return once;
      entering = once;
    }
    return entering;
  }

  /** Beyond the least gap: with this behind somebody one needs to brake for him no harder than is comfortable. */
  secureGap_m(speed: number, theirs: number): number {
    return Math.max(0, speed * this.#tau_s + (speed * (speed - theirs)) / this.#root);
  }

  #drive(from: number, free_m: number, theirs: number, desired: number, standing_m: number): number {
    const part_s = this.#dt / this.#parts;
    let speed = from;
    let gap = free_m + standing_m;
    for (let part = 0; part < this.#parts; part += 1) {
      const wanted = (standing_m + this.secureGap_m(speed, theirs)) / Math.max(tiny, gap);
      const gain = this.#accel * (1 - this.#haste(speed / Math.max(tiny, desired)) - wanted * wanted);
      speed = Math.max(0, speed + gain * part_s);
      gap = Math.max(tiny, gap) - Math.max(0, (speed - theirs) * part_s);
    }
    return speed;
  }

  /** The usual power by products, which are the same on every machine. */
  #haste(share: number): number {
    return this.#delta === 4 ? share * share * (share * share) : share ** this.#delta;
  }
}
