/** For how long whoever is inside an intersection is waited for when its stage is to change. */

/** So long a stage is kept for somebody who is held inside, s. */
const longestHolding_s = 10;
/** So long the next stage waits for those inside at most, s. */
export const longestClearing_s = 5;

/** A stage does not end, for a while, on somebody who could not leave in it: he would meet those of the next one inside. */
export class HeldInside {
  #held_s = 0;

  /** Whether the stage is kept. `isHeld`: is somebody held now, `dt_s` after it was last asked? */
  keeps(isHeld: boolean, dt_s: number): boolean {
    this.#held_s = isHeld ? this.#held_s + dt_s : 0;
    return this.#held_s > 0 && this.#held_s < longestHolding_s;
  }
}
