/**
 * Nobody enters a junction in which he would come to stand in others' way: from the vehicle on, the room is counted until
 * somebody stands, and links behind which there is none are not asked for. After SUMO's "rewinding" of links.
 */
import { brakeGap, halting_m_s } from "./krauss.ts";
import { hasPriority } from "./light.ts";
import type { RightOfWay } from "./right-of-way.ts";
import { NONE, type World } from "./world.ts";

const near_m = 0.1;
const mostItems = 64;

export class KeepClear {
  readonly #w: World;
  readonly #rights: RightOfWay;
  /** Room up to and behind each link, and whether somebody stands behind it. */
  readonly #room_m: Float64Array;
  readonly #stands: Uint8Array;
  #v = NONE;
  #first = 0;
  #count = 0;
  /** Somebody stands ahead, or may come to. */
  #stopped = false;

  constructor(world: World, rights: RightOfWay) {
    this.#w = world;
    this.#rights = rights;
    const { columns } = world;
    this.#room_m = columns.name("KeepClear.#room_m", columns.floats(mostItems));
    this.#stands = columns.name("KeepClear.#stands", columns.bytes(mostItems));
  }

  /** `inFront_m`: what those before `v` take of its lane. */
  rewind(v: number, first: number, count: number, inFront_m: number): void {
    this.#v = v;
    this.#first = first;
    this.#count = Math.min(count, mostItems);
    this.#stopped = false;
    this.#countRoom(inFront_m);
    this.#shareRoom();
    const begin = this.#stopped ? this.#firstWithout() : NONE;
    if (begin !== NONE && !(begin === 0 && this.#w.isInside(this.#w.lane[v] as number))) this.#withdraw(begin);
  }

  #countRoom(inFront_m: number): void {
    const { plan } = this.#w;
    let room = -inFront_m;
    for (let i = 0; i < this.#count; i += 1) {
      this.#stands[i] = 0;
      const link = plan.link[this.#first + i] as number;
      if (link !== NONE && !this.#stopped) room = this.#roomBehind(link, i, room);
      this.#room_m[i] = room;
    }
  }

  #roomBehind(link: number, i: number, room: number): number {
    const w = this.#w;
    const { lanes, links } = w.network;
    const next = links.next[link] as number;
    const clear = links.hasFoes[link] === 1;
    if (w.isInside(next)) {
      if (!clear) return room + this.#untilStanding(next);
      const own = next === w.lane[this.#v] ? this.#need() : 0;
      return room - w.filled_m(next) + own;
    }
    const last = w.back[next] as number;
    if (last === NONE || last === this.#v) {
      const beyond = w.rearBeyond_m(next);
      const long = lanes.length_m[next] as number;
      if (beyond < 0 && w.lastOut[next] !== this.#v && this.#waits(w.lastOut[next] as number)) this.#mark(i);
      return long > (w.length[this.#v] as number) || clear ? room + long : room;
    }
    const more = this.#untilStanding(next);
    if (this.#found) this.#mark(i);
    if (this.#waits(last)) this.#mark(i);
    return room + more;
  }

  #mark(i: number): void {
    this.#stands[i] = 1;
    this.#stopped = true;
  }

  #waits(u: number): boolean {
    return this.#w.mustWait[u] === 1;
  }

  #need(): number {
    return (this.#w.length[this.#v] as number) + (this.#w.minGap[this.#v] as number);
  }

  #found = false;

  /** From a lane's start to the last who stands there, less those who still drive up to him. */
  #untilStanding(lane: number): number {
    const w = this.#w;
    this.#found = false;
    const long = w.network.lanes.length_m[lane] as number;
    if (w.sideBySide !== null) {
      const room = w.sideBySide.room_m(this.#v, lane);
      this.#found = room < long;
      return Math.min(room, long);
    }
    let moving = 0;
    for (let u = w.back[lane] as number; u !== NONE; u = w.ahead[u] as number) {
      const speed = w.speed[u] as number;
      if (speed < halting_m_s && u !== this.#v) {
        this.#found = true;
        return w.rear_m(u) - moving;
      }
      moving += (w.length[u] as number) + (w.minGap[u] as number);
    }
    return long - moving;
  }

  /** Whoever may go on from a link has the room behind the next one. */
  #shareRoom(): void {
    const w = this.#w;
    const { plan } = w;
    const { links } = w.network;
    for (let i = this.#count - 1; i > 0; i -= 1) {
      const at = this.#first + i - 1;
      const link = plan.link[at] as number;
      const leaves =
        !w.isInside(links.next[link] as number) || plan.link[at + 1] === NONE || plan.request[at + 1] === 1;
      const open = leaves && (i === 1 || this.#isOpen(at, link));
      let goesOn = (links.waitsInside[link] === 1 || open) && this.#stands[i - 1] === 0;
      if (!open) {
        this.#stopped = true;
        if (i > 1 && links.waitsInside[plan.link[at - 1] as number] === 1) goesOn = true;
      }
      if (goesOn) this.#room_m[i - 1] = this.#room_m[i] as number;
    }
  }

  /** As things were in the step before. */
  #isOpen(at: number, link: number): boolean {
    const w = this.#w;
    if (hasPriority(w.state[link] as number)) return true;
    w.plan.leave_s[at] = this.#rights.leaving_s(at);
    return this.#rights.isOpen(this.#v, at, true);
  }

  #firstWithout(): number {
    const { plan, network } = this.#w;
    const need = this.#need();
    for (let i = 0; i < this.#count; i += 1) {
      const link = plan.link[this.#first + i] as number;
      if (link === NONE || (this.#room_m[i] as number) >= need) continue;
      if (network.links.hasFoes[link] === 1) return i;
    }
    return NONE;
  }

  /** From there on it waits; but who has asked to come in also asks to go out. */
  #withdraw(begin: number): void {
    const w = this.#w;
    const { plan } = w;
    const { links } = w.network;
    const braking = brakeGap(w.speed[this.#v] as number, w.decel[this.#v] as number, 0, w.dt);
    for (let i = begin; i < this.#count; i += 1) {
      const at = this.#first + i;
      const link = plan.link[at] as number;
      if (link === NONE) return;
      plan.pass[at] = plan.wait[at] as number;
      if ((plan.distance[at] as number) < braking + near_m) continue;
      const out = w.isInside(links.from[link] as number) && !w.isInside(links.next[link] as number);
      if (!out || i === 0 || plan.request[at - 1] === 0) plan.request[at] = 0;
    }
  }
}
