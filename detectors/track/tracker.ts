/**
 * Joins the boxes of successive pictures into tracks, in two passes: sure detections first, then doubtful ones for the
 * tracks that are still alone, so that a half-hidden vehicle keeps its track (ByteTrack: Zhang et al., ECCV 2022).
 * Overlap alone fails for fast or small things, so the distance from the predicted centre counts too.
 * The same detections always give the same tracks.
 */
import { area, iou } from "../../core/geometry/box.ts";
import type { Detections } from "../inference/detector.ts";
import { Assignment, forbidden } from "./assignment.ts";
import { classGroup, fourWheels, onFoot } from "./class-group.ts";
import { KalmanBank } from "./kalman-bank.ts";
import { mergeDetections } from "./merge-detections.ts";
import { type BeliefSettings, TrackBelief } from "./track-belief.ts";

export interface TrackerSettings extends BeliefSettings {
  /** Below this a detection is ignored. */
  readonly least_score: number;
  /** A new track needs a detection this good. Low: whether it is believed is decided later, by what follows. */
  readonly birth_score: number;
  /** A believed track may be out of sight this long, another one shorter. */
  readonly lost_s: number;
  readonly unproved_lost_s: number;
}

export const defaultTrackerSettings: TrackerSettings = {
  sure_score: 0.45,
  least_score: 0.15,
  birth_score: 0.2,
  sure_hits: 3,
  moving_hits: 6,
  moving_sizes: 0.75,
  lost_s: 1,
  unproved_lost_s: 0.2,
};

/** More road users than this in one picture are not followed. */
export const trackCapacity = 256;

/** Squared distance from the predicted centre in standard deviations: two degrees of freedom, 99.9 %. */
const gate2 = 13.8;
/** Farther than this, in box sizes, no track reaches, however unsure it is; a new one has no known speed yet. */
const reachOfKnown = 0.6;
const reachOfNew = 1.5;
const hitsToKnow = 3;
/** Area ratios beyond this do not happen between two sightings. */
const sizeRatio = 2.9;
/** Overlap that makes a pair whatever the distance of the centres: half a vehicle vanished behind another. */
const trustyIou = 0.3;
/** A detection that overlaps a followed vehicle like this starts no track of its own. */
const sameVehicleIou = 0.5;
/** A track younger than this, where another one should be, is the other one's second box. */
const doubleIou = 0.3;
const doubleAge_s = 0.7;
const handover_s = 0.2;

export class Tracker {
  readonly #settings: TrackerSettings;
  readonly #belief: TrackBelief;
  readonly #kalman = new KalmanBank(trackCapacity);
  readonly #assignment = new Assignment(trackCapacity);
  readonly #keep = new Uint8Array(trackCapacity);
  readonly #taken = new Uint8Array(trackCapacity);
  readonly #began_s = new Float64Array(trackCapacity);
  readonly #lastSeen_s = new Float64Array(trackCapacity);
  readonly #rows = new Int32Array(trackCapacity);
  readonly #columns = new Int32Array(trackCapacity);
  #lastTime_s = Number.NaN;
  #nextId = 1;

  /** Slot -> track id, 0 when free. Slots are reused; ids are not. */
  readonly ids = new Uint32Array(trackCapacity);
  /** Slot -> 1 when matched in the newest picture. */
  readonly seen = new Uint8Array(trackCapacity);
  /** Slot -> position of the detection it was matched with in the newest picture; only of a slot that was seen in it. */
  readonly detection = new Int32Array(trackCapacity);
  /** Slot -> x, y, w, h of the filtered box. */
  readonly boxes = new Float32Array(trackCapacity * 4);

  constructor(settings: TrackerSettings = defaultTrackerSettings) {
    this.#settings = settings;
    this.#belief = new TrackBelief(trackCapacity, settings);
  }

  /** Is this one real road user, by all that was seen of it? */
  proved(slot: number): boolean {
    return this.#belief.proved(slot, this.boxes);
  }

  /** By vote over the track's life; an index into `vehicleClasses`. */
  classOf(slot: number): number {
    return this.#belief.classOf(slot);
  }

