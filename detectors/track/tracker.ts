/**
 * Joins the boxes of successive pictures into tracks, in two passes: sure detections first, then doubtful ones for the
 * tracks that are still alone, so that a half-hidden vehicle keeps its track (ByteTrack: Zhang et al., ECCV 2022).
 * Overlap alone fails for fast or small things, so the distance from the predicted centre counts too.
 * The same detections always give the same tracks.
 */
import { area, intersectionArea, iou } from "../../core/geometry/box.ts";
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
  /** Matches before a track is believed: fewer when one of them was sure, more when only its motion speaks for it. */
  readonly sure_hits: number;
  readonly moving_hits: number;
  /** How far a track without a sure detection must have moved, in box sizes: road markings and poles never do. */
  readonly moving_sizes: number;
  /** A believed track may be out of sight this long, an unproved one shorter. */
  readonly lost_s: number;
  readonly unproved_lost_s: number;
}

export const defaultTrackerSettings: TrackerSettings = {
  sure_score: 0.4,
  least_score: 0.15,
  birth_score: 0.3,
  sure_hits: 3,
  moving_hits: 6,
  moving_sizes: 0.75,
  lost_s: 1,
  unproved_lost_s: 0.2,
};

/** More road users than this in one picture are not followed. */
export const trackCapacity = 256;

/** Two degrees of freedom, 99.9 %. */
const gate2 = 13.8;
const trusty_iou = 0.3;
const shadowRatio = 3;
const sureShadow = 0.65;
const doubtfulShadow = 0.4;

export class Tracker {
  readonly #settings: TrackerSettings;
  readonly #kalman = new KalmanBank(trackCapacity);
  readonly #assignment = new Assignment(trackCapacity);
  readonly #keep = new Uint8Array(trackCapacity);
  readonly #taken = new Uint8Array(trackCapacity);
  readonly #votes = new Float32Array(trackCapacity * vehicleClasses.length);
  readonly #lastSeen_s = new Float64Array(trackCapacity);
  readonly #hits = new Uint32Array(trackCapacity);
  readonly #evidence = new Float32Array(trackCapacity);
  readonly #best = new Float32Array(trackCapacity);
  /** Matches during which a surer track of the same group covered this one: a part or a cluster, not another vehicle. */
  readonly #shadowed = new Uint32Array(trackCapacity);
  readonly #beganX = new Float32Array(trackCapacity);
  readonly #beganY = new Float32Array(trackCapacity);
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

