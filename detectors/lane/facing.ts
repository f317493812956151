/** Which way each track's vehicle faces, from how it moves: nothing turns round on the spot, so what goes back reverses. */

import { type Tracker, trackCapacity } from "../track/tracker.ts";
import type { GroundTracks } from "./ground-tracks.ts";

/** Slower, the direction is that of the box's wobble. */
const moves_m_s = 1;
const sigmas = 3;
/** A turn this sharp from one picture to the next is none. */
const reverses_rad = (2 / 3) * Math.PI;
/** Nobody reverses at this speed: then the facing was wrong. */
const drives_m_s = 4;

export class Facing {
  readonly #track = new Uint32Array(trackCapacity);
  readonly #facing_rad = new Float64Array(trackCapacity);

  /** After each update of the tracker and the ground. */
  observe(tracker: Tracker, ground: GroundTracks): void {
    for (let slot = 0; slot < trackCapacity; slot += 1) {
      const id = tracker.ids[slot] ?? 0;
      if (this.#track[slot] !== id) {
        this.#track[slot] = id;
        this.#facing_rad[slot] = Number.NaN;
      }
      if (id !== 0 && tracker.seen[slot] !== 0) this.#turn(slot, ground);
    }
  }

  /** Radians anticlockwise from x on the ground; NaN for what never moved. */
  of(slot: number): number {
    return this.#facing_rad[slot] ?? Number.NaN;
  }

  #turn(slot: number, ground: GroundTracks): void {
    const motion = ground.motionNow(slot);
    if (motion === null) return;
    const { vx, vy, error } = motion;
    const speed_m_s = Math.hypot(vx, vy);
    if (speed_m_s < Math.max(moves_m_s, sigmas * error)) return;
    const way_rad = Math.atan2(vy, vx);
    const known_rad = this.#facing_rad[slot] ?? Number.NaN;
    const agreement = Math.cos(way_rad - known_rad);
    const reverses = agreement < Math.cos(reverses_rad) && speed_m_s < drives_m_s;
    this.#facing_rad[slot] = reverses ? way_rad + Math.PI : way_rad;
  }
}
