/**
 * Boxes of several overlapping views as boxes of the picture, each road user once. Where views overlap both show a vehicle;
 * and a vehicle larger than the overlap is cut by the edge of each, its parts to be put together again.
 */
import { area, intersectionArea, iou, shareInside } from "../../../core/geometry/box.ts";
import { classGroup } from "../../track/class-group.ts";
import type { Detections } from "../detector.ts";
import type { View } from "./plan.ts";

/** Boxes from two views are one road user when they overlap by this IoU, or the smaller lies in the other by this share. */
const sameIou = 0.55;
const sameShare = 0.7;
/** Whole boxes this unequal are two things: a car before a bus is no part of it. */
const unequal = 3;
/** A box that ends this near to a view's inner edge, as a share of the view's side, is cut by it. */
const nearEdge = 0.025;
/** Parts of one vehicle on both sides of an edge lie beside each other for this share of the smaller. */
const besides = 0.5;

/** Sides of a box at which an inner edge cuts it. */
const LEFT = 1;
const TOP = 2;
const RIGHT = 4;
const BOTTOM = 8;
/** Put together out of several views. */
const ofMany = -1;

export class ViewMerger {
  readonly #frameWidth: number;
  readonly #frameHeight: number;
  readonly #boxes: Float32Array;
  readonly #scores: Float32Array;
  readonly #classes: Uint8Array;
  readonly #cut: Uint8Array;
  readonly #view: Int32Array;
  /** How far a box may end from an edge that cuts it, in pixels across and down. */
  readonly #slack: Float32Array;
  /** Boxes by rank, then those that stay, by rank. */
  readonly #order: Uint32Array;
  readonly #out: Detections;
  #count = 0;
  #kept = 0;

