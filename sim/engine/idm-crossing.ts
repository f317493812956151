/** Others inside a junction, as somebody heeds them who follows by the Intelligent Driver Model. */
import { CrossingTraffic } from "./crossing-traffic.ts";
import type { Idm } from "./idm.ts";
import { halting_m_s } from "./krauss.ts";
import type { World } from "./world.ts";

const near_m = 0.1;

export class IdmCrossing extends CrossingTraffic {
  readonly #w: World;
  // Who looks, how he follows, what he would drive alone, and how far it is to the lane inside.
  #v = 0;
  #rule: Idm | null = null;
  #desired = 0;
  #toLane = 0;

  constructor(world: World) {
    super(world);
    this.#w = world;
  }

  /** As `limit`, by this rule. */
  limitBy(rule: Idm, desired: number, v: number, lane: number, seen: number, wanted: number, least: number): number {
    this.#rule = rule;
    this.#desired = desired;
    this.#v = v;
    this.#toLane = seen - (this.#w.network.lanes.length_m[lane] as number) - near_m;
    return this.limit(v, lane, seen, wanted, least);
  }

  /** Behind the other where there is room, else up to the place if one may, or to the lane's beginning. */
  override approach(u: number, gap: number): number {
    const w = this.#w;
    const rule = this.#rule as Idm;
    const [speed, theirs] = [w.speed[this.#v] as number, w.speed[u] as number];
    const behind =
      gap >= 0 ? rule.follow(speed, gap, theirs, this.#desired) : rule.stop(speed, this.#toLane, this.#desired);
    const { toPlace } = this;
    if (toPlace < 0) return behind;
    const short = toPlace - (w.minGap[this.#v] as number);
    const stop = rule.stop(speed, short, this.#desired);
    if (gap === Number.NEGATIVE_INFINITY) return Math.max(behind, stop);
    // To be there when the other has gone.
    const gone_s = (toPlace - gap) / Math.max(theirs, halting_m_s);
    const final = Math.max(speed, (2 * short) / gone_s - speed);
    return Math.max(behind, Math.min(speed + (w.dt * (final - speed)) / gone_s, stop));
  }
}
