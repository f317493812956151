/**
 * Rows of the columns in which vehicles are kept. To begin with a vehicle's seat is its number among the departures; from
 * then on those on the road are now and then seated anew in the order in which they are looked at, so that what is read one
 * after the other lies side by side in memory: among tens of thousands, most time goes into waiting for memory otherwise.
 * Nothing that comes of a run depends on who sits where.
 */
import { type Column, Columns } from "./columns.ts";

const NONE = -1;

interface Rows {
  readonly column: Column;
  /** Numbers to a seat. */
  readonly width: number;
  /** Holds a row of each that has to move. */
  readonly spare: Column;
}

/** Numbers that are seats themselves. */
interface Names {
  readonly seats: () => Int32Array;
  readonly count: () => number;
}

export class Seats {
  readonly count: number;
  /** By seat: the vehicle's number among the departures; and the other way round. */
  readonly number: Int32Array;
  readonly of: Int32Array;
  readonly #rows: Rows[] = [];
  readonly #names: Names[] = [];
  /** By seat: where its vehicle goes. */
  readonly #to: Int32Array;
  // Of those who move: from where.
  readonly #from: Int32Array;
  #moving = 0;

  readonly #columns: Columns;

  constructor(count: number, columns = new Columns()) {
    this.#columns = columns;
    this.count = count;
    this.of = Int32Array.from({ length: count }, (_, at) => at);
    this.#to = Int32Array.from(this.of);
    this.#from = new Int32Array(count);
    this.number = this.#kept(columns.whole(count), 1);
    this.number.set(this.of);
  }

  /** Columns of so many numbers to a seat, which move with the vehicles. */
  floats(fill = 0, width = 1): Float64Array<ArrayBuffer> {
    return this.#kept(this.#columns.floats(this.count * width, fill), width);
  }

  whole(fill = NONE): Int32Array<ArrayBuffer> {
    return this.#kept(this.#columns.whole(this.count, fill), 1);
  }

  bytes(): Uint8Array<ArrayBuffer> {
    return this.#kept(this.#columns.bytes(this.count), 1);
  }

  #kept<T extends Column>(column: T, width: number): T {
    this.#rows.push({ column, width, spare: column.slice() });
    return column;
  }

  /** The first so many of these numbers are seats, or NONE, and have to be told when vehicles move. */
  rename(seats: () => Int32Array, count: () => number): void {
    this.#names.push({ seats, count });
  }

  /** Gives the first `count` of `order`, which are seats, the first seats, in that order; whoever sat there goes to theirs. */
  seat(order: Int32Array, count: number): void {
    this.#plan(order, count);
    for (const { column, width, spare } of this.#rows) {
      if (width === 1) this.#move(column, spare);
      else this.#moveWide(column, spare, width);
    }
    for (let i = 0; i < this.#moving; i += 1) {
      const seat = this.#to[this.#from[i] as number] as number;
      this.of[this.number[seat] as number] = seat;
    }
    for (const { seats, count: length } of this.#names) this.#rename(seats(), length());
    for (let i = 0; i < this.#moving; i += 1) {
      const seat = this.#from[i] as number;
      this.#to[seat] = seat;
    }
  }

  #plan(order: Int32Array, count: number): void {
    const to = this.#to;
    for (let seat = 0; seat < count; seat += 1) to[seat] = NONE;
    for (let i = 0; i < count; i += 1) {
      to[order[i] as number] = i;
      this.#from[i] = order[i] as number;
    }
    this.#moving = count;
    let left = 0;
    for (let seat = 0; seat < count; seat += 1) {
      if (to[seat] !== NONE) continue;
      while ((order[left] as number) < count) left += 1;
      to[seat] = order[left] as number;
      left += 1;
      this.#from[this.#moving] = seat;
      this.#moving += 1;
    }
  }

  #move(column: Column, spare: Column): void {
    const [from, to] = [this.#from, this.#to];
    for (let i = 0; i < this.#moving; i += 1) spare[i] = column[from[i] as number] as number;
    for (let i = 0; i < this.#moving; i += 1) column[to[from[i] as number] as number] = spare[i] as number;
  }

  #moveWide(column: Column, spare: Column, width: number): void {
    const [from, to] = [this.#from, this.#to];
    for (let i = 0; i < this.#moving; i += 1) {
      const first = (from[i] as number) * width;
      for (let at = 0; at < width; at += 1) spare[i * width + at] = column[first + at] as number;
    }
    for (let i = 0; i < this.#moving; i += 1) {
      const first = (to[from[i] as number] as number) * width;
      for (let at = 0; at < width; at += 1) column[first + at] = spare[i * width + at] as number;
    }
  }

  #rename(seats: Int32Array, count: number): void {
    const to = this.#to;
    for (let i = 0; i < count; i += 1) {
      const seat = seats[i] as number;
      if (seat !== NONE) seats[i] = to[seat] as number;
    }
  }
}
