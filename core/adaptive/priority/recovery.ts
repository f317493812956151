/** After an emergency vehicle has passed: those whom it made wait are served once each, who has waited longest first. */
import type { Junction } from "../junction.ts";
import { LaneGreens } from "../lane-greens.ts";
import type { JunctionSight, LaneSight } from "../sight.ts";

/** Who is slower stands in a queue, m/s; a queue that still goes after so long a green has had its turn, s; and all of it ends, s. */
const [queued_m_s, longestGreen_s, longest_s] = [2, 30, 120];

export class Recovery {
  readonly #greens: LaneGreens;
  readonly #owed: Set<number>;
  #passed_s = 0;

  /** Whoever waits now and has no green in `stage` is owed one. */
  constructor(junction: Junction, { lanes }: JunctionSight, stage: number) {
    this.#greens = new LaneGreens(junction);
    this.#owed = new Set(
      [...lanes.entries()].flatMap(([at, { count }]) => {
        const canBeServed = this.#greens.given.some((_, other) => this.#serves(other, at));
        return count > 0 && canBeServed && !this.#serves(stage, at) ? [at] : [];
      }),
    );
  }

  look({ lanes }: JunctionSight, stage: number, dt_s: number): void {
    this.#passed_s += dt_s;
    for (const at of this.#owed) {
      const lane = lanes[at] as LaneSight;
      if (lane.count === 0 || (this.#serves(stage, at) && !isQueued(lane))) this.#owed.delete(at);
    }
  }

  /** The stage to show, when another may be shown; -1 when nobody is owed any more. */
  stage({ lanes }: JunctionSight, shown: number, shown_s: number): number {
    if (this.#passed_s > longest_s) this.#owed.clear();
    if (shown_s >= longestGreen_s) for (const at of this.#owed) if (this.#serves(shown, at)) this.#owed.delete(at);
    let [longest, waited_s] = [-1, -1];
    for (const at of this.#owed) {
      if (this.#serves(shown, at)) return shown;
      const lane = lanes[at] as LaneSight;
      if (lane.waited_s > waited_s) [longest, waited_s] = [at, lane.waited_s];
    }
    return longest === -1 ? -1 : this.#bestFor(longest, lanes);
  }

  /** Of the stages that serve a lane the one that serves most vehicles of those who are owed. */
  #bestFor(lane: number, lanes: readonly LaneSight[]): number {
    let [best, most] = [-1, -1];
    for (let stage = 0; stage < this.#greens.given.length; stage += 1) {
      if (!this.#serves(stage, lane)) continue;
      let served = 0;
      for (const at of this.#owed) if (this.#serves(stage, at)) served += lanes[at]?.count ?? 0;
      if (served > most) [best, most] = [stage, served];
    }
    return best;
  }

  #serves(stage: number, lane: number): boolean {
    return this.#greens.serves(stage, lane);
  }
}

function isQueued({ count, speed_m_s }: LaneSight): boolean {
  for (let i = 0; i < count; i += 1) if ((speed_m_s[i] as number) < queued_m_s) return true;
  return false;
}
