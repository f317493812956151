/**
 * Whether what is told of an intersection can be true. Each lane is judged by what pictures of traffic cannot show: a moment that
 * stands still, vehicles that drive and stay where they are, a queue that green never moves, a busy lane on which nobody comes.
 */
import { newestWeight } from "./expectations.ts";
import { type Junction, PRIORITY } from "./junction.ts";
import type { JunctionSight, LaneSight } from "./sight.ts";

/**
 * `dark`: no new pictures come; `late`: they come, but are old; `repeated`: they are new by their time only; `stuck`: somebody is
 * shown whom no green moves; `silent`: nobody is shown, though the lane was busy and the others still are.
 */
export const sightFaults = ["dark", "late", "repeated", "stuck", "silent"] as const;
export type SightFault = (typeof sightFaults)[number];

export interface HealthSettings {
  /** Pictures may be so far apart, and so old, s. */
  readonly dark_s: number;
  readonly late_s: number;
  /** Looks in which somebody drives and nothing changes. */
  readonly repeats: number;
  /** Greens with priority, and their seconds in all, in which the foremost did not move. */
  readonly stuckGreens: number;
  readonly stuck_s: number;
  /** Nobody comes: so many would have meanwhile, and it lasts so long at least, and so many times longer than it ever did. */
  readonly expected: number;
  readonly silent_s: number;
  readonly longer: number;
  /** Memory of how many come, and how long a lane is looked at before anything is said of its silence, s. */
  readonly memory_s: number;
  /** A lane is believed again when it has been well for so long, s. */
  readonly well_s: number;
}

export const usualHealth: HealthSettings = {
  dark_s: 3,
  late_s: 4,
  repeats: 3,
  stuckGreens: 3,
  stuck_s: 75,
  expected: 40,
  silent_s: 300,
  longer: 4,
  memory_s: 900,
  well_s: 20,
};

/** Who is faster drives, m/s. */
const driving_m_s = 1;
/** Pictures of somebody who stands move so far at most. */
const shaking_m = 0.3;
/** More than so many are a queue that may reach out of sight. */
const few = 6;
/** Others are as busy as they were when so large a share of their vehicles still comes. */
const stillBusy = 0.75;

/** What is kept of one lane between looks. */
interface LaneHealth {
  fault: SightFault | null;
  well_s: number;
  told_s: number;
  news_s: number;
  repeats: number;
  /** Who stood where: a sum that changes whenever somebody moves, comes or goes. */
  shape: number;
  /** Where the foremost stood first, what the lane was given then, and how much green it had since. */
  head_m: number;
  given: number;
  greens: number;
  green_s: number;
  came: number;
  went: number;
  /** Vehicles a second, usually and lately; for how long none is shown, and for how long at most none was, and then some. */
  usual_s: number;
  lately_s: number;
  empty_s: number;
  longest_s: number;
}

const unknown = (): LaneHealth => ({
  fault: null,
  well_s: 0,
  told_s: Number.NaN,
  news_s: 0,
  repeats: 0,
  shape: Number.NaN,
  head_m: Number.NaN,
  given: 0,
  greens: 0,
  green_s: 0,
  came: 0,
  went: 0,
  usual_s: 0,
  lately_s: 0,
  empty_s: 0,
  longest_s: 0,
});

export class SightHealth {
  readonly #settings: HealthSettings;
  readonly #lanes: readonly LaneHealth[];
  #seen_s = 0;

  constructor({ lanes }: Junction, settings: HealthSettings = usualHealth) {
    this.#settings = settings;
    this.#lanes = lanes.map(unknown);
  }

  /** Of a lane; null where what is told of it can be true. */
  fault(lane: number): SightFault | null {
    return this.#lanes[lane]?.fault ?? null;
  }

