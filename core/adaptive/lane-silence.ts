/** Lanes on which nobody is shown for far longer than by chance, while as many as usual come on the others. */
import { newestWeight } from "./expectations.ts";

export interface SilenceSettings {
  /** Nobody comes: so many would have meanwhile, and it lasts so long at least, and so many times longer than it ever did. */
  readonly expected: number;
  readonly silent_s: number;
  readonly longer: number;
  /** Memory of how many come, and how long a lane is looked at before anything is said of its silence, s. */
  readonly memory_s: number;
}

export const usualSilence: SilenceSettings = { expected: 40, silent_s: 300, longer: 4, memory_s: 900 };

/** Others are as busy as they were when so large a share of their vehicles still comes. */
const stillBusy = 0.75;

interface Lane {
  /** Vehicles a second, usually and lately; for how long none is shown, and for how long at most none was, and then some. */
  usual_s: number;
  lately_s: number;
  empty_s: number;
  longest_s: number;
}

export class LaneSilence {
  readonly #settings: SilenceSettings;
  readonly #lanes: readonly Lane[];
  #seen_s = 0;

  constructor(lanes: number, settings: SilenceSettings = usualSilence) {
    this.#settings = settings;
    this.#lanes = Array.from({ length: lanes }, () => ({ usual_s: 0, lately_s: 0, empty_s: 0, longest_s: 0 }));
  }

  /** Once a look, before its lanes. */
  pass(dt_s: number): void {
    this.#seen_s += dt_s;
  }

  /** `entered`: who came since the look before; `empty`: is nobody shown? */
  look(at: number, entered: number, empty: boolean, dt_s: number): void {
    const { memory_s, silent_s } = this.#settings;
    const lane = this.#lanes[at] as Lane;
    lane.lately_s += (entered / dt_s - lane.lately_s) * newestWeight(dt_s, this.#seen_s, silent_s);
    if (empty && entered === 0) lane.empty_s += dt_s;
    else {
      lane.longest_s = Math.max(lane.longest_s, lane.empty_s);
      lane.empty_s = 0;
    }
    // What is usual is not unlearned while nobody is shown.
    if (lane.empty_s < silent_s) {
      lane.usual_s += (entered / dt_s - lane.usual_s) * newestWeight(dt_s, this.#seen_s, memory_s);
    }
  }

  isSilent(at: number): boolean {
    const { silent_s, expected, longer, memory_s } = this.#settings;
    const { empty_s, longest_s, usual_s } = this.#lanes[at] as Lane;
    if (this.#seen_s < memory_s || empty_s < Math.max(silent_s, longer * longest_s)) return false;
    if (empty_s * usual_s < expected) return false;
    let [usual, lately] = [0, 0];
    for (const [other, lane] of this.#lanes.entries()) {
      if (other === at) continue;
      usual += lane.usual_s;
      lately += lane.lately_s;
    }
    return lately >= usual * stillBusy && lately > 0;
  }
}
