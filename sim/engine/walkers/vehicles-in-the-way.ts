/** What people on foot see of vehicles: bodies across a crossing, and who comes to one where nobody stops for them. */
import { endOf, type Footways, wayOf } from "../../network/footways.ts";
import { brakeGap, halting_m_s } from "../krauss.ts";
import { hasPriority, isRed } from "../light.ts";
import { NONE, type World } from "../world.ts";

/** Nearer than this to a body nobody walks. */
const beside_m = 0.25;
/** What has to be free of a crossing's width to pass by; its left part, as one walks, is left to those who come. */
const passing_m = 0.64;
const left = 1 / 3;
/** Drivers stop so much before a crossing. */
const stop_m = 1;
/** Time to spare behind oneself and before who comes next; so long a stop lasts, and so long one waits until one dares all. */
const clear_s = 2;
const apart_s = 1;
const stopped_s = 30;
const impatient_s = 120;

export class VehiclesInTheWay {
  readonly #w: World;
  readonly #ways: Footways;
  readonly #shown: (signal: number) => string;

  /** `shown`: what a signal of the network shows now. */
  constructor(world: World, ways: Footways, shown: (signal: number) => string) {
    this.#w = world;
    this.#ways = ways;
    this.#shown = shown;
  }

  isRed(entry: number): boolean {
    return isRed(this.#state(entry));
  }

  /** Character code of what whoever enters a crossing by this end goes by. */
  #state(entry: number): number {
    const { signal, signalIndex, priority } = this.#ways.crossings;
    const by = signal[entry] as number;
    if (by !== NONE) return this.#shown(by).charCodeAt(signalIndex[entry] as number) || "O".charCodeAt(0);
    return (priority[wayOf(entry)] === 1 ? "M" : "m").charCodeAt(0);
  }

  /** May nobody set out over the crossing by that end who walks so fast and has waited for so long? */
  isClosed(entry: number, speed: number, length_m: number, waited_s: number): boolean {
    const state = this.#state(entry);
    if (isRed(state)) return true;
    if (hasPriority(state)) return false;
    const { firstYield, yieldTo } = this.#ways.crossings;
    const way = wayOf(entry);
    const arrival = this.#w.now_s - this.#w.dt;
    const passing_m = (this.#ways.width_m[way] as number) / 2 + length_m;
    const leave = arrival + passing_m / speed + clear_s;
    const impatience = Math.min(1, waited_s / impatient_s);
    for (let i = firstYield[way] as number; i < (firstYield[way + 1] as number); i += 1) {
      if (this.#isAwaited(yieldTo[i] as number, arrival, leave, impatience)) return true;
    }
    return false;
  }

  /** Does anybody come over that link while one would be in his way? */
  #isAwaited(link: number, arrival: number, leave: number, impatience: number): boolean {
    const w = this.#w;
    const { plan } = w;
    for (let at = w.approach[link] as number; at !== NONE; at = plan.next[at] as number) {
      if (plan.request[at] === 0 || (plan.leave_s[at] as number) < arrival) continue;
      const u = plan.vehicle[at] as number;
      const brake = (w.decel[u] as number) * impatience;
      const speed = w.speed[u] as number;
      const stops = brake > 0 && (speed * speed) / brake / 2 <= (plan.distance[at] as number);
      const comes = (plan.arrival_s[at] as number) + (stops ? impatience * stopped_s : 0);
      if (comes <= leave + apart_s) return true;
    }
    return false;
  }

  /** Does anybody come who could not stop before the crossing any more? Nobody steps out before him, priority or not. */
  comesTooFast(way: number): boolean {
    const { meetings } = this.#ways;
    const end = meetings.firstOfWay[way + 1] as number;
    for (let i = meetings.firstOfWay[way] as number; i < end; i += 1) {
      const at = meetings.ofWay[i] as number;
      if (this.#rushes(meetings.lane[at] as number, meetings.behind_m[at] as number)) return true;
    }
    return false;
  }

  /** Whoever is the first to come into a lane that is crossed so far before its end. */
  #rushes(lane: number, behind_m: number): boolean {
    const w = this.#w;
    const { lanes, links } = w.network;
    const crossed_m = (lanes.length_m[lane] as number) - behind_m;
    for (let i = w.firstInto[lane] as number; i < (w.firstInto[lane + 1] as number); i += 1) {
      const from = w.into[i] as number;
      const v = w.front[from] as number;
      if (v === NONE) continue;
      const link = w.linkBy(from, w.row[v] as number);
      if (link === NONE || links.next[link] !== lane || isRed(w.state[link] as number)) continue;
      const distance = (lanes.length_m[from] as number) - (w.pos[v] as number) + crossed_m - stop_m;
      if (distance < brakeGap(w.speed[v] as number, w.decel[v] as number, 0, w.dt)) return true;
    }
    return false;
  }

  /** Is the crossing barred by a vehicle somewhere ahead of who is so far along it in that direction? */
  isBarred(entry: number, x_m: number): boolean {
    const { meetings, length_m } = this.#ways;
    const way = wayOf(entry);
    const end = meetings.firstOfWay[way + 1] as number;
    for (let i = meetings.firstOfWay[way] as number; i < end; i += 1) {
      const at = meetings.ofWay[i] as number;
      const middle = meetings.at_m[at] as number;
      const back = entry === endOf(way);
      const ahead = back ? (length_m[way] as number) - middle : middle;
      if (this.#bars(at, x_m - ahead, back !== (meetings.fromLeft[at] === 1))) return true;
    }
    return false;
  }

  /** Somebody on the lane of a meeting, or with his rear still there; `past_m`: so far one is beyond its middle; `fromLeft` of oneself. */
  #bars(at: number, past_m: number, fromLeft: boolean): boolean {
    const w = this.#w;
    const lane = this.#ways.meetings.lane[at] as number;
    const long = w.network.lanes.length_m[lane] as number;
    const half = (w.network.lanes.width_m[lane] as number) / 2;
    if (past_m > half) return false;
    for (let v = w.front[lane] as number; v !== NONE; v = w.behind[v] as number) {
      if (this.#covers(v, w.pos[v] as number, at, fromLeft)) return true;
    }
    const beyond = w.rearBeyond_m(lane);
    const out = w.lastOut[lane] as number;
    return beyond < 0 && this.#covers(out, long + beyond + (w.length[out] as number), at, fromLeft);
  }

  /** Does a body leave nothing of the part of the crossing on which one walks? */
  #covers(v: number, front: number, at: number, fromLeft: boolean): boolean {
    const w = this.#w;
    const { meetings } = this.#ways;
    const whole = meetings.size_m[at] as number;
    const size = whole * (1 - left);
    const long = w.network.lanes.length_m[meetings.lane[at] as number] as number;
    const begins = long - (meetings.behind_m[at] as number);
    const from = begins + (fromLeft ? whole - size : 0);
    const rear = front - (w.length[v] as number);
    if (rear > from + size) return false;
    const speed = w.speed[v] as number;
    // Whoever is on it already drives on.
    const drivesOn = front > begins && speed > halting_m_s;
    const braking = drivesOn ? whole : brakeGap(speed, w.decel[v] as number, 0, w.dt);
    const freeBefore = rear - beside_m - from;
    const freeBehind = from + size - (front + braking + beside_m);
    return freeBefore < passing_m && freeBehind < passing_m;
  }
}
