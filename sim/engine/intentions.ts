/** What vehicles mean to do at the links ahead of them; made anew in every step, in a pool that doubles when it is full. */
import type { Columns } from "./columns.ts";
import type { Seats } from "./seats.ts";

const NONE = -1;
const first = 1024;
const bytesEach = 77;

export class Intentions {
  /** How many there are. */
  readonly counted: Int32Array;
  /** The link, or NONE where one stops at the end of a lane. */
  link: Int32Array<ArrayBuffer>;
  vehicle: Int32Array<ArrayBuffer>;
  /** Speed now, if the link may be passed, and if not. */
  pass: Float64Array<ArrayBuffer>;
  wait: Float64Array<ArrayBuffer>;
  /** 1: means to pass, and those who give way to it have to reckon with it. */
  request: Uint8Array<ArrayBuffer>;
  distance: Float64Array<ArrayBuffer>;
  /** For how long it has stood when it made up its mind. */
  stood_s: Float64Array<ArrayBuffer>;
  arrival_s: Float64Array<ArrayBuffer>;
  leave_s: Float64Array<ArrayBuffer>;
  arrivalSpeed: Float64Array<ArrayBuffer>;
  /** What it has at least when it comes there, braking from now on. */
  brakingSpeed: Float64Array<ArrayBuffer>;
  leaveSpeed: Float64Array<ArrayBuffer>;
  /** Next intention at the same link. */
  next: Int32Array<ArrayBuffer>;
  /** By vehicle: the first, and how many. */
  readonly of: Int32Array;
  readonly counts: Uint8Array;

  readonly #columns: Columns;

  constructor(seats: Seats, columns: Columns) {
    this.#columns = columns;
    this.counted = columns.whole(1, 0);
    this.link = columns.whole(first);
    this.vehicle = columns.whole(first);
    this.pass = columns.floats(first);
    this.wait = columns.floats(first);
    this.distance = columns.floats(first);
    this.stood_s = columns.floats(first);
    this.arrival_s = columns.floats(first);
    this.leave_s = columns.floats(first);
    this.arrivalSpeed = columns.floats(first);
    this.brakingSpeed = columns.floats(first);
    this.leaveSpeed = columns.floats(first);
    this.next = columns.whole(first);
    this.request = columns.bytes(first);
    this.of = seats.whole();
    this.counts = seats.bytes();
  }

  get count(): number {
    return this.counted[0] as number;
  }

  set count(count: number) {
    this.counted[0] = count;
  }

  /** What it takes of memory. */
  get bytes(): number {
    return bytesEach * this.link.length;
  }

  add(): number {
    if (this.count === this.link.length) this.grow();
    this.count += 1;
    return this.count - 1;
  }

  /** Does `v` mean to pass this link? `unthought`: where it never thought of it. */
  asks(v: number, link: number, unthought: boolean): boolean {
    const from = this.of[v] as number;
    if (from === NONE) return unthought;
    for (let at = from; at < from + (this.counts[v] as number); at += 1) {
      if (this.vehicle[at] === v && this.link[at] === link) return this.request[at] === 1;
    }
    return unthought;
  }

  /** Room for as many again. */
  grow(): void {
    const size = this.link.length * 2;
    const speeds = ["pass", "wait", "arrivalSpeed", "brakingSpeed", "leaveSpeed"] as const;
    for (const key of [...speeds, "distance", "stood_s", "arrival_s", "leave_s"] as const) {
      const larger = this.#columns.floats(size);
      larger.set(this[key]);
      this[key] = larger;
    }
    for (const key of ["link", "vehicle", "next"] as const) {
      const larger = this.#columns.whole(size);
      larger.set(this[key]);
      this[key] = larger;
    }
    const larger = this.#columns.bytes(size);
    larger.set(this.request);
    this.request = larger;
  }
}
