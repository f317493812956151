/** What speaks for each track being one real road user, and of which class. */
import { area, intersectionArea } from "../../core/geometry/box.ts";
import { vehicleClasses } from "../../core/traffic/vehicle-class.ts";
import { classGroup } from "./class-group.ts";

export interface BeliefSettings {
  /** A detection from here up is sure. */
  readonly sure_score: number;
  /** Matches before a track is believed: fewer when one of them was sure, more when only its motion speaks for it. */
  readonly sure_hits: number;
  readonly moving_hits: number;
  /** How far a track without a sure detection must have moved, in box sizes: road markings and poles never do. */
  readonly moving_sizes: number;
}

/** A box that shares this much of the smaller one with a better track's is in its shadow. */
const sureShadow = 0.65;
const doubtfulShadow = 0.4;
/** Boxes this unequal are two things: a car before a bus is no part of it. */
const unequal = 3;

export class TrackBelief {
  readonly #settings: BeliefSettings;
  readonly #votes: Float32Array;
  readonly #hits: Uint32Array;
  readonly #best: Float32Array;
  readonly #evidence: Float32Array;
  readonly #shadowed: Uint32Array;
  readonly #beganX: Float32Array;
  readonly #beganY: Float32Array;

  constructor(tracks: number, settings: BeliefSettings) {
    this.#settings = settings;
    this.#votes = new Float32Array(tracks * vehicleClasses.length);
    this.#hits = new Uint32Array(tracks);
    this.#best = new Float32Array(tracks);
    this.#evidence = new Float32Array(tracks);
    this.#shadowed = new Uint32Array(tracks);
    this.#beganX = new Float32Array(tracks);
    this.#beganY = new Float32Array(tracks);
  }

  begin(slot: number, boxes: Float32Array): void {
    this.#votes.fill(0, slot * vehicleClasses.length, (slot + 1) * vehicleClasses.length);
    this.#hits[slot] = 0;
    this.#best[slot] = 0;
    this.#evidence[slot] = 0;
    this.#shadowed[slot] = 0;
    this.#beganX[slot] = centre(boxes, slot, 0);
    this.#beganY[slot] = centre(boxes, slot, 1);
  }

  hit(slot: number, score: number, vehicleClass: number): void {
    const vote = slot * vehicleClasses.length + vehicleClass;
    this.#votes[vote] = (this.#votes[vote] ?? 0) + score;
    this.#hits[slot] = (this.#hits[slot] ?? 0) + 1;
    this.#best[slot] = Math.max(this.#best[slot] ?? 0, score);
    this.#evidence[slot] = (this.#evidence[slot] ?? 0) + score;
  }

  hits(slot: number): number {
    return this.#hits[slot] ?? 0;
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

  /**
   * More than a flicker of the detector: seen surely a few times, or seen often and moving like a vehicle; and not mostly
   * in the shadow of a better track, as a part of a vehicle or a box around two of them is.
   */
  proved(slot: number, boxes: Float32Array): boolean {
    const hits = this.#hits[slot] ?? 0;
    const { sure_score, sure_hits, moving_hits, moving_sizes } = this.#settings;
    if ((this.#shadowed[slot] ?? 0) * 2 > hits) return false;
    if (hits >= sure_hits && (this.#best[slot] ?? 0) >= sure_score) return true;
    return hits >= moving_hits && this.#moved(slot, boxes) >= moving_sizes;
  }

  /** Call once per picture, after all hits: notes which of the seen tracks stand in the shadow of a better one. */
  castShadows(ids: Uint32Array, seen: Uint8Array, boxes: Float32Array): void {
    for (let slot = 0; slot < ids.length; slot += 1) {
      if (ids[slot] !== 0 && seen[slot] === 1 && this.#inShadow(slot, ids, seen, boxes)) {
        this.#shadowed[slot] = (this.#shadowed[slot] ?? 0) + 1;
      }
    }
  }

  #inShadow(slot: number, ids: Uint32Array, seen: Uint8Array, boxes: Float32Array): boolean {
    const group = classGroup(this.classOf(slot));
    const share = (this.#best[slot] ?? 0) >= this.#settings.sure_score ? sureShadow : doubtfulShadow;
    const own = area(boxes, slot * 4);
    for (let other = 0; other < ids.length; other += 1) {
      if (ids[other] === 0 || seen[other] === 0 || (this.#evidence[other] ?? 0) <= (this.#evidence[slot] ?? 0))
        continue;
      const their = area(boxes, other * 4);
      const smaller = Math.min(own, their);
      if (Math.max(own, their) > unequal * smaller) continue;
      const covered = intersectionArea(boxes, slot * 4, boxes, other * 4) > share * smaller;
      if (covered && classGroup(this.classOf(other)) === group) return true;
    }
    return false;
  }

  /** Distance from where the track began, in its present box sizes. */
  #moved(slot: number, boxes: Float32Array): number {
    const dx = centre(boxes, slot, 0) - (this.#beganX[slot] ?? 0);
    const dy = centre(boxes, slot, 1) - (this.#beganY[slot] ?? 0);
    return Math.hypot(dx, dy) / Math.sqrt(Math.max(1, area(boxes, slot * 4)));
  }
}

function centre(boxes: Float32Array, slot: number, axis: 0 | 1): number {
  return (boxes[slot * 4 + axis] ?? 0) + (boxes[slot * 4 + axis + 2] ?? 0) / 2;
}
