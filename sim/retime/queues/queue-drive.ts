/** An hour of queues before lights, second by second: who is first in its lane leaves when it may and there is room beyond. */
import { modulo } from "../../../core/bands/corridor.ts";
import { GOES, type Lights, STANDS, YIELDS } from "./queue-lights.ts";
import type { QueueStreet } from "./queue-street.ts";

const NONE = -1;
const FULL = -2;
/**
 * From green until the first of a queue is over the line; what a driver needs to see a gap; and the gap that is enough, at a
 * signal and where nobody helps, beginning from rest. Chosen so that plans rank as rehearsals rank them.
 */
const startLoss_s = 2.5;
const seeing_s = 0.5;
const gap_s = 4;
const restGap_s = 8;
/** Nobody looks farther ahead than half of this, s. */
const window = 16;

export interface QueueCost {
  /** A vehicle, over all of the demand. */
  readonly delay_s: number;
  /** Seconds that lanes had green and no room beyond, shared among all vehicles. */
  readonly blocked_s: number;
}

export class QueueDrive {
  readonly #s: QueueStreet;
  /** By lane: first and last of its queue, when the next may leave, how many there are. */
  readonly #head: Int32Array;
  readonly #tail: Int32Array;
  readonly #free_s: Float64Array;
  readonly #count: Int32Array;
  /** By vehicle: who is behind it in the queue, or comes to a stop line in the same second; its leg, link and time there. */
  readonly #behind: Int32Array;
  readonly #leg: Int32Array;
  readonly #link: Int32Array;
  readonly #due_s: Float64Array;
  /** By second: who comes to a stop line then. */
  readonly #coming: Int32Array;
  /** At `movement * window + second % window`: that second, if anybody comes in it and it is near. */
  readonly #soon: Int32Array;
  /** By lane: metres that are taken by those who came over a stop line. */
  readonly #taken_m: Float64Array;
  #cursor = new Int32Array(0);
  #lights: Lights = [];
  #delay_s = 0;
  #blocked_s = 0;

  constructor(street: QueueStreet) {
    this.#s = street;
    const { depart_s, firstLink, lanes, room_m, seconds } = street;
    this.#head = new Int32Array(lanes);
    this.#tail = new Int32Array(lanes);
    this.#free_s = new Float64Array(lanes);
    this.#count = new Int32Array(lanes);
    this.#behind = new Int32Array(depart_s.length);
    this.#leg = new Int32Array(depart_s.length);
    this.#link = new Int32Array(depart_s.length);
    this.#due_s = new Float64Array(depart_s.length);
    this.#coming = new Int32Array(seconds);
    this.#soon = new Int32Array((firstLink.length - 1) * window);
    this.#taken_m = new Float64Array(room_m.length);
  }

  run(lights: Lights): QueueCost {
    this.#reset(lights);
    const { seconds, vehicles } = this.#s;
    for (let second = 0; second < Math.min(restGap_s, seconds); second += 1) this.#announce(second);
    for (let now_s = 0; now_s < seconds; now_s += 1) {
      if (now_s + restGap_s < seconds) this.#announce(now_s + restGap_s);
      this.#turnLights(now_s);
      this.#arrive(now_s);
      for (let lane = 0; lane < this.#head.length; lane += 1) {
        if (this.#head[lane] !== NONE) this.#serve(lane, now_s);
      }
    }
    this.#countWaiting();
    const all = Math.max(1, vehicles);
    return { delay_s: this.#delay_s / all, blocked_s: this.#blocked_s / all };
  }

  #reset(lights: Lights): void {
    const { depart_s, firstLeg } = this.#s;
    this.#lights = lights;
    this.#cursor = new Int32Array(lights.length);
    this.#head.fill(NONE);
    this.#tail.fill(NONE);
    this.#free_s.fill(0);
    this.#count.fill(0);
    this.#coming.fill(NONE);
    this.#soon.fill(NONE);
    this.#taken_m.fill(0);
    this.#delay_s = 0;
    this.#blocked_s = 0;
    for (let v = 0; v < depart_s.length; v += 1) {
      const leg = firstLeg[v] as number;
      this.#leg[v] = leg;
      if (leg < (firstLeg[v + 1] as number)) this.#send(v, depart_s[v] as number, 0);
    }
  }

  /** On the way to its next stop line, where it is met in this second at the earliest. */
  #send(v: number, from_s: number, earliest: number): void {
    const { legMovement, legTravel_s, seconds } = this.#s;
    const leg = this.#leg[v] as number;
    const due_s = from_s + (legTravel_s[leg] as number);
    this.#due_s[v] = due_s;
    const second = Math.max(earliest, Math.floor(due_s));
    if (second >= seconds) return;
    this.#behind[v] = this.#coming[second] as number;
    this.#coming[second] = v;
    if (second <= Math.floor(from_s) + restGap_s) this.#note(legMovement[leg] as number, second);
  }

