/** The stated errors of a virtual camera, and what they make of each vehicle: drawn once, when it first comes into sight. */
import { Random } from "../engine/random.ts";

export interface CameraErrors {
  /** Sees so far before the stop line. */
  readonly range_m: number;
  /** Share of vehicles that are never seen, and of those that are seen twice. */
  readonly missed: number;
  readonly doubled: number;
  /** What is told is so old. */
  readonly latency_s: number;
}

/** Of the standard run: docs/reference/simulation.md. */
export const standardErrors: CameraErrors = { range_m: 80, missed: 0.1, doubled: 0.03, latency_s: 0.3 };

const UNKNOWN = 0;
const SEEN = 1;
const MISSED = 2;
const DOUBLED = 3;
const firstRoom = 1024;
/** Keeps this chance apart from that of the drive, which has the same seed. */
const apart = 0x6361_6d65;
/** As many as there are of them. */
const seeds = 0x1_0000_0000;

export class Sightings {
  readonly #errors: CameraErrors;
  readonly #random: Random;
  #fate = new Uint8Array(firstRoom);

  /** `camera`: its number; another one misses others. */
  constructor(errors: CameraErrors, seed: number, camera = 0) {
    this.#errors = errors;
    this.#random = new Random(((seed ^ apart) >>> 0) + camera * seeds);
  }

  /** How often a vehicle shows: 0, 1 or 2 times. */
  times(vehicle: number): number {
    if (vehicle >= this.#fate.length) {
      const larger = new Uint8Array(2 * (vehicle + 1));
      larger.set(this.#fate);
      this.#fate = larger;
    }
    let fate = this.#fate[vehicle] as number;
    if (fate === UNKNOWN) {
      fate = this.#drawn();
      this.#fate[vehicle] = fate;
    }
    return fate === MISSED ? 0 : fate === DOUBLED ? 2 : 1;
  }

  #drawn(): number {
    const { missed, doubled } = this.#errors;
    const chance = this.#random.next();
    return chance < missed ? MISSED : chance < missed + doubled ? DOUBLED : SEEN;
  }
}
