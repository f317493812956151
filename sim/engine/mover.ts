/** Carries out what was planned: who may pass which link, the speed that comes of it, and the way driven. */
import { brakeGap } from "./krauss.ts";
import { givesWay, hasPriority, needsStop } from "./light.ts";
import type { Way } from "./ways.ts";
import { NONE, type World } from "./world.ts";

/** From so far one sees who else comes to a junction where one has to give way (SUMO's default). */
const visibility_m = 4.5;
/** Followers into the same lane keep so much apart in time. */
const apart_s = 1;
/** And who goes first has so much to spare. */
const lead_s = 1.4;
const halting = 0.1;

export class Mover {
  readonly #w: World;
  /** The lanes that had vehicles when the step began. */
  readonly #order: Int32Array;
  /** In which step each vehicle moved last. */
  readonly #moved: Int32Array;
  /** By lane. 1: the only one of its edge, where nobody thinks of lanes. */
  readonly #alone: Uint8Array;
  readonly #bounds = { least: 0, emergency: 0, most: 0 };
  #step = 0;
  updates = 0;

  constructor(world: World) {
    this.#w = world;
    this.#order = new Int32Array(world.active.length);
    this.#moved = new Int32Array(world.lane.length).fill(NONE);
    const { edges, lanes } = world.network;
    this.#alone = Uint8Array.from(lanes.edge, (edge) =>
      (edges.firstLane[edge + 1] as number) - (edges.firstLane[edge] as number) === 1 ? 1 : 0,
    );
  }

  all(): void {
    const w = this.#w;
    this.#step += 1;
    const count = w.activeCount;
    this.#order.set(w.active.subarray(0, count));
    for (let i = 0; i < count; i += 1) {
      const lane = this.#order[i] as number;
      let v = w.front[lane] as number;
      while (v !== NONE) {
        const next = w.behind[v] as number;
        if (this.#moved[v] !== this.#step) this.#move(v, lane);
        v = next;
      }
    }
  }

  #move(v: number, lane: number): void {
    const w = this.#w;
    this.#moved[v] = this.#step;
    this.updates += 1;
    const speed = this.#settle(v, this.#wanted(v));
    w.gained[v] = speed - (w.speed[v] as number);
    w.speed[v] = speed;
    const limit = w.limit(v, lane);
    w.loss_s[v] = (w.loss_s[v] as number) + (w.dt * (limit - speed)) / limit;
    if (speed < halting) {
      w.waiting_s[v] = (w.waiting_s[v] as number) + w.dt;
      if (w.standing_s[v] === 0) w.stops[v] = (w.stops[v] as number) + 1;
      w.standing_s[v] = (w.standing_s[v] as number) + w.dt;
    } else w.standing_s[v] = 0;
    const way = speed * w.dt;
    w.driven[v] = (w.driven[v] as number) + way;
    w.pos[v] = (w.pos[v] as number) + way;
    if ((w.pos[v] as number) > (w.network.lanes.length_m[lane] as number)) this.#passOn(v, lane);
  }

  /** The planned speed, or that of the first link that is not open. */
  #wanted(v: number): number {
    const w = this.#w;
    const { plan } = w;
    const first = w.intended[v] as number;
    const end = first + (w.intentions[v] as number);
    for (let at = first; at < end; at += 1) {
      if (plan.request[at] === 0 || !this.#open(v, at)) return plan.wait[at] as number;
    }
    return w.planned[v] as number;
  }

  #open(v: number, at: number): boolean {
    const w = this.#w;
    const { links } = w.network;
    const link = w.plan.link[at] as number;
    const state = w.state[link] as number;
    if (needsStop(state) && w.standing_s[v] === 0) return false;
    if (links.waitsInside[link] === 1) return true;
    const minor = !this.#goesFirst(link, state);
    const distance = w.plan.distance[at] as number;
    if (minor && distance > visibility_m) {
      const braking = brakeGap(w.speed[v] as number, w.decel[v] as number, 0, w.dt);
      if (distance >= braking) return false;
    }
    const end = links.firstYield[link + 1] as number;
    for (let i = links.firstYield[link] as number; i < end; i += 1) {
      const foe = links.yieldTo[i] as number;
      if (this.#blocked(v, at, foe) && !(hasPriority(state) && givesWay(w.state[foe] as number))) return false;
    }
    return true;
  }

  /** A waiting place inside a junction goes with the light by which it was entered. */
  #goesFirst(link: number, state: number): boolean {
    const { lanes, links } = this.#w.network;
    const entry = lanes.entry[links.from[link] as number] as number;
    return (
      hasPriority(entry === NONE ? state : (this.#w.state[entry] as number)) || (entry !== NONE && hasPriority(state))
    );
  }

  /** Would somebody who approaches `foe` be there at the same time? */
  #blocked(v: number, at: number, foe: number): boolean {
    const w = this.#w;
    const { plan } = w;
    for (let other = w.approach[foe] as number; other !== NONE; other = plan.next[other] as number) {
      if (plan.vehicle[other] !== v && this.#meet(at, other)) return true;
    }
    return false;
  }

  #meet(own: number, other: number): boolean {
    const w = this.#w;
    const { plan } = w;
    const { links } = w.network;
    const sameEnd = links.to[plan.link[own] as number] === links.to[plan.link[other] as number];
    const arrival = plan.arrival_s[own] as number;
    const leave = plan.leave_s[own] as number;
    const foeArrival = plan.arrival_s[other] as number;
    const foeLeave = plan.leave_s[other] as number;
    if (foeLeave < arrival) {
      return sameEnd && (arrival - foeLeave < apart_s || this.#tooFast(other, own));
    }
    if (foeArrival > leave + lead_s) return sameEnd && this.#tooFast(own, other);
    return true;
  }

  /** Could `behind`, arriving right after `first`, not brake enough? */
  #tooFast(first: number, behind: number): boolean {
    const { plan, decel } = this.#w;
    const leaving = plan.leaveSpeed[first] as number;
    const arriving = plan.arrivalSpeed[behind] as number;
    const a = decel[plan.vehicle[first] as number] as number;
    const b = decel[plan.vehicle[behind] as number] as number;
    return (leaving * leaving) / a <= (arriving * arriving) / b;
  }

  /** What the vehicle can and the driver does: bounds of acceleration, and imperfection (Krauss). */
  #settle(v: number, wanted: number): number {
    const w = this.#w;
    const now = w.speed[v] as number;
    const accel = w.accel[v] as number;
    const decel = w.decel[v] as number;
    const bounds = this.#bounds;
    bounds.emergency = Math.max(0, now - (w.emergency[v] as number) * w.dt);
    bounds.least = Math.min(Math.max(0, now - decel * w.dt), Math.max(wanted, bounds.emergency));
    bounds.most = Math.max(bounds.least, Math.min(now + accel * w.dt, wanted));
    const dawdle = (w.sigma[v] as number) * Math.min(bounds.most, accel) * w.dt * w.random.next();
    const driven = Math.max(bounds.least, bounds.most - dawdle, 0);
    const speed = w.minds.settle(v, driven, bounds, decel, w.minGap[v] as number, w.dt);
    if (this.#alone[w.lane[v] as number] === 1) w.minds.forget(v);
    return Math.max(0, speed);
  }

  #passOn(v: number, from: number): void {
    const w = this.#w;
    const { lanes, links } = w.network;
    let lane = from;
    while ((w.pos[v] as number) > (lanes.length_m[lane] as number)) {
      const inside = w.isInside(lane);
      const way = w.way[v] as Way;
      const link = w.linkFrom(lane, way);
      const over = (w.pos[v] as number) - (lanes.length_m[lane] as number);
      if (!inside && way.next === null) {
        this.#arrive(v);
        return;
      }
      if (link === NONE) {
        // The end of a lane that leads nowhere for this way: never passed.
        w.pos[v] = lanes.length_m[lane] as number;
        return;
      }
      const next = links.next[link] as number;
      w.leaveLane(v);
      w.lastOut[lane] = v;
      w.sideBySide?.left(v, lane);
      w.lastOutWay[lane] = (w.driven[v] as number) - over;
      w.pos[v] = over;
      if (!inside) w.entered_s[v] = w.now_s;
      if (!w.isInside(next)) w.way[v] = way.next;
      w.enterBehind(v, next, this.#leaderAt(next, over));
      lane = next;
    }
  }

  /** Whom one comes to drive behind: mostly the last. */
  #leaderAt(lane: number, pos: number): number {
    const w = this.#w;
    let leader = w.back[lane] as number;
    while (leader !== NONE && (w.pos[leader] as number) < pos) leader = w.ahead[leader] as number;
    return leader;
  }

  #arrive(v: number): void {
    const w = this.#w;
    w.leaveLane(v);
    w.arrived_s[v] = w.now_s + w.dt;
    w.way[v] = null;
  }
}
