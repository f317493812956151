/**
 * Whether what is told of an intersection can be true. Each lane is judged by what pictures of traffic cannot show: a moment that
 * stands still, vehicles that drive and stay where they are, a queue that green never moves, a busy lane on which nobody comes.
 */
import { type Junction, PRIORITY } from "./junction.ts";
import { LaneSilence, type SilenceSettings, usualSilence } from "./lane-silence.ts";
import type { JunctionSight, LaneSight } from "./sight.ts";

/**
 * `dark`: no new pictures come; `late`: they come, but are old; `repeated`: they are new by their time only; `stuck`: somebody is
 * shown whom no green moves; `silent`: nobody is shown, though the lane was busy and the others still are.
 */
export const sightFaults = ["dark", "late", "repeated", "stuck", "silent"] as const;
export type SightFault = (typeof sightFaults)[number];

export interface HealthSettings extends SilenceSettings {
  /** Pictures may be so far apart, and so old, s. */
  readonly dark_s: number;
  readonly late_s: number;
  /** Looks in which somebody drives and nothing changes. */
  readonly repeats: number;
  /** Greens with priority, and their seconds in all, in which the foremost did not move. */
  readonly stuckGreens: number;
  readonly stuck_s: number;
  /** A lane is believed again when it has been well for so long, s. */
  readonly well_s: number;
}

export const usualHealth: HealthSettings = {
  ...usualSilence,
  dark_s: 3,
  late_s: 4,
  repeats: 3,
  stuckGreens: 3,
  stuck_s: 75,
  well_s: 20,
};

/** Who is faster drives, m/s. */
const driving_m_s = 1;
/** Pictures of somebody who stands move so far at most. */
const shaking_m = 0.3;
/** More than so many are a queue that may reach out of sight. */
const few = 6;

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
});

export class SightHealth {
  readonly #settings: HealthSettings;
  readonly #lanes: readonly LaneHealth[];
  readonly #silence: LaneSilence;

  constructor({ lanes }: Junction, settings: HealthSettings = usualHealth) {
    this.#settings = settings;
    this.#lanes = lanes.map(unknown);
    this.#silence = new LaneSilence(lanes.length, settings);
  }

  /** Of a lane; null where what is told of it can be true. */
  fault(lane: number): SightFault | null {
    return this.#lanes[lane]?.fault ?? null;
  }

  /** Once a look. `told_s`: the moment of each lane's picture, on the clock of `now_s`; `given`: what each lane is given. */
  look(sight: JunctionSight, told_s: Float64Array, given: Uint8Array, now_s: number, dt_s: number): void {
    this.#silence.pass(dt_s);
    for (const [at, lane] of sight.lanes.entries()) {
      const health = this.#lanes[at] as LaneHealth;
      this.#silence.look(at, lane.entered, lane.count === 0, dt_s);
      const judged = this.#judge(health, lane, told_s[at] as number, given[at] as number, now_s, dt_s);
      const fault = judged ?? (this.#silence.isSilent(at) ? "silent" : null);
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
