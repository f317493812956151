/**
 * Where ways lead, as numbers side by side in memory: what is asked of one way lies together, however many there are. A way
 * is the place of its record here, and so is a row, which is a lane of the way's edge. Tables double when they are full.
 */
import type { LaneRating } from "./lane-rating.ts";

/** Numbers to a record: the next begins so much farther. */
const size = 4;
const first = 1024;

/** Every column starts a place farther, so that one index finds all of a record. */
const column = (table: Int32Array<ArrayBuffer>, at: number): Int32Array => new Int32Array(table.buffer, 4 * at);

function larger<T extends Int32Array | Float64Array>(made: T, from: T): T {
  made.set(from);
  return made;
}

export class WayTable {
  #ways = new Int32Array(first);
  #wayCount = 0;
  #rows = new Int32Array(first);
  #rowCount = 0;
  #afterCount = 0;
  /** By way: its edge; the way that comes after it, or NONE; its first row; how many lanes the edge has. */
  edge = column(this.#ways, 0);
  next = column(this.#ways, 1);
  row = column(this.#ways, 2);
  lanes = column(this.#ways, 3);
  /** By row: the link to take, or NONE where the way does not go on. */
  link = column(this.#rows, 0);
  /** Lanes to the left (above 0) or right of here that lead farthest; 0 where one may stay. */
  offset = column(this.#rows, 1);
  /** Those lanes that follow it on the way, as far as one looks: after[firstAfter[row]] to after[endAfter[row] - 1]. */
  firstAfter = column(this.#rows, 2);
  endAfter = column(this.#rows, 3);
  after = new Int32Array(first);
  /** How far one gets on the way without needing other lanes, from the start of the lane; 0 where one may not drive. */
  length_m = new Float64Array(first);

  /** The row of a lane, by its place among those of the way's edge from the right. */
  rowOf(way: number, index: number): number {
    return (this.row[way] as number) + index * size;
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
    while (this.#afterCount + after.length > this.after.length)
      this.after = larger(new Int32Array(2 * this.after.length), this.after);
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

  #growWays(): void {
    this.#ways = larger(new Int32Array(2 * this.#ways.length), this.#ways);
    this.edge = column(this.#ways, 0);
    this.next = column(this.#ways, 1);
    this.row = column(this.#ways, 2);
    this.lanes = column(this.#ways, 3);
  }

  #growRows(): void {
    this.#rows = larger(new Int32Array(2 * this.#rows.length), this.#rows);
    this.link = column(this.#rows, 0);
    this.offset = column(this.#rows, 1);
    this.firstAfter = column(this.#rows, 2);
    this.endAfter = column(this.#rows, 3);
    this.length_m = larger(new Float64Array(this.#rows.length), this.length_m);
  }
}