  /** More than a flicker of the detector: seen surely a few times, or seen often and moving like a vehicle. */
  proved(slot: number): boolean {
    const hits = this.#hits[slot] ?? 0;
    const { sure_score, sure_hits, moving_hits, moving_sizes } = this.#settings;
    if ((this.#shadowed[slot] ?? 0) * 2 > hits) return false;
    if (hits >= sure_hits && (this.#best[slot] ?? 0) >= sure_score) return true;
    return hits >= moving_hits && this.#moved(slot) >= moving_sizes;
  }

  /** Pixels per second. */
  speedX(slot: number): number {
    return this.#kalman.speed(slot, 0);
  }

  speedY(slot: number): number {
    return this.#kalman.speed(slot, 1);
  }

  /** Distance from where the track began, in its present box sizes. */
  #moved(slot: number): number {
    const dx = this.#kalman.value(slot, 0) - (this.#beganX[slot] ?? 0);
    const dy = this.#kalman.value(slot, 1) - (this.#beganY[slot] ?? 0);
    return Math.hypot(dx, dy) / Math.sqrt(Math.max(1, this.#kalman.value(slot, 2) * this.#kalman.value(slot, 3)));
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

  /** `width` and `height` are those of the picture the detections came from. */
  update(detections: Detections, width: number, height: number, time_s: number): void {
    this.endedCount = 0;
    const count = Math.min(detections.count, trackCapacity);
    mergeDetections(detections, width * height, this.#keep);
    this.#taken.fill(0, 0, count);
    this.#predict(time_s);
    this.#match(detections, count, this.#settings.sure_score, Number.POSITIVE_INFINITY, time_s);
    this.#match(detections, count, this.#settings.least_score, this.#settings.sure_score, time_s);
    this.#end(width, height, time_s);
    this.#begin(detections, count, time_s);
    this.#shadow();
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
    const near = distance2 < gate2 && this.#reachable(slot, boxes, i * 4);
    if (!near && overlap < trusty_iou) return forbidden;
    return 1 - overlap + 0.5 * Math.min(1, distance2 / gate2) + (mismatch ? 0.3 : 0);
  }

  /** The filter grows unsure of a hidden track; it still must not jump to the next vehicle in the queue. */
  #reachable(slot: number, boxes: Float32Array, at: number): boolean {
    const dx = (boxes[at] ?? 0) + (boxes[at + 2] ?? 0) / 2 - this.#kalman.value(slot, 0);
    const dy = (boxes[at + 1] ?? 0) + (boxes[at + 3] ?? 0) / 2 - this.#kalman.value(slot, 1);
    const own = area(this.boxes, slot * 4);
    const other = area(boxes, at);
    const ratio = own / Math.max(1, other);
    const reach = (this.#hits[slot] ?? 0) < 3 ? 1.5 : 0.6;
    return ratio > 0.35 && ratio < 2.9 && dx * dx + dy * dy < reach * reach * Math.min(own, other);
  }

  #see(slot: number, detections: Detections, i: number, time_s: number): void {
    this.#taken[i] = 1;
    this.seen[slot] = 1;
    this.#hits[slot] = (this.#hits[slot] ?? 0) + 1;
    this.#best[slot] = Math.max(this.#best[slot] ?? 0, detections.scores[i] ?? 0);
    this.#lastSeen_s[slot] = time_s;
    this.#vote(slot, detections, i);
    this.#kalman.correct(slot, detections.boxes, i * 4);
    this.#kalman.writeBox(slot, this.boxes, slot * 4);
  }

  #vote(slot: number, detections: Detections, i: number): void {
    const at = slot * vehicleClasses.length + (detections.classes[i] ?? 0);
    this.#evidence[slot] = (this.#evidence[slot] ?? 0) + (detections.scores[i] ?? 0);
    this.#votes[at] = (this.#votes[at] ?? 0) + (detections.scores[i] ?? 0);
  }

  #shadow(): void {
    for (let slot = 0; slot < trackCapacity; slot += 1) {
      if (this.ids[slot] === 0 || this.seen[slot] === 0) continue;
      const share = (this.#best[slot] ?? 0) >= this.#settings.sure_score ? sureShadow : doubtfulShadow;
      if (this.#covered(slot, share)) this.#shadowed[slot] = (this.#shadowed[slot] ?? 0) + 1;
    }
  }

  #covered(slot: number, share: number): boolean {
    const group = classGroup(this.classOf(slot));
    for (let other = 0; other < trackCapacity; other += 1) {
      if (other === slot || this.ids[other] === 0 || this.seen[other] === 0) continue;
      if ((this.#evidence[other] ?? 0) <= (this.#evidence[slot] ?? 0) || classGroup(this.classOf(other)) !== group) continue;
      const own = area(this.boxes, slot * 4);
      const their = area(this.boxes, other * 4);
      const smaller = Math.min(own, their);
      if (Math.max(own, their) > shadowRatio * smaller) continue;
      if (intersectionArea(this.boxes, slot * 4, this.boxes, other * 4) > share * smaller) return true;
    }
    return false;
  }

  #end(width: number, height: number, time_s: number): void {
    for (let slot = 0; slot < trackCapacity; slot += 1) {
      if (this.ids[slot] === 0 || this.seen[slot] === 1) continue;
      const limit_s = this.proved(slot) ? this.#settings.lost_s : this.#settings.unproved_lost_s;
      const x = this.#kalman.value(slot, 0);
      const y = this.#kalman.value(slot, 1);
      const left = x < 0 || y < 0 || x > width || y > height;
      if (left || time_s - (this.#lastSeen_s[slot] ?? 0) > limit_s) this.#free(slot);
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
      this.#shadowed[slot] = 0;
      this.#evidence[slot] = 0;
      this.#best[slot] = detections.scores[i] ?? 0;
      this.#lastSeen_s[slot] = time_s;
      this.#votes.fill(0, slot * vehicleClasses.length, (slot + 1) * vehicleClasses.length);
      this.#vote(slot, detections, i);
      this.#kalman.begin(slot, detections.boxes, i * 4);
      this.#beganX[slot] = this.#kalman.value(slot, 0);
      this.#beganY[slot] = this.#kalman.value(slot, 1);
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