  /** Once a look. `told_s`: the moment of each lane's picture, on the clock of `now_s`; `given`: what each lane is given. */
  look(sight: JunctionSight, told_s: Float64Array, given: Uint8Array, now_s: number, dt_s: number): void {
    this.#seen_s += dt_s;
    for (const [at, lane] of sight.lanes.entries()) {
      const health = this.#lanes[at] as LaneHealth;
      const fault =
        this.#judge(health, lane, told_s[at] as number, given[at] as number, now_s, dt_s) ?? this.#silence(at);
      if (fault !== null) {
        health.fault ??= fault;
        health.well_s = 0;
      } else {
        health.well_s += dt_s;
        if (health.well_s >= this.#settings.well_s) health.fault = null;
      }
    }
  }

  #judge(
    health: LaneHealth,
    lane: LaneSight,
    told_s: number,
    given: number,
    now_s: number,
    dt_s: number,
  ): SightFault | null {
    const { dark_s, late_s, repeats } = this.#settings;
    health.news_s = told_s === health.told_s ? health.news_s + dt_s : 0;
    health.told_s = told_s;
    const shape = shapeOf(lane);
    const same = shape === health.shape;
    health.shape = shape;
    this.#learn(health, lane, dt_s);
    if (health.news_s >= dark_s) return "dark";
    if (!(now_s - told_s <= late_s)) return "late";
    health.repeats = same && somebodyDrives(lane) ? health.repeats + 1 : 0;
    if (health.repeats >= repeats) return "repeated";
    return this.#isStuck(health, lane, given, dt_s) ? "stuck" : null;
  }

  /** The foremost never moves, though others leave past him; or nobody comes up behind him, as a jam would have them. */
  #isStuck(health: LaneHealth, { count, distance_m, entered, left }: LaneSight, given: number, dt_s: number): boolean {
    const head_m = count === 0 ? Number.NaN : (distance_m[0] as number);
    if (!(Math.abs(head_m - health.head_m) <= shaking_m)) {
      [health.head_m, health.greens, health.green_s, health.came, health.went] = [head_m, 0, 0, 0, 0];
    }
    health.came += entered;
    health.went += left;
    if (given === PRIORITY) {
      if (health.given !== PRIORITY) health.greens += 1;
      health.green_s += dt_s;
    }
    health.given = given;
    if (health.greens < this.#settings.stuckGreens || health.green_s < this.#settings.stuck_s) return false;
    return health.went > 0 || (health.came === 0 && count <= few);
  }

  #learn(health: LaneHealth, { count, entered }: LaneSight, dt_s: number): void {
    const { memory_s, silent_s } = this.#settings;
    health.lately_s += (entered / dt_s - health.lately_s) * newestWeight(dt_s, this.#seen_s, silent_s);
    if (count === 0 && entered === 0) health.empty_s += dt_s;
    else {
      health.longest_s = Math.max(health.longest_s, health.empty_s);
      health.empty_s = 0;
    }
    // What is usual is not unlearned while nobody is shown.
    if (health.empty_s < silent_s) {
      health.usual_s += (entered / dt_s - health.usual_s) * newestWeight(dt_s, this.#seen_s, memory_s);
    }
  }

  /** Nobody for far longer than by chance, while as many as usual come on the other lanes. */
  #silence(at: number): SightFault | null {
    const { silent_s, expected, longer, memory_s } = this.#settings;
    const { empty_s, longest_s, usual_s } = this.#lanes[at] as LaneHealth;
    if (this.#seen_s < memory_s || empty_s < Math.max(silent_s, longer * longest_s)) return null;
    if (empty_s * usual_s < expected) return null;
    let [usual, lately] = [0, 0];
    for (const [other, health] of this.#lanes.entries()) {
      if (other === at) continue;
      usual += health.usual_s;
      lately += health.lately_s;
    }
    return lately >= usual * stillBusy && lately > 0 ? "silent" : null;
  }
}

function shapeOf({ count, distance_m, speed_m_s }: LaneSight): number {
  let sum = count;
  for (let i = 0; i < count; i += 1) sum += (distance_m[i] as number) * (i + 1) + (speed_m_s[i] as number);
  return sum;
}

function somebodyDrives({ count, speed_m_s }: LaneSight): boolean {
  for (let i = 0; i < count; i += 1) if ((speed_m_s[i] as number) > driving_m_s) return true;
  return false;
}
