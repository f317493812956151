/**
 * What each driver has in mind about lanes from one step to the next, and the speeds that others asked for. The words are
 * those of Erdmann, "SUMO's Lane-Changing Model" (2015).
 */

import type { Columns } from "./columns.ts";
import { safeStopSpeed } from "./krauss.ts";
import type { Seats } from "./seats.ts";

/** Wishes and circumstances, as bits. */
export const wantsLeft = 1;
export const wantsRight = 2;
export const stays = 4;
export const strategic = 8;
export const cooperative = 16;
export const urgent = 32;
export const leaderBlocks = 64;
export const followerBlocks = 128;
/** Said by others: it stands in the way of somebody who comes over, ahead of or behind him, and to which side he wants. */
export const blocksAsLeader = 256;
export const blocksAsFollower = 512;
export const otherWantsLeft = 1024;
export const otherWantsRight = 2048;

export const wantsChange = wantsLeft | wantsRight;
export const blocked = leaderBlocks | followerBlocks;
export const saidByOthers = blocksAsLeader | blocksAsFollower | otherWantsLeft | otherWantsRight;

/** Advice beyond so much is not heard. */
const mostAdvice = 6;
/** Kept beside the room for somebody who has to come over. */
const spare_m = 1;

export interface SpeedBounds {
  /** What braking as usual, and in an emergency, leaves. */
  readonly least: number;
  readonly emergency: number;
  readonly most: number;
}

export class Minds {
  readonly state: Int32Array;
  /** Above 0 for what is gained to the left, below for the right. */
  readonly gain: Float64Array;
  readonly keepRight: Float64Array;
  readonly lookAhead: Float64Array;
  /** To where the own lane ends, for who must leave it; and what is to be kept free there for others. */
  readonly left_m: Float64Array;
  readonly reserved_m: Float64Array;
  /** 1: other ways lead on from here, no need to brake for those who come over. */
  readonly relaxed: Uint8Array;
  readonly #advice: Float64Array;
  readonly #advices: Uint8Array;
  // The vehicle that is being settled.
  #least = 0;
  #most = 0;
  #heard = false;

  constructor(seats: Seats, columns: Columns) {
    this.state = seats.whole(0);
    this.gain = seats.floats();
    this.keepRight = seats.floats();
    this.lookAhead = seats.floats();
    this.left_m = seats.floats();
    this.reserved_m = seats.floats();
    this.relaxed = seats.bytes();
    this.#advice = columns.name("Minds.#advice", seats.floats(0, mostAdvice));
    this.#advices = columns.name("Minds.#advices", seats.bytes());
  }

  advise(v: number, speed: number): void {
    const count = this.#advices[v] as number;
    if (count === mostAdvice) return;
    this.#advice[v * mostAdvice + count] = speed;
    this.#advices[v] = count + 1;
  }

  /** The slowest speed that was advised and can be braked to; infinite without one. */
  slowestAdvice(v: number, least: number): number {
    let slowest = Number.POSITIVE_INFINITY;
    const first = v * mostAdvice;
    for (let i = first; i < first + (this.#advices[v] as number); i += 1) {
      const speed = this.#advice[i] as number;
      if (speed >= least && speed < slowest) slowest = speed;
    }
    return slowest;
  }

  /** Lanes were changed, or there is nothing to change to. */
  forget(v: number): void {
    this.state[v] = 0;
    this.gain[v] = 0;
    this.keepRight[v] = 0;
    this.lookAhead[v] = 0;
    this.#advices[v] = 0;
    this.relaxed[v] = 0;
  }

  /** Does one want nothing of lanes, and does nobody ask anything? */
  isQuiet(v: number): boolean {
    return this.state[v] === 0 && this.reserved_m[v] === 0 && this.#advices[v] === 0;
  }

  /** What was on the mind is done with, before lanes are thought about anew. */
  rest(v: number): void {
    const state = this.state[v] as number;
    this.state[v] = (state & strategic) === 0 ? 0 : state & wantsChange;
    this.reserved_m[v] = 0;
    this.left_m[v] = 0;
    this.#advices[v] = 0;
    this.relaxed[v] = 0;
  }

  /** The speed that comes of what one wants of lanes and of what others ask, for one who is not quiet. */
  settle(v: number, wanted: number, bounds: SpeedBounds, decel: number, minGap: number, dt: number): number {
    const state = this.state[v] as number;
    this.#least = bounds.least;
    this.#most = bounds.most;
    this.#heard = false;
    const kept = this.#keepRoom(v, wanted, bounds.emergency, decel, minGap, dt);
    const speed = this.#hear(v, kept);
    return this.#heard && this.relaxed[v] === 0 ? speed : this.#eager(state, wanted);
  }

  /** Stops early enough for somebody who has to come over before the end of the lane. */
  #keepRoom(v: number, wanted: number, emergency: number, decel: number, minGap: number, dt: number): number {
    const reserved = this.reserved_m[v] as number;
    const room = reserved === 0 ? 0 : (this.left_m[v] as number) - reserved - spare_m - minGap;
    if (room <= 0) return wanted;
    const safe = safeStopSpeed(room, decel, dt, dt);
    this.#most = Math.min(this.#most, Math.max(safe, emergency));
    if (safe >= wanted) return wanted;
    if (safe < this.#least && safe >= emergency) this.#least = safe;
    this.#heard = true;
    return Math.max(this.#least, safe);
  }

  #hear(v: number, wanted: number): number {
    let speed = wanted;
    const first = v * mostAdvice;
    for (let i = first; i < first + (this.#advices[v] as number); i += 1) {
      const advice = this.#advice[i] as number;
      if (advice < this.#least || advice > this.#most) continue;
      speed = Math.min(advice, speed);
      this.#heard = true;
    }
    return speed;
  }

  /** Who could not come over, or leads somebody who cannot, hurries a little; who only helps falls back. */
  #eager(state: number, wanted: number): number {
    const faster = (this.#most + wanted) / 2;
    if ((state & wantsChange) !== 0 && (state & blocked) !== 0) {
      if ((state & strategic) !== 0) return faster;
      if ((state & cooperative) !== 0) return (state & leaderBlocks) === 0 ? faster : (this.#least + wanted) / 2;
    }
    return (state & blocksAsLeader) === 0 ? wanted : faster;
  }
}