  /** `room`: boxes of all views together, at most. */
  constructor(frameWidth: number, frameHeight: number, room: number) {
    this.#frameWidth = frameWidth;
    this.#frameHeight = frameHeight;
    this.#boxes = new Float32Array(room * 4);
    this.#scores = new Float32Array(room);
    this.#classes = new Uint8Array(room);
    this.#cut = new Uint8Array(room);
    this.#view = new Int32Array(room);
    this.#slack = new Float32Array(room * 2);
    this.#order = new Uint32Array(room);
    this.#out = {
      count: 0,
      boxes: new Float32Array(room * 4),
      scores: new Float32Array(room),
      classes: new Uint8Array(room),
    };
  }

  clear(): void {
    this.#count = 0;
  }

  /** Boxes in the pixels of view number `index`, each view once. */
  add(found: Detections, view: View, index: number): void {
    for (let i = 0; i < found.count; i++) {
      const at = this.#count++;
      this.#boxes[at * 4] = (found.boxes[i * 4] as number) + view.left;
      this.#boxes[at * 4 + 1] = (found.boxes[i * 4 + 1] as number) + view.top;
      this.#boxes[at * 4 + 2] = found.boxes[i * 4 + 2] as number;
      this.#boxes[at * 4 + 3] = found.boxes[i * 4 + 3] as number;
      this.#scores[at] = found.scores[i] as number;
      this.#classes[at] = found.classes[i] as number;
      this.#view[at] = index;
      this.#slack[at * 2] = nearEdge * view.width;
      this.#slack[at * 2 + 1] = nearEdge * view.height;
      this.#cut[at] = this.#cutBy(view, at);
    }
  }

  /** What was added since `clear`, each road user once, by falling score; the arrays are reused. */
  merge(): Detections {
    const { scores, classes, boxes } = this.#out;
    this.#rank();
    this.#dropRepeats();
    this.#joinParts();
    this.#order.subarray(0, this.#kept).sort((a, b) => this.#score(b) - this.#score(a) || a - b);
    for (let i = 0; i < this.#kept; i++) {
      const from = this.#order[i] as number;
      for (let side = 0; side < 4; side++) boxes[i * 4 + side] = this.#boxes[from * 4 + side] as number;
      scores[i] = this.#score(from);
      classes[i] = this.#classes[from] as number;
    }
    this.#out.count = this.#kept;
    return this.#out;
  }

  #score(i: number): number {
    return this.#scores[i] as number;
  }

  /** The picture's own edges cut nothing that another view could show. */
  #cutBy(view: View, i: number): number {
    const [x, y] = [this.#boxes[i * 4] as number, this.#boxes[i * 4 + 1] as number];
    const [right, bottom] = [x + (this.#boxes[i * 4 + 2] as number), y + (this.#boxes[i * 4 + 3] as number)];
    const [across, down] = [this.#slack[i * 2] as number, this.#slack[i * 2 + 1] as number];
    let cut = 0;
    if (view.left > 0 && x <= view.left + across) cut |= LEFT;
    if (view.top > 0 && y <= view.top + down) cut |= TOP;
    if (view.left + view.width < this.#frameWidth && right >= view.left + view.width - across) cut |= RIGHT;
    if (view.top + view.height < this.#frameHeight && bottom >= view.top + view.height - down) cut |= BOTTOM;
    return cut;
  }

  /** Whole boxes first, then by falling score. */
  #rank(): void {
    for (let i = 0; i < this.#count; i++) this.#order[i] = i;
    const isCut = (i: number): number => Number((this.#cut[i] as number) > 0);
    this.#order
      .subarray(0, this.#count)
      .sort((a, b) => isCut(a) - isCut(b) || this.#score(b) - this.#score(a) || a - b);
  }

  #dropRepeats(): void {
    this.#kept = 0;
    for (let rank = 0; rank < this.#count; rank++) {
      const i = this.#order[rank] as number;
      if (!this.#repeats(i)) this.#order[this.#kept++] = i;
    }
  }

  /** Does box `i` show what one of the kept, whole ones shows? */
  #repeats(i: number): boolean {
    for (let rank = 0; rank < this.#kept; rank++) {
      const k = this.#order[rank] as number;
      if (this.#cut[k] === 0 && this.#comparable(i, k) && this.#isSame(i, k)) return true;
    }
    return false;
  }

  #comparable(a: number, b: number): boolean {
    const [one, other] = [this.#view[a] as number, this.#view[b] as number];
    return (one === ofMany || one !== other) && this.#group(a) === this.#group(b);
  }

  #group(i: number): number {
    return classGroup(this.#classes[i] as number);
  }

  /** Does box `i` show what `k` shows? A cut one may be any part of it. */
  #isSame(i: number, k: number): boolean {
    const boxes = this.#boxes;
    if (iou(boxes, i * 4, boxes, k * 4) > sameIou) return true;
    if (this.#cut[i] !== 0 && shareInside(boxes, i * 4, boxes, k * 4) > sameShare) return true;
    const [one, other] = [area(boxes, i * 4), area(boxes, k * 4)];
    const smaller = Math.min(one, other);
    return (
      Math.max(one, other) <= unequal * smaller && intersectionArea(boxes, i * 4, boxes, k * 4) > sameShare * smaller
    );
  }

  /** A vehicle over three views has three parts: joins until nothing changes. */
  #joinParts(): void {
    for (let a = 0; a < this.#kept; a++) {
      for (let b = a + 1; b < this.#kept; b++) {
        const [i, k] = [this.#order[a] as number, this.#order[b] as number];
        if (!this.#comparable(i, k) || !this.#areParts(i, k)) continue;
        this.#join(i, k);
        this.#order.copyWithin(b, b + 1, this.#kept--);
        // The larger box may reach parts that were passed over.
        a = -1;
        break;
      }
    }
  }

  #areParts(i: number, k: number): boolean {
    if (this.#cut[i] === 0 || this.#cut[k] === 0) return this.#completes(i, k) || this.#completes(k, i);
    if (this.#isSame(i, k) || this.#isSame(k, i)) return true;
    const across = this.#facing(i, k, 0);
    const down = this.#facing(i, k, 1);
    return (across && (down || this.#besides(i, k, 1))) || (down && this.#besides(i, k, 0));
  }

  /** Is `i`, put together and whole now, what `k` shows a part of? */
  #completes(i: number, k: number): boolean {
    return this.#view[i] === ofMany && this.#cut[i] === 0 && this.#cut[k] !== 0 && this.#isSame(k, i);
  }

  /** Along one axis: is each cut at the side where the other goes on, and do they meet? */
  #facing(i: number, k: number, axis: 0 | 1): boolean {
    const [before, behind] = axis === 0 ? [LEFT, RIGHT] : [TOP, BOTTOM];
    const [first, second] = this.#start(i, axis) <= this.#start(k, axis) ? [i, k] : [k, i];
    if (((this.#cut[first] as number) & behind) === 0 || ((this.#cut[second] as number) & before) === 0) return false;
    const slack = (this.#slack[first * 2 + axis] as number) + (this.#slack[second * 2 + axis] as number);
    return this.#end(first, axis) + slack >= this.#start(second, axis);
  }

  #besides(i: number, k: number, axis: 0 | 1): boolean {
    const shared =
      Math.min(this.#end(i, axis), this.#end(k, axis)) - Math.max(this.#start(i, axis), this.#start(k, axis));
    const smaller = Math.min(this.#boxes[i * 4 + 2 + axis] as number, this.#boxes[k * 4 + 2 + axis] as number);
    return shared > besides * smaller;
  }

  #start(i: number, axis: 0 | 1): number {
    return this.#boxes[i * 4 + axis] as number;
  }

  #end(i: number, axis: 0 | 1): number {
    return (this.#boxes[i * 4 + axis] as number) + (this.#boxes[i * 4 + 2 + axis] as number);
  }

  /** Box `i` becomes both; it stays cut where the part that reaches farthest is. */
  #join(i: number, k: number): void {
    let cut = 0;
    for (const axis of [0, 1] as const) {
      const [before, behind] = axis === 0 ? [LEFT, RIGHT] : [TOP, BOTTOM];
      const start = Math.min(this.#start(i, axis), this.#start(k, axis));
      const end = Math.max(this.#end(i, axis), this.#end(k, axis));
      for (const part of [i, k]) {
        const sides = this.#cut[part] as number;
        const slack = this.#slack[part * 2 + axis] as number;
        if (this.#start(part, axis) <= start + slack) cut |= sides & before;
        if (this.#end(part, axis) >= end - slack) cut |= sides & behind;
      }
      this.#boxes[i * 4 + axis] = start;
      this.#boxes[i * 4 + 2 + axis] = end - start;
    }
    if (this.#score(k) > this.#score(i)) this.#classes[i] = this.#classes[k] as number;
    this.#scores[i] = Math.max(this.#score(i), this.#score(k));
    this.#cut[i] = cut;
    this.#view[i] = ofMany;
  }
}
