/**
 * Induction loops of actuated signals: how long ago each was last left. Times between steps are reckoned from the way that
 * a vehicle drove in the step, at one speed.
 */
import { NONE, type World } from "./world.ts";

export interface LoopPlace {
  readonly lane: number;
  /** From the lane's start. */
  readonly at_m: number;
}

export class SignalLoops {
  readonly #w: World;
  readonly #lane: number[] = [];
  readonly #at_m: number[] = [];
  readonly #left_s: number[] = [];
  readonly #occupied: boolean[] = [];

  constructor(world: World) {
    this.#w = world;
  }

  /** The number of the new loop. Like SUMO's it counts as left just now. */
  add({ lane, at_m }: LoopPlace): number {
    this.#lane.push(lane);
    this.#at_m.push(at_m);
    this.#left_s.push(this.#w.now_s);
    this.#occupied.push(false);
    return this.#lane.length - 1;
  }

  /** Since somebody was on the loop, s; 0 while somebody is. */
  since_s(loop: number): number {
    return this.#occupied[loop] === true ? 0 : this.#w.now_s - (this.#left_s[loop] as number);
  }

  /** When it was left last. */
  left_s(loop: number): number {
    return this.#occupied[loop] === true ? this.#w.now_s : (this.#left_s[loop] as number);
  }

  /** After all have moved and changed lanes, before the clock goes on. */
  note(): void {
    for (let loop = 0; loop < this.#lane.length; loop += 1) this.#look(loop);
  }

  #look(loop: number): void {
    const w = this.#w;
    const lane = this.#lane[loop] as number;
    const at = this.#at_m[loop] as number;
    const before = this.#occupied[loop] as boolean;
    let occupied = false;
    let left_s = Number.NEGATIVE_INFINITY;
    const beyond = w.rearBeyond_m(lane);
    if (beyond !== Number.POSITIVE_INFINITY) {
      const rear = (w.network.lanes.length_m[lane] as number) + beyond;
      if (rear <= at) occupied = true;
      else left_s = this.#leaving_s(w.lastOut[lane] as number, rear - at);
    }
    for (let v = w.front[lane] as number; v !== NONE && (w.pos[v] as number) >= at; v = w.behind[v] as number) {
      const past = w.rear_m(v) - at;
      if (past <= 0) occupied = true;
      else left_s = Math.max(left_s, this.#leaving_s(v, past));
    }
    // Whoever was there and neither is nor drove off has changed lanes.
    if (left_s !== Number.NEGATIVE_INFINITY) this.#left_s[loop] = left_s;
    else if (before && !occupied) this.#left_s[loop] = w.now_s;
    this.#occupied[loop] = occupied;
  }

  /** When in this step the rear, now `past` beyond it, went over a loop; minus infinity when it did before. */
  #leaving_s(v: number, past: number): number {
    const w = this.#w;
    const speed = w.speed[v] as number;
    const way = speed * w.dt;
    return past > way ? Number.NEGATIVE_INFINITY : w.now_s + (way - past) / speed;
  }
}
