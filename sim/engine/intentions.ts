/** What vehicles mean to do at the links ahead of them; made anew in every step, in a pool that doubles when it is full. */
import type { Seats } from "./seats.ts";

const NONE = -1;
const first = 1024;

const floats = (length: number): Float64Array<ArrayBuffer> => new Float64Array(length);
const whole = (length: number): Int32Array<ArrayBuffer> => new Int32Array(length).fill(NONE);

export class Intentions {
  count = 0;
  /** The link, or NONE where one stops at the end of a lane. */
  link = whole(first);
  vehicle = whole(first);
  /** Speed now, if the link may be passed, and if not. */
  pass = floats(first);
  wait = floats(first);
  /** 1: means to pass, and those who give way to it have to reckon with it. */
  request = new Uint8Array(first);
  distance = floats(first);
  /** For how long it has stood when it made up its mind. */
  stood_s = floats(first);
  arrival_s = floats(first);
  leave_s = floats(first);
  arrivalSpeed = floats(first);
  /** What it has at least when it comes there, braking from now on. */
  brakingSpeed = floats(first);
  leaveSpeed = floats(first);
  /** Next intention at the same link. */
  next = whole(first);
  /** By vehicle: the first, and how many. */
  readonly of: Int32Array;
  readonly counts: Uint8Array;

  constructor(seats: Seats) {
    this.of = seats.whole();
    this.counts = seats.bytes();
  }

  add(): number {
    if (this.count === this.link.length) this.#grow();
    this.count += 1;
    return this.count - 1;
  }

  /** Does `v` mean to pass this link? Null: it never thought of it. */
  asks(v: number, link: number): boolean | null {
    const from = this.of[v] as number;
    if (from === NONE) return null;
    for (let at = from; at < from + (this.counts[v] as number); at += 1) {
      if (this.vehicle[at] === v && this.link[at] === link) return this.request[at] === 1;
    }
    return null;
  }

  #grow(): void {
    const size = this.link.length * 2;
    const speeds = ["pass", "wait", "arrivalSpeed", "brakingSpeed", "leaveSpeed"] as const;
    for (const key of [...speeds, "distance", "stood_s", "arrival_s", "leave_s"] as const) {
      const larger = floats(size);
      larger.set(this[key]);
      this[key] = larger;
    }
    for (const key of ["link", "vehicle", "next"] as const) {
      const larger = whole(size);
      larger.set(this[key]);
      this[key] = larger;
    }
    const larger = new Uint8Array(size);
    larger.set(this.request);
    this.request = larger;
  }
}
