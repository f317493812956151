/**
 * Where ways lead, as numbers side by side in memory: what is asked of one way lies together, however many there are. A way
 * is the place of its record here, and so is a row, which is a lane of the way's edge. Tables double when they are full.
 */
import { Columns } from "./columns.ts";
import type { LaneRating } from "./lane-rating.ts";

const NONE = -1;
/** Numbers to a way's record, and to a row's: the next begins so much farther. A row's is half a line of a processor's memory. */
const waySize = 4;
const size = 8;
/** Where a row's length is, which takes the room of two. */
const lengthAt = 4;
const first = 1024;

/** Every column starts a place farther, so that one index finds all of a record. */
const column = (table: Int32Array<ArrayBuffer>, at: number): Int32Array =>
  new Int32Array(table.buffer, table.byteOffset + 4 * at, table.length - at);

/** Lengths by half the row: `WayTable.reach_m`. */
const lengths = (table: Int32Array<ArrayBuffer>): Float64Array =>
  new Float64Array(table.buffer, table.byteOffset + 4 * lengthAt, (table.length - lengthAt) / 2);

function larger<T extends Int32Array>(made: T, from: T): T {
  made.set(from);
  return made;
}

/** Where copies begin, and what there is room for. */
class Copies {
  row = 0;
  rows = 0;
  after = 0;
  afters = 0;
}

export class WayTable {
  readonly #columns: Columns;
  #ways: Int32Array<ArrayBuffer>;
  #wayCount = 0;
  #rows: Int32Array<ArrayBuffer>;
  #rowCount = 0;
  #afterCount = 0;
  /** By turns: what is copied anew may be a copy itself. */
  readonly #copies = [new Copies(), new Copies()] as const;
  #turn = 0;
  // Where the copies in hand go on.
  #row = 0;
  #after = 0;
  /** By way: its edge; the way that comes after it, or NONE; its first row; how many lanes the edge has. */
  edge: Int32Array;
  next: Int32Array;
  row: Int32Array;
  lanes: Int32Array;
  /** By row: the link to take, or NONE where the way does not go on. */
  link: Int32Array;
  /** Lanes to the left (above 0) or right of here that lead farthest; 0 where one may stay. */
  offset: Int32Array;
  /** Those lanes that follow it on the way, as far as one looks: after[firstAfter[row]] to after[endAfter[row] - 1]. */
  firstAfter: Int32Array;
  endAfter: Int32Array;
  after: Int32Array<ArrayBuffer>;
  /** How many lanes the edge has to which the row belongs. */
  beside: Int32Array;
  #lengths_m: Float64Array;

