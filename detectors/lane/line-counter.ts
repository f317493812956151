/**
 * When does a track cross a counting line? When the path of its box centre has met the line and the track has settled on
 * the other side: farther from the line than boxes wobble. A stopped car that trembles on the line is not a stream of cars.
 */
import { type DirectedLine, pathMeetsLine, positionAlong, signedDistance } from "../../core/geometry/segment.ts";
import { classGroup } from "../track/class-group.ts";
import { type Tracker, trackCapacity } from "../track/tracker.ts";
import { RecentCrossings } from "./recent-crossings.ts";
import { Turns } from "./turns.ts";

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
  readonly #along_px: Float64Array;
  readonly #done: Uint8Array;
  readonly #turns: Turns;
  readonly #recent: readonly RecentCrossings[];

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
    this.#along_px = new Float64Array(cells);
    this.#done = new Uint8Array(cells);
    this.#turns = new Turns(cells);
    this.#recent = lines.map(() => new RecentCrossings());
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
      if (this.#track[slot] === id) this.#step(tracker, slot, x, y, time_s, margin, report);
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
      this.#turns.begin(cell, distance);
    }
  }

  #step(
    tracker: Tracker,
    slot: number,
    x: number,
    y: number,
    time_s: number,
    margin: number,
    report: (crossing: LineCrossing) => void,
  ): void {
    const proved = tracker.proved(slot);
    for (let line = 0; line < this.#lines.length; line += 1) {
      const cell = slot * this.#lines.length + line;
      const directed = this.#lines[line] as DirectedLine;
      this.#meet(directed, slot, cell, x, y, time_s);
      const distance = signedDistance(directed, x, y);
      this.#turns.go(cell, distance);
      if (!proved || Math.abs(distance) < margin) continue;
      if (this.#turns.doubtful(cell, distance, lengthAcross(directed, tracker, slot))) continue;
      if (!this.#settles(cell, distance, margin)) continue;
      const t_s = this.#met_s[cell] ?? 0;
      this.#met_s[cell] = Number.NaN;
      if (this.#repeats(tracker, slot, line, cell, t_s, Math.sign(distance))) continue;
      report({ line, track: this.#track[slot] ?? 0, slot, direction: distance > 0 ? "forward" : "backward", t_s });
    }
  }

  /** Notes when and where the step to (x, y) met the line, if it did. */
  #meet(directed: DirectedLine, slot: number, cell: number, x: number, y: number, time_s: number): void {
    const fromX = this.#x[slot] ?? 0;
    const fromY = this.#y[slot] ?? 0;
    const share = pathMeetsLine(directed, fromX, fromY, x, y);
    if (Number.isNaN(share)) return;
    const from_s = this.#t_s[slot] ?? 0;
    this.#met_s[cell] = from_s + (time_s - from_s) * share;
    const along = positionAlong(directed, fromX + (x - fromX) * share, fromY + (y - fromY) * share);
    this.#along_px[cell] = along * directed.length;
  }

  /** The track is surely on one side now: did it get there across the line, and for the first time in this direction? */
  #settles(cell: number, distance: number, margin: number): boolean {
    const side = Math.sign(distance);
    const before = this.#side[cell] ?? 0;
    this.#side[cell] = side;
    // A track born beside the line has no settled side: it must have come from the other one and moved clearly.
    const origin = this.#origin[cell] ?? 0;
    const came = before === 0 ? origin * side < 0 && Math.abs(distance - origin) >= 1.5 * margin : before !== side;
    const bit = side > 0 ? wentForward : wentBackward;
    const done = this.#done[cell] ?? 0;
    if (!came || Number.isNaN(this.#met_s[cell] ?? Number.NaN) || (done & bit) !== 0) {
      this.#met_s[cell] = Number.NaN;
      return false;
    }
    this.#done[cell] = done | bit;
    return true;
  }

  /** Did another track of the same vehicle just report this crossing? */
  #repeats(tracker: Tracker, slot: number, line: number, cell: number, t_s: number, side: number): boolean {
    const directed = this.#lines[line] as DirectedLine;
    const { nx, ny } = directed;
    const along = Math.abs(ny) * (tracker.boxes[slot * 4 + 2] ?? 0) + Math.abs(nx) * (tracker.boxes[slot * 4 + 3] ?? 0);
    const across = lengthAcross(directed, tracker, slot);
    const speed = Math.abs(tracker.speedX(slot) * nx + tracker.speedY(slot) * ny);
    const kind = (classGroup(tracker.classOf(slot)) + 1) * side;
    return this.#recent[line]?.repeats(t_s, this.#along_px[cell] ?? 0, along, across, speed, kind) ?? false;
  }
}

/** How far the slot's box reaches across a line, in pixels. */
const lengthAcross = ({ nx, ny }: DirectedLine, { boxes }: Tracker, slot: number): number =>
  Math.abs(nx) * (boxes[slot * 4 + 2] ?? 0) + Math.abs(ny) * (boxes[slot * 4 + 3] ?? 0);
