/** What the phases show, as bit masks (bit 0 is phase 1), and for how long already. */

export interface Lamps {
  readonly greens: number;
  readonly yellows: number;
  readonly reds: number;
  readonly walks: number;
  readonly pedClears: number;
  readonly dontWalks: number;
  /** Green, yellow or red clearance. */
  readonly phaseOns: number;
  /** Committed to follow. */
  readonly phaseNexts: number;
}

export const maskOf = (phases: readonly number[]): number =>
  phases.reduce((mask, phase) => mask | (1 << (phase - 1)), 0);

/** Every phase of `mask` red. */
export const allRed = (mask: number): Lamps => ({
  greens: 0,
  yellows: 0,
  reds: mask,
  walks: 0,
  pedClears: 0,
  dontWalks: mask,
  phaseOns: 0,
  phaseNexts: 0,
});

export type Colour = "green" | "yellow" | "red";
export type Walk = "walk" | "ped_clear" | "dont_walk";

export function colourOf(lamps: Lamps, phase: number): Colour {
  const bit = 1 << (phase - 1);
  if ((lamps.greens & bit) !== 0) return "green";
  return (lamps.yellows & bit) !== 0 ? "yellow" : "red";
}

export function walkOf(lamps: Lamps, phase: number): Walk {
  const bit = 1 << (phase - 1);
  if ((lamps.walks & bit) !== 0) return "walk";
  return (lamps.pedClears & bit) !== 0 ? "ped_clear" : "dont_walk";
}

const SLOTS = 17;

/** Age of every indication, counted in steps of 0.1 s. */
export class LampAges {
  readonly #colourSince = new Float64Array(SLOTS);
  readonly #walkSince = new Float64Array(SLOTS);
  #before: Lamps = allRed(0);
  #now = 0;

  observe(lamps: Lamps): void {
    this.#now += 1;
    const before = this.#before;
    this.#mark(this.#colourSince, (lamps.greens ^ before.greens) | (lamps.yellows ^ before.yellows));
    this.#mark(this.#walkSince, (lamps.walks ^ before.walks) | (lamps.pedClears ^ before.pedClears));
    this.#before = { ...lamps };
  }

  /** How long the phase has shown its colour; 1 in the first step. */
  colour_ds(phase: number): number {
    return this.#now - (this.#colourSince[phase] ?? 0) + 1;
  }

  walk_ds(phase: number): number {
    return this.#now - (this.#walkSince[phase] ?? 0) + 1;
  }

  #mark(since: Float64Array, changed: number): void {
    for (let phase = 1; changed !== 0 && phase < SLOTS; phase += 1) {
      if ((changed & (1 << (phase - 1))) !== 0) since[phase] = this.#now;
    }
  }
}