  constructor(columns = new Columns()) {
    this.#columns = columns;
    this.#ways = columns.whole(first, 0);
    this.#rows = columns.whole(first, 0);
    this.edge = column(this.#ways, 0);
    this.next = column(this.#ways, 1);
    this.row = column(this.#ways, 2);
    this.lanes = column(this.#ways, 3);
    this.link = column(this.#rows, 0);
    this.offset = column(this.#rows, 1);
    this.firstAfter = column(this.#rows, 2);
    this.endAfter = column(this.#rows, 3);
    this.beside = column(this.#rows, 6);
    this.#lengths_m = columns.name("WayTable.#lengths_m", lengths(this.#rows));
    this.after = columns.whole(first, 0);
  }

  /** How far one gets on the way without needing other lanes, from the start of the lane; 0 where one may not drive. */
  reach_m(row: number): number {
    return this.#lengths_m[row >> 1] as number;
  }

  /** The row of a lane, by its place among those of the way's edge from the right. */
  rowOf(way: number, index: number): number {
    return (this.row[way] as number) + index * size;
  }

  /** The same, from the row of the rightmost lane. */
  rowBeside(first: number, index: number): number {
    return first + index * size;
  }

  /** `row`: of the rightmost lane. */
  add(edge: number, next: number, row: number, lanes: number): number {
    if (this.#wayCount === this.#ways.length) this.#growWays();
    const way = this.#wayCount;
    this.#wayCount += waySize;
    this.edge[way] = edge;
    this.next[way] = next;
    this.row[way] = row;
    this.lanes[way] = lanes;
    return way;
  }

  /** One for each lane; the place of the first. */
  addRows(rated: readonly LaneRating[]): number {
    const row = this.#rowCount;
    for (const each of rated) this.#addRow(each, rated.length);
    return row;
  }

  #addRow({ link, offset, length_m, after }: LaneRating, beside: number): void {
    if (this.#rowCount === this.#rows.length) this.#growRows();
    this.#makeAfter(this.#afterCount + after.length);
    const row = this.#rowCount;
    this.#rowCount += size;
    this.link[row] = link;
    this.offset[row] = offset;
    this.beside[row] = beside;
    this.#lengths_m[row >> 1] = length_m;
    this.firstAfter[row] = this.#afterCount;
    for (const lane of after) {
      this.after[this.#afterCount] = lane;
      this.#afterCount += 1;
    }
    this.endAfter[row] = this.#afterCount;
  }

  /**
   * Copies the rows of `now` and `next` of the first `count` of `vehicles` so that they lie side by side in that order, and tells
   * them there. They take the place of what was copied the last time but one.
   */
  gather(vehicles: Int32Array, count: number, now: Int32Array, next: Int32Array): void {
    this.#turn = 1 - this.#turn;
    this.#makeRoom(vehicles, count, now, next);
    const { row, after } = this.#copies[this.#turn] as Copies;
    this.#row = row;
    this.#after = after;
    for (let i = 0; i < count; i += 1) {
      const v = vehicles[i] as number;
      now[v] = this.#copyAll(now[v] as number);
      next[v] = this.#copyAll(next[v] as number);
    }
  }

  /** The rows of all lanes of an edge, by the first. */
  #copyAll(from: number): number {
    if (from === NONE) return NONE;
    const row = this.#row;
    const end = from + (this.beside[from] as number) * size;
    for (let at = from; at < end; at += size) this.#copy(at);
    return row;
  }

  #copy(from: number): void {
    const row = this.#row;
    this.link[row] = this.link[from] as number;
    this.offset[row] = this.offset[from] as number;
    this.beside[row] = this.beside[from] as number;
    this.#lengths_m[row >> 1] = this.#lengths_m[from >> 1] as number;
    this.firstAfter[row] = this.#after;
    const end = this.endAfter[from] as number;
    for (let at = this.firstAfter[from] as number; at < end; at += 1) {
      this.after[this.#after] = this.after[at] as number;
      this.#after += 1;
    }
    this.endAfter[row] = this.#after;
    this.#row = row + size;
  }

  /** A place for copies at the end of the tables, larger than asked for, so that it is seldom left for another. */
  #makeRoom(vehicles: Int32Array, count: number, now: Int32Array, next: Int32Array): void {
    let [rows, after] = [0, 0];
    for (let i = 0; i < 2 * count; i += 1) {
      const first = (i < count ? now : next)[vehicles[i % count] as number] as number;
      if (first === NONE) continue;
      const end = first + (this.beside[first] as number) * size;
      rows += end - first;
      for (let at = first; at < end; at += size)
        after += (this.endAfter[at] as number) - (this.firstAfter[at] as number);
    }
    const copies = this.#copies[this.#turn] as Copies;
    if (rows > copies.rows) {
      copies.row = this.#rowCount;
      copies.rows = 2 * rows;
      this.#rowCount += copies.rows;
      while (this.#rowCount > this.#rows.length) this.#growRows();
    }
    if (after <= copies.afters) return;
    copies.after = this.#afterCount;
    copies.afters = 2 * after;
    this.#afterCount += copies.afters;
    this.#makeAfter(this.#afterCount);
  }

  #makeAfter(count: number): void {
    while (count > this.after.length) this.after = larger(this.#columns.whole(2 * this.after.length, 0), this.after);
  }

  #growWays(): void {
    this.#ways = larger(this.#columns.whole(2 * this.#ways.length, 0), this.#ways);
    this.edge = column(this.#ways, 0);
    this.next = column(this.#ways, 1);
    this.row = column(this.#ways, 2);
    this.lanes = column(this.#ways, 3);
  }

  #growRows(): void {
    this.#rows = larger(this.#columns.whole(2 * this.#rows.length, 0), this.#rows);
    this.link = column(this.#rows, 0);
    this.offset = column(this.#rows, 1);
    this.firstAfter = column(this.#rows, 2);
    this.endAfter = column(this.#rows, 3);
    this.beside = column(this.#rows, 6);
    this.#lengths_m = this.#columns.name("WayTable.#lengths_m", lengths(this.#rows));
  }
}
