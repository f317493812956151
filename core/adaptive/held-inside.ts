/** For how long whoever is inside an intersection is waited for when its stage is to change. */

/** So long a stage is kept for somebody who is held inside, s. */
const longestHolding_s = 10;
/** So long the next stage waits for those who only stand inside, s; whoever plans ahead reckons with so much. */
export const surelyCleared_s = 5;
/** And for all of them together, s. */
const longestClearing_s = 20;

/** A stage does not end, for a while, on somebody who could not leave in it: he would meet those of the next one inside. */
export class HeldInside {
  #held_s = 0;

  /** Whether the stage is kept. `isHeld`: is somebody held now, `dt_s` after it was last asked? */
  keeps(isHeld: boolean, dt_s: number): boolean {
    this.#held_s = isHeld ? this.#held_s + dt_s : 0;
    return this.#held_s > 0 && this.#held_s < longestHolding_s;
  }
}

/** Of those inside who are in the way of the stage to come: nobody, somebody on his way out, or only such as stand. */
export type InTheWay = "nobody" | "leaving" | "standing";

/**
 * The next stage comes when those inside are out. Who is on his way out is waited for: two who meet in there may each have to let the
 * other go first, and then neither ever goes. Who stands may stand until others have gone, and is waited for a few seconds only.
 */
export class Clearing {
  #standing_s = 0;
  #all_s = 0;

  /** Whether everybody stays at red for the next `dt_s`. `inTime`: could others who wait for their green stand that? */
  waits(inside: InTheWay, dt_s: number, inTime = true): boolean {
    const patient = inside === "leaving" || this.#standing_s < surelyCleared_s;
    const longest_s = inTime ? longestClearing_s : surelyCleared_s;
    if (inside === "nobody" || !patient || this.#all_s >= longest_s) return false;
    this.#all_s += dt_s;
    if (inside === "standing") this.#standing_s += dt_s;
    return true;
  }

  /** The next stage has come, or none is about to. */
  end(): void {
    [this.#standing_s, this.#all_s] = [0, 0];
  }
}
