/** Who passes a place on a lane, and when within the step: from two views of the lane, a step apart. */
import type { LaneView } from "../street/running-street.ts";

export interface Passage {
  readonly vehicle: number;
  readonly class: number;
  readonly speed_m_s: number;
  readonly body_m: number;
  readonly at_s: number;
  /** The front came to the place, or the rear left it. */
  readonly on: boolean;
}

/** Faster by so much a second at most: whoever can have left over the end so has. */
const gain_m_s2 = 4;

interface Known {
  readonly position_m: number;
  readonly speed_m_s: number;
  readonly body_m: number;
  readonly class: number;
}

/**
 * Watches one place. Whoever changes into the lane beyond it never passed; whoever leaves the lane over its end has passed, at
 * the speed that it had; whoever changes out of the lane on the place leaves it then.
 */
export class PlaceWatch {
  readonly #at_m: number;
  readonly #before = new Map<number, Known>();
  readonly #covering = new Set<number>();

  constructor(at_m: number) {
    this.#at_m = at_m;
  }

  /** `now_s`: the end of the step. In order of time. */
  look(view: LaneView, now_s: number, step_s: number): readonly Passage[] {
    const passages: Passage[] = [];
    const gone = new Map(this.#before);
    this.#before.clear();
    for (let at = 0; at < view.count; at += 1) {
      const vehicle = view.vehicle[at] as number;
      const now: Known = {
        position_m: view.position_m[at] as number,
        speed_m_s: view.speed_m_s[at] as number,
        body_m: view.body_m[at] as number,
        class: view.class[at] as number,
      };
      const before = gone.get(vehicle);
      gone.delete(vehicle);
      this.#before.set(vehicle, now);
      // Somebody new was at the lane's start at most a step's way ago.
      const from_m = before?.position_m ?? now.position_m - now.speed_m_s * step_s;
      const known = before !== undefined || from_m <= 0;
      this.#pass(passages, vehicle, now, { from_m, to_m: now.position_m, known, now_s, step_s });
    }
    for (const [vehicle, before] of gone) this.#leave(passages, vehicle, before, view.length_m, now_s, step_s);
    return passages.sort((a, b) => a.at_s - b.at_s);
  }

  #leave(to: Passage[], vehicle: number, before: Known, length_m: number, now_s: number, step_s: number): void {
    const to_m = before.position_m + (before.speed_m_s + gain_m_s2 * step_s) * step_s;
    if (to_m < length_m) {
      // Changed into another lane.
      if (this.#covering.delete(vehicle)) to.push(passageOf(vehicle, before, now_s, false));
      return;
    }
    const through = { from_m: before.position_m, to_m: Math.max(to_m, this.#at_m + before.body_m), known: true };
    this.#pass(to, vehicle, before, { ...through, now_s, step_s });
  }

  #pass(
    to: Passage[],
    vehicle: number,
    what: Known,
    { from_m, to_m, known, now_s, step_s }: Move & { readonly known: boolean },
  ): void {
    const moved = { from_m, to_m, now_s, step_s };
    if (known && from_m < this.#at_m && to_m >= this.#at_m) {
      this.#covering.add(vehicle);
      to.push(passageOf(vehicle, what, timeAt(this.#at_m, moved), true));
    }
    if (!this.#covering.has(vehicle) || to_m - what.body_m < this.#at_m) return;
    this.#covering.delete(vehicle);
    to.push(passageOf(vehicle, what, timeAt(this.#at_m + what.body_m, moved), false));
  }
}

interface Move {
  readonly from_m: number;
  readonly to_m: number;
  readonly now_s: number;
  readonly step_s: number;
}

/** By even speed within the step. */
function timeAt(place_m: number, { from_m, to_m, now_s, step_s }: Move): number {
  const share = to_m > from_m ? Math.min(1, Math.max(0, (place_m - from_m) / (to_m - from_m))) : 1;
  return now_s - step_s * (1 - share);
}

const passageOf = (vehicle: number, { speed_m_s, body_m, class: bit }: Known, at_s: number, on: boolean): Passage => ({
  vehicle,
  class: bit,
  speed_m_s,
  body_m,
  at_s,
  on,
});
