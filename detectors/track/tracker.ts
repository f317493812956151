/**
 * Joins the boxes of successive pictures into tracks, in two passes: sure detections first, then doubtful ones for the
 * tracks that are still alone, so that a half-hidden vehicle keeps its track (ByteTrack: Zhang et al., ECCV 2022).
 * Overlap alone fails for fast or small things, so the distance from the predicted centre counts too.
 * The same detections always give the same tracks.
 */
import { iou } from "../../core/geometry/box.ts";
import { vehicleClasses } from "../../core/traffic/vehicle-class.ts";
import type { Detections } from "../inference/detector.ts";
import { Assignment, forbidden } from "./assignment.ts";
import { classGroup, onFoot } from "./class-group.ts";
import { KalmanBank } from "./kalman-bank.ts";
import { mergeDetections } from "./merge-detections.ts";

export interface TrackerSettings {
  /** Detections from here up take part in the first pass. */
  readonly sure_score: number;
  /** Below this a detection is ignored. */
  readonly least_score: number;
  /** A new track needs a detection this good. */
  readonly birth_score: number;
  /** Matches before a track is believed. */
  readonly proving_hits: number;
  /** A believed track may be out of sight this long, an unproved one shorter. */
  readonly lost_s: number;
  readonly unproved_lost_s: number;
}

export const defaultTrackerSettings: TrackerSettings = {
  sure_score: 0.4,
  least_score: 0.15,
  birth_score: 0.4,
  proving_hits: 3,
  lost_s: 1,
  unproved_lost_s: 0.2,
};

/** More road users than this in one picture are not followed. */
export const trackCapacity = 256;

/** Two degrees of freedom, 99.9 %. */
const gate2 = 13.8;
const trusty_iou = 0.3;

export class Tracker {
  readonly #settings: TrackerSettings;
  readonly #kalman = new KalmanBank(trackCapacity);
  readonly #assignment = new Assignment(trackCapacity);
  readonly #keep = new Uint8Array(trackCapacity);
  readonly #taken = new Uint8Array(trackCapacity);
  readonly #votes = new Float32Array(trackCapacity * vehicleClasses.length);
  readonly #lastSeen_s = new Float64Array(trackCapacity);
  readonly #hits = new Uint32Array(trackCapacity);
  readonly #rows = new Int32Array(trackCapacity);
  readonly #columns = new Int32Array(trackCapacity);
  #lastTime_s = Number.NaN;
  #nextId = 1;

  /** Slot -> track id, 0 when free. Slots are reused; ids are not. */
  readonly ids = new Uint32Array(trackCapacity);
  /** Slot -> 1 when matched in the newest picture. */
  readonly seen = new Uint8Array(trackCapacity);
  /** Slot -> x, y, w, h of the filtered box. */
  readonly boxes = new Float32Array(trackCapacity * 4);
  /** Ids of tracks that ended with the newest update, `endedCount` of them, with the slot each one had. */
  readonly endedIds = new Uint32Array(trackCapacity);
  readonly endedSlots = new Int32Array(trackCapacity);
  endedCount = 0;

  constructor(settings: TrackerSettings = defaultTrackerSettings) {
    this.#settings = settings;
  }

