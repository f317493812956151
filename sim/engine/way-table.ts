/**
 * Where ways lead, as numbers side by side in memory: what is asked of one way lies together, however many there are. A way
 * is the place of its record here, and so is a row, which is a lane of the way's edge. Tables double when they are full.
 */
import { Columns } from "./columns.ts";
import type { LaneRating } from "./lane-rating.ts";

/** Numbers to a record: the next begins so much farther. */
const size = 4;
const first = 1024;

/** Every column starts a place farther, so that one index finds all of a record. */
const column = (table: Int32Array<ArrayBuffer>, at: number): Int32Array =>
  new Int32Array(table.buffer, table.byteOffset + 4 * at, table.length - at);

function larger<T extends Int32Array | Float64Array>(made: T, from: T): T {
  made.set(from);
  return made;
}

export class WayTable {
  readonly #columns: Columns;
  #ways: Int32Array<ArrayBuffer>;
  #wayCount = 0;
  #rows: Int32Array<ArrayBuffer>;
  #rowCount = 0;
  #afterCount = 0;
  // Where copies begin, and what there is room for.
  #copies = 0;
  #copiesRoom = 0;
  #afterCopies = 0;
  #afterRoom = 0;
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
  /** How far one gets on the way without needing other lanes, from the start of the lane; 0 where one may not drive. */
  length_m: Float64Array<ArrayBuffer>;

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
    this.after = columns.whole(first, 0);
    this.length_m = columns.floats(first);
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
    this.#wayCount += size;
    this.edge[way] = edge;
    this.next[way] = next;
    this.row[way] = row;
    this.lanes[way] = lanes;
    return way;
  }

  /** One for each lane; the place of the first. */
  addRows(rated: readonly LaneRating[]): number {
    const row = this.#rowCount;
    for (const each of rated) this.#addRow(each);
    return row;
  }

  #addRow({ link, offset, length_m, after }: LaneRating): void {
    if (this.#rowCount === this.#rows.length) this.#growRows();
    this.#makeAfter(this.#afterCount + after.length);
    const row = this.#rowCount;
    this.#rowCount += size;
    this.link[row] = link;
    this.offset[row] = offset;
    this.length_m[row] = length_m;
    this.firstAfter[row] = this.#afterCount;
    for (const lane of after) {
      this.after[this.#afterCount] = lane;
      this.#afterCount += 1;
    }
    this.endAfter[row] = this.#afterCount;
  }

  /**
   * Copies the rows of the first `count` of `ways` so that they lie side by side in that order: `rows` tells the copy of each.
   * They take the place of what was copied before.
   */
  gather(ways: Int32Array, count: number, rows: Int32Array): void {
    this.#makeRoom(ways, count);
    let [row, after] = [this.#copies, this.#afterCopies];
    for (let i = 0; i < count; i += 1) {
      const way = ways[i] as number;
      rows[i] = row;
      const first = this.row[way] as number;
      const end = first + (this.lanes[way] as number) * size;
      for (let at = first; at < end; at += size) {
        after = this.#copy(at, row, after);
        row += size;
      }
    }
  }

  /** Where the next copy's lanes go on. */
  #copy(from: number, row: number, firstAfter: number): number {
    this.link[row] = this.link[from] as number;
    this.offset[row] = this.offset[from] as number;
    this.length_m[row] = this.length_m[from] as number;
    this.firstAfter[row] = firstAfter;
    let after = firstAfter;
    const end = this.endAfter[from] as number;
    for (let at = this.firstAfter[from] as number; at < end; at += 1) {
      this.after[after] = this.after[at] as number;
      after += 1;
    }
    this.endAfter[row] = after;
    return after;
  }

  /** A place for copies at the end of the tables, larger than asked for, so that it is seldom left for another. */
  #makeRoom(ways: Int32Array, count: number): void {
    let [rows, after] = [0, 0];
    for (let i = 0; i < count; i += 1) {
      const first = this.row[ways[i] as number] as number;
      const end = first + (this.lanes[ways[i] as number] as number) * size;
      rows += end - first;
      for (let at = first; at < end; at += size)
        after += (this.endAfter[at] as number) - (this.firstAfter[at] as number);
    }
    if (rows > this.#copiesRoom) {
      this.#copies = this.#rowCount;
      this.#copiesRoom = 2 * rows;
      this.#rowCount += this.#copiesRoom;
      while (this.#rowCount > this.#rows.length) this.#growRows();
    }
    if (after <= this.#afterRoom) return;
    this.#afterCopies = this.#afterCount;
    this.#afterRoom = 2 * after;
    this.#afterCount += this.#afterRoom;
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
    this.length_m = larger(this.#columns.floats(this.#rows.length), this.length_m);
  }
}