  /** Whoever gives way sees those who come in this second. */
  #announce(second: number): void {
    const { legMovement } = this.#s;
    for (let v = this.#coming[second] as number; v !== NONE; v = this.#behind[v] as number) {
      this.#note(legMovement[this.#leg[v] as number] as number, second);
    }
  }

  #note(movement: number, second: number): void {
    this.#soon[movement * window + (second % window)] = second;
  }

  #turnLights(now_s: number): void {
    const { begin_s } = this.#s;
    for (const [signal, light] of this.#lights.entries()) {
      if (light === null) continue;
      const { cycle_s, offset_s, places } = light;
      this.#cursor[signal] = Math.floor(modulo(begin_s + now_s - offset_s, cycle_s)) * places;
    }
  }

  #shown(link: number): number {
    const { own, place, signal } = this.#s.links;
    const at = signal[link] as number;
    const light = this.#lights[at];
    return light == null
      ? (own[link] as number)
      : (light.shown[(this.#cursor[at] as number) + (place[link] as number)] as number);
  }

  #arrive(now_s: number): void {
    let v = this.#coming[now_s] as number;
    while (v !== NONE) {
      const next = this.#behind[v] as number;
      this.#queue(v);
      v = next;
    }
  }

  /** Who has come over a stop line is in its lane already. */
  #queue(v: number): void {
    const { firstLeg, legMovement, links } = this.#s;
    const leg = this.#leg[v] as number;
    if (leg === firstLeg[v]) this.#link[v] = this.#emptiest(legMovement[leg] as number, this.#count);
    const lane = links.lane[this.#link[v] as number] as number;
    this.#behind[v] = NONE;
    if (this.#head[lane] === NONE) this.#head[lane] = v;
    else this.#behind[this.#tail[lane] as number] = v;
    this.#tail[lane] = v;
    this.#count[lane] = (this.#count[lane] as number) + 1;
  }

  /** Of the links of a movement that whose lane has least in it. */
  #emptiest(movement: number, by: Int32Array | Float64Array): number {
    const { firstLink, links } = this.#s;
    let best = firstLink[movement] as number;
    for (let link = best + 1; link < (firstLink[movement + 1] as number); link += 1) {
      if ((by[links.lane[link] as number] as number) < (by[links.lane[best] as number] as number)) best = link;
    }
    return best;
  }

  #serve(lane: number, now_s: number): void {
    for (let v = this.#head[lane] as number; v !== NONE; v = this.#head[lane] as number) {
      const link = this.#link[v] as number;
      const shown = this.#shown(link);
      if (shown === STANDS) {
        this.#free_s[lane] = now_s + 1 + startLoss_s;
        return;
      }
      if (shown === YIELDS && this.#somebodyComes(link, now_s)) {
        this.#free_s[lane] = Math.max(this.#free_s[lane] as number, now_s + 1 + seeing_s);
        return;
      }
      const leaves_s = Math.max(this.#free_s[lane] as number, now_s, this.#due_s[v] as number);
      if (leaves_s >= now_s + 1) return;
      const onward = this.#onward(v);
      if (onward === FULL) {
        this.#free_s[lane] = now_s + 1;
        this.#blocked_s += 1;
        return;
      }
      this.#free_s[lane] = leaves_s + (this.#s.headway_s[v] as number);
      this.#head[lane] = this.#behind[v] as number;
      this.#count[lane] = (this.#count[lane] as number) - 1;
      this.#leave(v, leaves_s, onward);
    }
  }

  /** Somebody who goes first stands first in its lane, or comes before one would be over. */
  #somebodyComes(link: number, now_s: number): boolean {
    const { links, seconds } = this.#s;
    const until = Math.min(seconds, now_s + (links.signal[link] === -1 ? restGap_s : gap_s));
    for (let at = links.firstFoe[link] as number; at < (links.firstFoe[link + 1] as number); at += 1) {
      const foe = links.foe[at] as number;
      if (this.#shown(foe) !== GOES) continue;
      const first = this.#head[links.lane[foe] as number] as number;
      if (first !== NONE && this.#link[first] === foe) return true;
      const row = (links.movement[foe] as number) * window;
      for (let second = now_s; second < until; second += 1) {
        if (this.#soon[row + (second % window)] === second) return true;
      }
    }
    return false;
  }

  /** The link by which it goes on to its next stop line; none after the last, `FULL` where no lane has room. */
  #onward(v: number): number {
    const { firstLeg, legMovement, links, room_m, space_m } = this.#s;
    const next = (this.#leg[v] as number) + 1;
    if (next >= (firstLeg[v + 1] as number)) return NONE;
    const link = this.#emptiest(legMovement[next] as number, this.#taken_m);
    const lane = links.lane[link] as number;
    const taken_m = this.#taken_m[lane] as number;
    return taken_m === 0 || taken_m + (space_m[v] as number) <= (room_m[lane] as number) ? link : FULL;
  }

  #leave(v: number, leaves_s: number, onward: number): void {
    const { firstLeg, space_m } = this.#s;
    const leg = this.#leg[v] as number;
    const long_m = space_m[v] as number;
    // Whoever has just come into the scenario waits outside where there is no room: that is no other's matter.
    if (leg > (firstLeg[v] as number)) this.#take(this.#link[v] as number, -long_m);
    this.#delay_s += leaves_s - (this.#due_s[v] as number);
    if (onward === NONE) return;
    this.#take(onward, long_m);
    this.#leg[v] = leg + 1;
    this.#link[v] = onward;
    this.#send(v, leaves_s, Math.floor(leaves_s) + 1);
  }

  #take(link: number, by_m: number): void {
    const lane = this.#s.links.lane[link] as number;
    this.#taken_m[lane] = (this.#taken_m[lane] as number) + by_m;
  }

  /** Those who stand when the hour is over have waited until then. */
  #countWaiting(): void {
    for (const head of this.#head) {
      for (let v = head; v !== NONE; v = this.#behind[v] as number) {
        this.#delay_s += this.#s.seconds - (this.#due_s[v] as number);
      }
    }
  }
}
