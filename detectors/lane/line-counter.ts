/**
 * When does a track cross a counting line? When the path of its box centre has met the line and the track has settled on
 * the other side: farther from the line than boxes wobble. A stopped car that trembles on the line is not a stream of cars.
 */
import { type DirectedLine, pathMeetsLine, signedDistance } from "../../core/geometry/segment.ts";
import { trackCapacity, type Tracker } from "../track/tracker.ts";

export interface LineCrossing {
  /** Index of the line. */
  readonly line: number;
  readonly track: number;
  /** Slot the track had, to ask the tracker for its class. */
  readonly slot: number;
  readonly direction: "forward" | "backward";
  /** When the centre was on the line, between two pictures. */
  readonly t_s: number;
}

/** Settled means this share of the box size beyond the line, and never less than two pixels. */
const settledShare = 0.1;
const settledLeast_px = 2;

/** Bits of what a track already did at a line: each direction counts once. */
const wentForward = 1;
const wentBackward = 2;

export class LineCounter {
  readonly #lines: readonly DirectedLine[];
  readonly #track: Uint32Array;
  readonly #x: Float64Array;
  readonly #y: Float64Array;
  readonly #t_s: Float64Array;
  /** Per slot and line: -1 or +1 once settled on a side. */
  readonly #side: Int8Array;
  readonly #origin: Float64Array;
  readonly #met_s: Float64Array;
  readonly #done: Uint8Array;

  constructor(lines: readonly DirectedLine[]) {
    const cells = trackCapacity * lines.length;
    this.#lines = lines;
    this.#track = new Uint32Array(trackCapacity);
    this.#x = new Float64Array(trackCapacity);
    this.#y = new Float64Array(trackCapacity);
    this.#t_s = new Float64Array(trackCapacity);
    this.#side = new Int8Array(cells);
    this.#origin = new Float64Array(cells);
    this.#met_s = new Float64Array(cells);
    this.#done = new Uint8Array(cells);
  }

  /** Reads the tracker after each update; reports crossings that became certain, in slot order. */
  observe(tracker: Tracker, time_s: number, report: (crossing: LineCrossing) => void): void {
    for (let slot = 0; slot < trackCapacity; slot += 1) {
      const id = tracker.ids[slot] ?? 0;
      if (id === 0 || tracker.seen[slot] === 0) continue;
      const at = slot * 4;
      const width = tracker.boxes[at + 2] ?? 0;
      const height = tracker.boxes[at + 3] ?? 0;
      const x = (tracker.boxes[at] ?? 0) + width / 2;
      const y = (tracker.boxes[at + 1] ?? 0) + height / 2;
      const margin = Math.max(settledLeast_px, settledShare * Math.sqrt(width * height));
      if (this.#track[slot] === id) this.#step(slot, x, y, time_s, margin, tracker.proved(slot), report);
      else this.#enter(slot, id, x, y, margin);
      this.#x[slot] = x;
      this.#y[slot] = y;
      this.#t_s[slot] = time_s;
    }
  }

  #enter(slot: number, id: number, x: number, y: number, margin: number): void {
    this.#track[slot] = id;
    for (let line = 0; line < this.#lines.length; line += 1) {
      const cell = slot * this.#lines.length + line;
      const distance = signedDistance(this.#lines[line] as DirectedLine, x, y);
      this.#side[cell] = Math.abs(distance) >= margin ? Math.sign(distance) : 0;
      this.#origin[cell] = distance;
      this.#met_s[cell] = Number.NaN;
      this.#done[cell] = 0;
    }
  }

  #step(
    slot: number,
    x: number,
    y: number,
    time_s: number,
    margin: number,
    proved: boolean,
    report: (crossing: LineCrossing) => void,
  ): void {
    const fromX = this.#x[slot] ?? 0;
    const fromY = this.#y[slot] ?? 0;
    const from_s = this.#t_s[slot] ?? 0;
    for (let line = 0; line < this.#lines.length; line += 1) {
      const cell = slot * this.#lines.length + line;
      const directed = this.#lines[line] as DirectedLine;
      const share = pathMeetsLine(directed, fromX, fromY, x, y);
      if (!Number.isNaN(share)) this.#met_s[cell] = from_s + (time_s - from_s) * share;
      const distance = signedDistance(directed, x, y);
      if (proved && Math.abs(distance) >= margin) this.#settle(cell, slot, line, distance, margin, report);
    }
  }

  /** The track is surely on one side now: did it get there across the line? */
  #settle(
    cell: number,
    slot: number,
    line: number,
    distance: number,
    margin: number,
    report: (crossing: LineCrossing) => void,
  ): void {
    const side = Math.sign(distance);
    const before = this.#side[cell] ?? 0;
    const met_s = this.#met_s[cell] ?? Number.NaN;
    if (before === side) {
      this.#met_s[cell] = Number.NaN;
      return;
    }
    this.#side[cell] = side;
    this.#met_s[cell] = Number.NaN;
    // A track born beside the line has no settled side: it must have come from the other one and moved clearly.
    const origin = this.#origin[cell] ?? 0;
    const came = before !== 0 || (origin * side < 0 && Math.abs(distance - origin) >= 1.5 * margin);
    if (Number.isNaN(met_s) || !came) return;
    const bit = side > 0 ? wentForward : wentBackward;
    if (((this.#done[cell] ?? 0) & bit) !== 0) return;
    this.#done[cell] = (this.#done[cell] ?? 0) | bit;
    const direction = side > 0 ? "forward" : "backward";
    report({ line, track: this.#track[slot] ?? 0, slot, direction, t_s: met_s });
  }
}