  /** Pixels per second. */
  speedX(slot: number): number {
    return this.#kalman.speed(slot, 0);
  }

  speedY(slot: number): number {
    return this.#kalman.speed(slot, 1);
  }

  /** `width` and `height` are those of the picture the detections came from. */
  update(detections: Detections, width: number, height: number, time_s: number): void {
    const { sure_score, least_score } = this.#settings;
    const count = Math.min(detections.count, trackCapacity);
    mergeDetections(detections, width * height, this.#keep);
    this.#taken.fill(0, 0, count);
    this.#predict(time_s);
    this.#match(detections, count, sure_score, Number.POSITIVE_INFINITY, time_s);
    this.#match(detections, count, least_score, sure_score, time_s);
    this.#takeBack(detections, time_s);
    this.#end(width, height, time_s);
    this.#begin(detections, count, time_s);
    this.#belief.castShadows(this.ids, this.seen, this.boxes);
  }

  /** A new epoch: every track ends, none continues across. */
  reset(): void {
    this.ids.fill(0);
    this.seen.fill(0);
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
    const rows = this.#lonelyTracks();
    const columns = this.#freeDetections(detections, count, from, below);
    for (let r = 0; r < rows; r += 1) {
      const slot = this.#rows[r] ?? 0;
      const group = classGroup(this.classOf(slot));
      for (let c = 0; c < columns; c += 1) {
        this.#assignment.set(r, c, this.#cost(slot, group, detections, this.#columns[c] ?? 0));
      }
    }
    this.#assignment.solve(rows, columns);
    for (let r = 0; r < rows; r += 1) {
      const column = this.#assignment.columnOf[r] ?? -1;
      if (column >= 0) this.#see(this.#rows[r] ?? 0, detections, this.#columns[column] ?? 0, time_s);
    }
  }

  #lonelyTracks(): number {
    let rows = 0;
    for (let slot = 0; slot < trackCapacity; slot += 1) {
      if (this.ids[slot] !== 0 && this.seen[slot] === 0) this.#rows[rows++] = slot;
    }
    return rows;
  }

  #freeDetections(detections: Detections, count: number, from: number, below: number): number {
    let columns = 0;
    for (let i = 0; i < count; i += 1) {
      const score = detections.scores[i] ?? 0;
      if (this.#keep[i] === 1 && this.#taken[i] === 0 && score >= from && score < below) this.#columns[columns++] = i;
    }
    return columns;
  }

  /**
   * A second box on a vehicle may have started a second track; when the first then loses sight of the vehicle to the
   * second, it takes it back, or its path would end where the other's begins.
   */
  #takeBack(detections: Detections, time_s: number): void {
    for (let slot = 0; slot < trackCapacity; slot += 1) {
      if (this.ids[slot] === 0 || this.seen[slot] === 1 || !this.proved(slot)) continue;
      if (time_s - (this.#lastSeen_s[slot] ?? 0) > handover_s) continue;
      const double = this.#doubleOf(slot, time_s);
      if (double < 0) continue;
      this.#see(slot, detections, this.detection[double] ?? 0, time_s);
      this.ids[double] = 0;
    }
  }

  /** The young track that stands where an older one should be, or -1. */
  #doubleOf(slot: number, time_s: number): number {
    const group = classGroup(this.classOf(slot));
    let best = -1;
    let most = doubleIou;
    for (let other = 0; other < trackCapacity; other += 1) {
      const young = this.seen[other] === 1 && time_s - (this.#began_s[other] ?? 0) < doubleAge_s;
      if (this.ids[other] === 0 || !young || classGroup(this.classOf(other)) !== group) continue;
      const overlap = iou(this.boxes, slot * 4, this.boxes, other * 4);
      if (overlap > most) {
        best = other;
        most = overlap;
      }
    }
    return best;
  }

  /** `group`: of the track. What rules most pairs out is asked first. */
  #cost(slot: number, group: number, { boxes, classes }: Detections, i: number): number {
    const other = classGroup(classes[i] ?? 0);
    // A rider may be seen now as a person, now as a motorcycle; a person never turns into a car.
    if (Math.min(group, other) === fourWheels && Math.max(group, other) === onFoot) return forbidden;
    const reached = this.#reaches(slot, boxes, i * 4);
    const overlap = iou(this.boxes, slot * 4, boxes, i * 4);
    if (!reached && overlap < trustyIou) return forbidden;
    const distance2 = this.#kalman.distance2(slot, boxes, i * 4);
    if (distance2 >= gate2 && overlap < trustyIou) return forbidden;
    return 1 - overlap + 0.5 * Math.min(1, distance2 / gate2) + (group === other ? 0 : 0.3);
  }

