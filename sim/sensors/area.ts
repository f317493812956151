/** An E2 area: who is between two places of a lane, and how many of them stand. */
import type { LaneView } from "../street/running-street.ts";

export interface AreaState {
  readonly vehicles: number;
  readonly halting: number;
  /** From the foremost that stands to the rear of the last behind it, m. */
  readonly jam_m: number;
  /** Share of the area that bodies cover. */
  readonly occupancy: number;
  readonly mean_speed_m_s: number | null;
}

/** SUMO's `speedThreshold` and `jamThreshold`, where a file does not say. */
const standing_m_s = 5 / 3.6;
const jamGap_m = 10;

export class Area {
  readonly lane: number;
  readonly #from_m: number;
  readonly #to_m: number;

  constructor(lane: number, from_m: number, to_m: number) {
    this.lane = lane;
    this.#from_m = from_m;
    this.#to_m = to_m;
  }

  look(view: LaneView): AreaState {
    const jam = new Jam();
    let [vehicles, halting, covered_m, speeds] = [0, 0, 0, 0];
    for (let at = 0; at < view.count; at += 1) {
      const front_m = view.position_m[at] as number;
      const rear_m = front_m - (view.body_m[at] as number);
      if (rear_m >= this.#to_m || front_m < this.#from_m) continue;
      const speed_m_s = view.speed_m_s[at] as number;
      vehicles += 1;
      speeds += speed_m_s;
      covered_m += Math.min(front_m, this.#to_m) - Math.max(rear_m, this.#from_m);
      if (speed_m_s >= standing_m_s) continue;
      halting += 1;
      jam.add(Math.min(front_m, this.#to_m), Math.max(rear_m, this.#from_m));
    }
    const mean_speed_m_s = vehicles === 0 ? null : speeds / vehicles;
    // Motorcycles abreast may cover more than all of it.
    const occupancy = Math.min(1, covered_m / (this.#to_m - this.#from_m));
    return { vehicles, halting, jam_m: jam.longest_m, occupancy, mean_speed_m_s };
  }
}

/** Standing vehicles with short gaps between them, front to back. */
class Jam {
  longest_m = 0;
  #head_m = Number.NaN;
  #tail_m = Number.NaN;

  add(front_m: number, rear_m: number): void {
    if (!(this.#tail_m - front_m <= jamGap_m)) this.#head_m = front_m;
    this.#tail_m = rear_m;
    this.longest_m = Math.max(this.longest_m, this.#head_m - rear_m);
  }
}