  /** Enough matches to be more than a flicker of the detector. */
  proved(slot: number): boolean {
    return (this.#hits[slot] ?? 0) >= this.#settings.proving_hits;
  }

  /** The class with the most score over the track's life, as an index into `vehicleClasses`. */
  classOf(slot: number): number {
    const first = slot * vehicleClasses.length;
    let best = 0;
    for (let c = 1; c < vehicleClasses.length; c += 1) {
      if ((this.#votes[first + c] ?? 0) > (this.#votes[first + best] ?? 0)) best = c;
    }
    return best;
  }

  update(detections: Detections, time_s: number): void {
    this.endedCount = 0;
    const count = Math.min(detections.count, trackCapacity);
    mergeDetections(detections, this.#keep);
    this.#taken.fill(0, 0, count);
    this.#predict(time_s);
    this.#match(detections, count, this.#settings.sure_score, Number.POSITIVE_INFINITY, time_s);
    this.#match(detections, count, this.#settings.least_score, this.#settings.sure_score, time_s);
    this.#end(time_s);
    this.#begin(detections, count, time_s);
  }

  /** A new epoch: every track ends, none continues across. */
  reset(): void {
    this.endedCount = 0;
    for (let slot = 0; slot < trackCapacity; slot += 1) if (this.ids[slot] !== 0) this.#free(slot);
    this.#lastTime_s = Number.NaN;
  }

  #predict(time_s: number): void {
    const dt_s = Number.isNaN(this.#lastTime_s) ? 0 : Math.max(0, time_s - this.#lastTime_s);
    this.#lastTime_s = time_s;
    for (let slot = 0; slot < trackCapacity; slot += 1) {
      if (this.ids[slot] === 0) continue;
      this.seen[slot] = 0;
      this.#kalman.predict(slot, dt_s);
      this.#kalman.writeBox(slot, this.boxes, slot * 4);
    }
  }

  #match(detections: Detections, count: number, from: number, below: number, time_s: number): void {
    let rows = 0;
    for (let slot = 0; slot < trackCapacity; slot += 1) {
      if (this.ids[slot] !== 0 && this.seen[slot] === 0) this.#rows[rows++] = slot;
    }
    let columns = 0;
    for (let i = 0; i < count; i += 1) {
      const score = detections.scores[i] ?? 0;
      if (this.#keep[i] === 1 && this.#taken[i] === 0 && score >= from && score < below) this.#columns[columns++] = i;
    }
    if (rows === 0 || columns === 0) return;
    for (let r = 0; r < rows; r += 1) {
      for (let c = 0; c < columns; c += 1) {
        this.#assignment.set(r, c, this.#cost(this.#rows[r] ?? 0, detections, this.#columns[c] ?? 0));
      }
    }
    this.#assignment.solve(rows, columns);
    for (let r = 0; r < rows; r += 1) {
      const column = this.#assignment.columnOf[r] ?? -1;
      if (column >= 0) this.#see(this.#rows[r] ?? 0, detections, this.#columns[column] ?? 0, time_s);
    }
  }

  #cost(slot: number, detections: Detections, i: number): number {
    const { boxes, classes } = detections;
    const group = classGroup(this.classOf(slot));
    const other = classGroup(classes[i] ?? 0);
    const mismatch = group !== other;
    if (mismatch && (group === onFoot || other === onFoot) && (group === 0 || other === 0)) return forbidden;
    const overlap = iou(this.boxes, slot * 4, boxes, i * 4);
    const distance2 = this.#kalman.distance2(slot, boxes, i * 4);
    const near = distance2 < gate2 && similarSize(this.boxes, slot * 4, boxes, i * 4);
    if (!near && overlap < trusty_iou) return forbidden;
    return 1 - overlap + 0.5 * Math.min(1, distance2 / gate2) + (mismatch ? 0.3 : 0);
  }

  #see(slot: number, detections: Detections, i: number, time_s: number): void {
    this.#taken[i] = 1;
    this.seen[slot] = 1;
    this.#hits[slot] = (this.#hits[slot] ?? 0) + 1;
    this.#lastSeen_s[slot] = time_s;
    this.#vote(slot, detections, i);
    this.#kalman.correct(slot, detections.boxes, i * 4);
    this.#kalman.writeBox(slot, this.boxes, slot * 4);
  }

  #vote(slot: number, detections: Detections, i: number): void {
    const at = slot * vehicleClasses.length + (detections.classes[i] ?? 0);
    this.#votes[at] = (this.#votes[at] ?? 0) + (detections.scores[i] ?? 0);
  }

  #end(time_s: number): void {
    for (let slot = 0; slot < trackCapacity; slot += 1) {
      if (this.ids[slot] === 0 || this.seen[slot] === 1) continue;
      const limit_s = this.proved(slot) ? this.#settings.lost_s : this.#settings.unproved_lost_s;
      if (time_s - (this.#lastSeen_s[slot] ?? 0) > limit_s) this.#free(slot);
    }
  }

  #free(slot: number): void {
    this.endedIds[this.endedCount] = this.ids[slot] ?? 0;
    this.endedSlots[this.endedCount] = slot;
    this.endedCount += 1;
    this.ids[slot] = 0;
    this.seen[slot] = 0;
  }

  #begin(detections: Detections, count: number, time_s: number): void {
    let slot = 0;
    for (let i = 0; i < count; i += 1) {
      if (this.#keep[i] === 0 || this.#taken[i] === 1) continue;
      if ((detections.scores[i] ?? 0) < this.#settings.birth_score || this.#followed(detections, i)) continue;
      while (slot < trackCapacity && (this.ids[slot] !== 0 || this.#endedNow(slot))) slot += 1;
      if (slot === trackCapacity) return;
      this.ids[slot] = this.#nextId++;
      this.seen[slot] = 1;
      this.#hits[slot] = 1;
      this.#lastSeen_s[slot] = time_s;
      this.#votes.fill(0, slot * vehicleClasses.length, (slot + 1) * vehicleClasses.length);
      this.#vote(slot, detections, i);
      this.#kalman.begin(slot, detections.boxes, i * 4);
      this.#kalman.writeBox(slot, this.boxes, slot * 4);
    }
  }

  /** A second box on a vehicle that is followed already must not start a second track. */
  #followed(detections: Detections, i: number): boolean {
    const group = classGroup(detections.classes[i] ?? 0);
    for (let slot = 0; slot < trackCapacity; slot += 1) {
      if (this.ids[slot] === 0 || this.seen[slot] === 0 || classGroup(this.classOf(slot)) !== group) continue;
      if (iou(this.boxes, slot * 4, detections.boxes, i * 4) > 0.5) return true;
    }
    return false;
  }

  /** What ended in this update is still being read by others under its slot. */
  #endedNow(slot: number): boolean {
    for (let e = 0; e < this.endedCount; e += 1) if (this.endedSlots[e] === slot) return true;
    return false;
  }
}

function similarSize(a: Float32Array, ai: number, b: Float32Array, bi: number): boolean {
  const ratio = ((a[ai + 2] ?? 0) * (a[ai + 3] ?? 0)) / Math.max(1, (b[bi + 2] ?? 0) * (b[bi + 3] ?? 0));
  return ratio > 0.35 && ratio < 2.9;
}