  /** The filter grows unsure of a hidden track; it still must not jump to the next vehicle in the queue. */
  #reaches(slot: number, boxes: Float32Array, at: number): boolean {
    const own = area(this.boxes, slot * 4);
    const other = area(boxes, at);
    if (Math.max(own, other) > sizeRatio * Math.min(own, other)) return false;
    const dx = (boxes[at] ?? 0) + (boxes[at + 2] ?? 0) / 2 - this.#kalman.value(slot, 0);
    const dy = (boxes[at + 1] ?? 0) + (boxes[at + 3] ?? 0) / 2 - this.#kalman.value(slot, 1);
    const reach = this.#belief.hits(slot) < hitsToKnow ? reachOfNew : reachOfKnown;
    return dx * dx + dy * dy < reach * reach * Math.min(own, other);
  }

  #see(slot: number, detections: Detections, i: number, time_s: number): void {
    this.#taken[i] = 1;
    this.detection[slot] = i;
    this.seen[slot] = 1;
    this.#lastSeen_s[slot] = time_s;
    this.#belief.hit(slot, detections.scores[i] ?? 0, detections.classes[i] ?? 0);
    this.#kalman.correct(slot, detections.boxes, i * 4);
    this.#kalman.writeBox(slot, this.boxes, slot * 4);
  }

  /** Ends what was out of sight for too long or has left the picture. */
  #end(width: number, height: number, time_s: number): void {
    for (let slot = 0; slot < trackCapacity; slot += 1) {
      if (this.ids[slot] === 0 || this.seen[slot] === 1) continue;
      const limit_s = this.proved(slot) ? this.#settings.lost_s : this.#settings.unproved_lost_s;
      const x = this.#kalman.value(slot, 0);
      const y = this.#kalman.value(slot, 1);
      const left = x < 0 || y < 0 || x > width || y > height;
      if (left || time_s - (this.#lastSeen_s[slot] ?? 0) > limit_s) this.ids[slot] = 0;
    }
  }

  #begin(detections: Detections, count: number, time_s: number): void {
    let slot = 0;
    for (let i = 0; i < count; i += 1) {
      if (this.#keep[i] === 0 || this.#taken[i] === 1) continue;
      if ((detections.scores[i] ?? 0) < this.#settings.birth_score || this.#isFollowed(detections, i)) continue;
      while (slot < trackCapacity && this.ids[slot] !== 0) slot += 1;
      if (slot === trackCapacity) return;
      this.ids[slot] = this.#nextId++;
      this.#kalman.begin(slot, detections.boxes, i * 4);
      this.#kalman.writeBox(slot, this.boxes, slot * 4);
      this.#belief.begin(slot, this.boxes);
      this.#belief.hit(slot, detections.scores[i] ?? 0, detections.classes[i] ?? 0);
      this.#began_s[slot] = time_s;
      this.#lastSeen_s[slot] = time_s;
      this.seen[slot] = 1;
    }
  }

  #isFollowed({ boxes, classes }: Detections, i: number): boolean {
    const group = classGroup(classes[i] ?? 0);
    for (let slot = 0; slot < trackCapacity; slot += 1) {
      if (this.ids[slot] === 0 || this.seen[slot] === 0 || classGroup(this.classOf(slot)) !== group) continue;
      if (iou(this.boxes, slot * 4, boxes, i * 4) > sameVehicleIou) return true;
    }
    return false;
  }
}
