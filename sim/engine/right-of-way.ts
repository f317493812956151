/** Whether a link is open to a vehicle that comes to it: by its light, and by who else comes with the right of way. */
import type { Intentions } from "./intentions.ts";
import { halting_m_s } from "./krauss.ts";
import { hasPriority, isRed, isYellow, needsStop, stopsAll, switchedOff } from "./light.ts";
import { NONE, type World } from "./world.ts";

/** Followers into the same lane keep so much apart in time, and whoever goes first has as much to spare. */
const apart_s = 1;
/** So long one waits until all wait for him as much as he for them. */
const impatient_s = 180;
const stopped_s = 30;
const mostHops = 100;

export class RightOfWay {
  readonly #w: World;
  /** While plans are being made, what others mean to do is known from the step before. */
  readonly #planning: boolean;

  constructor(world: World, planning: boolean) {
    this.#w = world;
    this.#planning = planning;
  }

  get #theirs(): Intentions {
    return this.#planning ? this.#w.planBefore : this.#w.plan;
  }

  /** The link by which the junction was entered, for one inside it; else itself. */
  entryOf(link: number): number {
    const { lanes, links } = this.#w.network;
    const entry = lanes.entry[links.from[link] as number] as number;
    return entry === NONE ? link : entry;
  }

  /** A place to wait lies behind this link, and whoever enters gives way there. */
  waitsInside(link: number): boolean {
    return this.#w.network.links.waitsInside[link] === 1 && !switchedOff(this.#w.state[link] as number);
  }

  /** Past the place to wait: did it come there with priority, or when the light changes? */
  wentFirst(link: number): boolean {
    const entry = this.entryOf(link);
    if (entry === link || !this.#w.isInside(this.#w.network.links.next[link] as number)) return false;
    const state = this.#w.state[entry] as number;
    return hasPriority(state) || isYellow(state);
  }

  /** Where nobody has priority: does everybody wait for the next, in a circle that ends at this link? As of the step before. */
  circles(link: number): boolean {
    let at = this.#nearestFoe(link, link);
    for (let hops = 0; hops < mostHops && at !== NONE && at !== link; hops += 1) at = this.#nearestFoe(at, link);
    return at === link;
  }

  /**
   * The link of whoever comes nearest of those for whom one waits, if it means to pass; `origin` itself, when they come from
   * its lane.
   */
  #nearestFoe(link: number, origin: number): number {
    const { links } = this.#w.network;
    const plan = this.#theirs;
    let nearest = NONE;
    let least = Number.POSITIVE_INFINITY;
    for (let i = links.firstYield[link] as number; i < (links.firstYield[link + 1] as number); i += 1) {
      const foe = links.yieldTo[i] as number;
      const first = this.#nearestAt(foe);
      if (first === NONE) continue;
      if (links.from[foe] === links.from[origin]) return origin;
      if ((plan.distance[first] as number) >= least) continue;
      least = plan.distance[first] as number;
      // Somebody nearer who lets others go first hides those behind him.
      nearest = plan.request[first] === 1 ? foe : nearest;
    }
    return nearest;
  }

  /** Of those who come to a link the nearest: his intention. */
  #nearestAt(link: number): number {
    const plan = this.#theirs;
    let nearest = this.#w.approach[link] as number;
    for (let other = nearest; other !== NONE; other = plan.next[other] as number) {
      if ((plan.distance[other] as number) < (plan.distance[nearest] as number)) nearest = other;
    }
    return nearest;
  }

  /** When a vehicle has left the lane behind a link, by its intention. */
  leaving_s(at: number): number {
    const w = this.#w;
    const { plan } = w;
    const next = w.network.links.next[plan.link[at] as number] as number;
    const inner = w.isInside(next) ? (w.network.lanes.length_m[next] as number) : 0;
    const way = inner + (w.length[plan.vehicle[at] as number] as number);
    const speed = 0.5 * ((plan.arrivalSpeed[at] as number) + (plan.leaveSpeed[at] as number));
    return (plan.arrival_s[at] as number) + way / Math.max(speed, 0.001);
  }

  /** `at`: the intention; `canBrake`: can still stop before the link. */
  isOpen(v: number, at: number, canBrake: boolean): boolean {
    const w = this.#w;
    const { links } = w.network;
    const link = w.plan.link[at] as number;
    const state = w.state[link] as number;
    if (isRed(state)) return false;
    if (this.waitsInside(link) || hasPriority(state)) return true;
    const entry = this.entryOf(link);
    const entryState = w.state[entry] as number;
    const inside = entry !== link && w.isInside(links.next[link] as number);
    if (inside && w.network.links.signal[entry] !== NONE && hasPriority(entryState)) return true;
    if (needsStop(state) && w.standing_s[v] === 0) return false;
    const impatience = canBrake ? Math.min(1, (w.standing_s[v] as number) / impatient_s) : 1;
    const othersMove = inside && isRed(entryState);
    const end = links.firstYield[link + 1] as number;
    for (let i = links.firstYield[link] as number; i < end; i += 1) {
      if (this.#blocked(v, at, links.yieldTo[i] as number, impatience, othersMove)) return false;
    }
    return true;
  }

  #blocked(v: number, at: number, foe: number, impatience: number, othersMove: boolean): boolean {
    const w = this.#w;
    const plan = this.#theirs;
    const allStop = stopsAll(w.state[foe] as number);
    for (let other = w.approach[foe] as number; other !== NONE; other = plan.next[other] as number) {
      const u = plan.vehicle[other] as number;
      if (u === v || plan.request[other] === 0 || (othersMove && (w.speed[u] as number) <= halting_m_s)) continue;
      if (allStop && this.#cameFirst(at, other)) continue;
      if (this.meet(at, other, impatience)) return true;
    }
    return false;
  }

  /** Where all have to stop, they go in the order in which they came. */
  #cameFirst(own: number, other: number): boolean {
    const { plan, seats } = this.#w;
    const them = this.#theirs;
    const mine = plan.stood_s[own] as number;
    const theirs = them.stood_s[other] as number;
    if (mine !== theirs) return mine > theirs;
    const v = seats.number[plan.vehicle[own] as number] as number;
    return v < (seats.number[them.vehicle[other] as number] as number);
  }

  /** Would both be there at the same time, or too close one behind the other in the lane that both lead to? */
  meet(own: number, other: number, impatience: number, apart = apart_s): boolean {
    const { plan, network } = this.#w;
    const { links } = network;
    const them = this.#theirs;
    const sameEnd = links.to[plan.link[own] as number] === links.to[them.link[other] as number];
    const arrival = plan.arrival_s[own] as number;
    const leave = plan.leave_s[own] as number;
    const theirLeave = them.leave_s[other] as number;
    if (theirLeave < arrival) {
      if (!sameEnd) return false;
      return arrival - theirLeave < apart || this.#tooFast(them, other, plan, own, plan.arrivalSpeed[own] as number);
    }
    const theirs = this.#theirArrival_s(arrival, other, impatience);
    if (theirs > leave + apart) return sameEnd && this.#tooFast(plan, own, them, other, this.#theirSpeed);
    return true;
  }

  /** Set with the arrival: how fast they are then. */
  #theirSpeed = 0;

  /** The impatient reckon with others who brake for them. */
  #theirArrival_s(arrival: number, other: number, impatience: number): number {
    const { dt } = this.#w;
    const plan = this.#theirs;
    const theirs = plan.arrival_s[other] as number;
    this.#theirSpeed = plan.brakingSpeed[other] as number;
    if (impatience === 0 || arrival >= theirs || Math.floor(arrival / dt) === Math.floor(theirs / dt)) return theirs;
    return (1 - impatience) * theirs + impatience * this.#braking_s(arrival, other, theirs, impatience);
  }

  /** When the other comes if it brakes, as hard as one's impatience asks, from the moment when one is there oneself. */
  #braking_s(arrival: number, other: number, theirs: number, impatience: number): number {
    const w = this.#w;
    const plan = this.#theirs;
    const brake = (w.decel[plan.vehicle[other] as number] as number) * impatience;
    const distance = plan.distance[other] as number;
    const between_s = theirs - arrival;
    const slower = between_s * brake;
    const saved = (between_s * slower) / 2;
    const speed = distance / (theirs - w.now_s + w.dt);
    if ((speed * speed) / brake / 2 <= distance - speed * (arrival - w.now_s)) {
      this.#theirSpeed = 0;
      return theirs + stopped_s;
    }
    const left = speed - slower;
    const late_s = (left - Math.sqrt(Math.max(0, 4 * left * left - 8 * brake * saved)) / 2) / brake;
    this.#theirSpeed = speed - (between_s + late_s) * brake;
    return theirs + late_s;
  }

  /** Could `behind`, arriving right after `first` with that speed, not brake enough? */
  #tooFast(ones: Intentions, first: number, others: Intentions, behind: number, arriving: number): boolean {
    const { decel } = this.#w;
    const leaving = ones.leaveSpeed[first] as number;
    const a = decel[ones.vehicle[first] as number] as number;
    const b = decel[others.vehicle[behind] as number] as number;
    return (leaving * leaving) / a <= (arriving * arriving) / b;
  }
}
