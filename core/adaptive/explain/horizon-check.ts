/**
 * What the vehicles in sight at a decision waited in the seconds after it, to hold what was predicted against: by lane, those who would
 * have come to the line by now if nobody had been in their way, less those who have left over it, who go first (an input-output
 * diagram; the model of the queues reckons its waiting alike).
 */
import type { Junction } from "../junction.ts";
import { arrival_s, type JunctionSight, type LaneSight } from "../sight.ts";

export class HorizonCheck {
  readonly #junction: Junction;
  readonly #horizon_s: number;
  /** By lane and second: who comes to the line in it. */
  readonly #come: Uint16Array;
  /** By lane: who has come by now, who has left, and who was seen there at the look before. */
  readonly #came: Int32Array;
  readonly #left: Int32Array;
  readonly #seen: Int32Array;
  /** Seconds at which those would have come who have changed to another lane since. */
  readonly #moved: number[] = [];
  #passed_s = 0;
  #waited_veh_s = 0;

  /** At the moment of the decision. */
  constructor(junction: Junction, { lanes }: JunctionSight, horizon_s: number) {
    this.#junction = junction;
    this.#horizon_s = horizon_s;
    this.#come = new Uint16Array(lanes.length * horizon_s);
    this.#came = new Int32Array(lanes.length);
    this.#left = new Int32Array(lanes.length);
    this.#seen = Int32Array.from(lanes, ({ count }) => count);
    for (const [at, lane] of lanes.entries()) this.#expect(at, lane);
  }

  get isOver(): boolean {
    return this.#passed_s >= this.#horizon_s;
  }

  get waited_veh_s(): number {
    return this.#waited_veh_s;
  }

  /** Each second after it, with what has been seen since the look before. */
  look({ lanes }: JunctionSight, dt_s: number): void {
    const second = Math.floor(this.#passed_s);
    this.#follow(lanes, second);
    for (const [at, { count, left }] of lanes.entries()) {
      this.#came[at] = (this.#came[at] as number) + (this.#come[at * this.#horizon_s + second] as number);
      this.#left[at] = (this.#left[at] as number) + left;
      // Nobody waits who is not there.
      const waiting = Math.min((this.#came[at] as number) - (this.#left[at] as number), count);
      this.#waited_veh_s += Math.max(0, waiting) * dt_s;
    }
    this.#passed_s += dt_s;
  }

  /** Who is gone from a lane and has not left has come to another. */
  #follow(lanes: readonly LaneSight[], second: number): void {
    const gained = lanes.map(({ count, entered, left }, at) => count - (this.#seen[at] as number) - entered + left);
    for (const [at, more] of gained.entries()) for (let n = more; n < 0; n += 1) this.#takeFrom(at, second);
    for (const [at, more] of gained.entries()) {
      for (let n = more; n > 0 && this.#moved.length > 0; n -= 1) this.#note(at, this.#moved.pop() as number);
      this.#seen[at] = lanes[at]?.count ?? 0;
    }
    this.#moved.length = 0;
  }

  #takeFrom(at: number, second: number): void {
    for (let s = second; s < this.#horizon_s; s += 1) {
      const index = at * this.#horizon_s + s;
      if (this.#come[index] === 0) continue;
      this.#come[index] = (this.#come[index] as number) - 1;
      this.#moved.push(s);
      return;
    }
    if ((this.#came[at] as number) <= (this.#left[at] as number)) return;
    this.#came[at] = (this.#came[at] as number) - 1;
    this.#moved.push(second);
  }

  #expect(at: number, lane: LaneSight): void {
    const limit_m_s = this.#junction.lanes[at]?.speed_m_s as number;
    for (let i = 0; i < lane.count; i += 1) this.#note(at, arrival_s(lane, i, limit_m_s));
  }

  #note(at: number, second: number): void {
    const place = Math.max(0, Math.ceil(second));
    if (place >= this.#horizon_s) return;
    const index = at * this.#horizon_s + place;
    this.#come[index] = (this.#come[index] as number) + 1;
  }
}
