/** Lanes as drawn: where a place along a lane is on the ground, and which way one drives there. */
import type { ReplayLane } from "../../../../core/replay/format.ts";

/** A point on the ground, in the network's metres, and the direction driven there as a unit vector. */
export interface Place {
  x: number;
  y: number;
  dx: number;
  dy: number;
}

export class LanePaths {
  readonly lanes: readonly ReplayLane[];
  /** Points of lane l: first[l] to first[l + 1] - 1. */
  readonly first: Int32Array;
  readonly xs: Float64Array;
  readonly ys: Float64Array;
  /** From the lane's start to each of its points, as drawn. */
  readonly along: Float64Array;

  constructor(lanes: readonly ReplayLane[]) {
    const points = lanes.reduce((sum, { shape }) => sum + shape.length / 2, 0);
    this.lanes = lanes;
    this.first = new Int32Array(lanes.length + 1);
    this.xs = new Float64Array(points);
    this.ys = new Float64Array(points);
    this.along = new Float64Array(points);
    let at = 0;
    for (const [lane, { shape }] of lanes.entries()) {
      this.first[lane] = at;
      for (let i = 0; i < shape.length; i += 2, at += 1) {
        this.xs[at] = shape[i] as number;
        this.ys[at] = shape[i + 1] as number;
        if (i > 0) this.along[at] = (this.along[at - 1] as number) + this.#step(at);
      }
    }
    this.first[lanes.length] = at;
  }

  #step(at: number): number {
    return Math.hypot(
      (this.xs[at] as number) - (this.xs[at - 1] as number),
      (this.ys[at] as number) - (this.ys[at - 1] as number),
    );
  }

  isDrawn(lane: number): boolean {
    return (this.first[lane + 1] as number) - (this.first[lane] as number) > 1;
  }

  /** Length as drawn. */
  drawn_m(lane: number): number {
    return this.along[(this.first[lane + 1] as number) - 1] ?? 0;
  }

  /**
   * `position_m` as driven, `lateral_m` to the left of the middle. Beyond the ends the lane goes straight on. On a lane that
   * is not drawn it is nowhere (NaN), and so is whoever is there.
   */
  place(lane: number, position_m: number, lateral_m: number, out: Place): void {
    if (!this.isDrawn(lane)) {
      out.x = Number.NaN;
      out.y = Number.NaN;
      return;
    }
    const begin = this.first[lane] as number;
    const end = this.first[lane + 1] as number;
    const way = (position_m * this.drawn_m(lane)) / (this.lanes[lane]?.length_m ?? 1);
    let at = begin + 1;
    while (at < end - 1 && (this.along[at] as number) < way) at += 1;
    const [x, y] = [this.xs[at - 1] as number, this.ys[at - 1] as number];
    const step = Math.max(1e-9, (this.along[at] as number) - (this.along[at - 1] as number));
    const rest = way - (this.along[at - 1] as number);
    out.dx = ((this.xs[at] as number) - x) / step;
    out.dy = ((this.ys[at] as number) - y) / step;
    out.x = x + out.dx * rest - out.dy * lateral_m;
    out.y = y + out.dy * rest + out.dx * lateral_m;
  }

  /** How far a point is from a lane's middle, and how far along the lane as driven. */
  nearest(lane: number, x: number, y: number): { readonly off_m: number; readonly at_m: number } {
    let [off_m, way] = [Number.POSITIVE_INFINITY, 0];
    for (let at = (this.first[lane] as number) + 1; at < (this.first[lane + 1] as number); at += 1) {
      const [px, py] = [this.xs[at - 1] as number, this.ys[at - 1] as number];
      const [ux, uy] = [(this.xs[at] as number) - px, (this.ys[at] as number) - py];
      const long = ux * ux + uy * uy;
      const share = long === 0 ? 0 : Math.min(1, Math.max(0, ((x - px) * ux + (y - py) * uy) / long));
      const off = Math.hypot(x - px - share * ux, y - py - share * uy);
      if (off >= off_m) continue;
      off_m = off;
      way = (this.along[at - 1] as number) + share * Math.sqrt(long);
    }
    const drawn_m = this.drawn_m(lane);
    return { off_m, at_m: drawn_m === 0 ? 0 : (way * (this.lanes[lane]?.length_m ?? 0)) / drawn_m };
  }

  /** A line beside a lane's middle, to its left; x, y, x, y … */
  beside(lane: number, left_m: number): Float64Array {
    const begin = this.first[lane] as number;
    const count = (this.first[lane + 1] as number) - begin;
    const line = new Float64Array(count * 2);
    for (let i = 0; i < count; i += 1) {
      const at = begin + i;
      const from = Math.max(begin, at - 1);
      const to = Math.min(begin + count - 1, at + 1);
      const [ux, uy] = [
        (this.xs[to] as number) - (this.xs[from] as number),
        (this.ys[to] as number) - (this.ys[from] as number),
      ];
      const long = Math.max(1e-9, Math.hypot(ux, uy));
      line[2 * i] = (this.xs[at] as number) - (uy / long) * left_m;
      line[2 * i + 1] = (this.ys[at] as number) + (ux / long) * left_m;
    }
    return line;
  }
}
