/**
 * Roads cut lengthwise into narrow cells: of each cell who is the hindmost in it so far, and where his rear is. Bodies take
 * every cell that they touch, so that who shares no cell with another does not touch it.
 */
import type { RoadNetwork } from "../../network/road-network.ts";

const NONE = -1;
/** Cells to a strip: places across the road are told apart so finely. */
const cellsInStrip = 8;
const rounding = 1e-6;

export class RoadCells {
  readonly cell_m: number;
  /** Of an edge: its cells are first[edge] to first[edge + 1] - 1, from the right. */
  readonly first: Int32Array;
  /** Of a lane: its right border and its middle, from the edge's right border, m. */
  readonly right_m: Float64Array;
  readonly middle_m: Float64Array;
  readonly who: Int32Array;
  /** His rear, from the edge's start, m. */
  readonly rear_m: Float64Array;

  constructor({ edges, lanes }: RoadNetwork, resolution_m: number) {
    this.cell_m = resolution_m / cellsInStrip;
    this.first = new Int32Array(edges.ids.length + 1);
    this.right_m = new Float64Array(lanes.ids.length);
    this.middle_m = new Float64Array(lanes.ids.length);
    for (let edge = 0; edge < edges.ids.length; edge += 1) {
      let right = 0;
      for (let lane = edges.firstLane[edge] as number; lane < (edges.firstLane[edge + 1] as number); lane += 1) {
        const width = lanes.width_m[lane] as number;
        this.right_m[lane] = right;
        this.middle_m[lane] = right + width / 2;
        right += width;
      }
      const cells = Math.max(1, Math.ceil(right / this.cell_m - rounding));
      this.first[edge + 1] = (this.first[edge] as number) + cells;
    }
    this.who = new Int32Array(this.first[edges.ids.length] as number).fill(NONE);
    this.rear_m = new Float64Array(this.who.length);
  }

  clear(edge: number): void {
    this.who.fill(NONE, this.first[edge], this.first[edge + 1]);
  }

  /** The cell at which a body begins whose right side is `right_m` from the edge's border. */
  begin(edge: number, right_m: number): number {
    return this.#within(edge, Math.floor(right_m / this.cell_m + rounding));
  }

  /** The cell behind the last of a body whose left side is there. */
  end(edge: number, left_m: number): number {
    return this.#within(edge, Math.ceil(left_m / this.cell_m - rounding));
  }

  mark(begin: number, end: number, v: number, rear_m: number): void {
    for (let cell = begin; cell < end; cell += 1) {
      this.who[cell] = v;
      this.rear_m[cell] = rear_m;
    }
  }

  #within(edge: number, cell: number): number {
    const from = this.first[edge] as number;
    return Math.max(from, Math.min(this.first[edge + 1] as number, from + cell));
  }
}
