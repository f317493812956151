/**
 * What detectors at stop lines tell, as a sight: who crosses, and whether somebody is there. How many wait behind is estimated by the
 * balance of those who come, as neighbours tell or as usual, and those who cross; a stop line that nobody stands at has no queue before it.
 */
import type { Junction } from "../junction.ts";
import { JunctionSight, type LaneSight } from "../sight.ts";

/** Memory of how many come, s; and who is taken to come before anybody did, vehicles a second. */
const [memory_s, usual_s] = [600, 0.05];
/** Green for so long with nobody at the line, and the queue is gone, s. */
const gone_s = 2;
const [spacing_m, mostQueued] = [4, 90];

interface Lane {
  readonly bit: number;
  present: boolean;
  crossed: number;
  rate_s: number;
  queue: number;
  empty_s: number;
  still_s: number;
}

export class DetectorSight {
  readonly sight: JunctionSight;
  readonly #lanes: readonly Lane[];
  #seen_s = 0;

  /** `phases`: of each lane of the junction, bit 0 being phase 1. */
  constructor(junction: Junction, phases: readonly number[]) {
    this.sight = new JunctionSight(junction);
    this.#lanes = phases.map((bit) => ({
      bit,
      present: false,
      crossed: 0,
      rate_s: usual_s,
      queue: 0,
      empty_s: 0,
      still_s: 0,
    }));
  }

  present(lane: number, on: boolean): void {
    const own = this.#lanes[lane];
    if (own !== undefined) own.present = on;
  }

  crossed(lane: number): void {
    const own = this.#lanes[lane];
    if (own !== undefined) own.crossed += 1;
  }

  /** Once a round; `greens`: phases that are green, by bit. */
  look(greens: number, dt_s: number): JunctionSight {
    this.#seen_s += dt_s;
    const weight = dt_s / Math.min(memory_s, Math.max(dt_s, this.#seen_s + memory_s / 10));
    for (const [at, lane] of this.#lanes.entries()) {
      const seen = this.sight.lanes[at];
      if (seen === undefined) continue;
      lane.rate_s += (lane.crossed / dt_s - lane.rate_s) * weight;
      this.#balance(lane, seen, (greens & lane.bit) !== 0, dt_s);
      seen.clear();
      seen.left = lane.crossed;
      seen.entered = lane.crossed;
      seen.waited_s = lane.still_s;
      for (let i = 0; i < Math.round(lane.queue); i += 1) seen.add(i * spacing_m, 0);
      lane.crossed = 0;
    }
    return this.sight;
  }

  #balance(lane: Lane, { arriving, beyond, told }: LaneSight, green: boolean, dt_s: number): void {
    lane.empty_s = lane.present || lane.crossed > 0 ? 0 : lane.empty_s + dt_s;
    lane.still_s = lane.present && lane.crossed === 0 ? lane.still_s + dt_s : 0;
    const come_s = beyond === null ? lane.rate_s : arriving + lane.rate_s * (1 - told);
    const most = Math.min(mostQueued, lane.queue + come_s * dt_s - lane.crossed);
    if (lane.present) lane.queue = Math.max(1, most);
    else lane.queue = green && lane.empty_s < gone_s ? Math.max(0, most) : 0;
  }
}
