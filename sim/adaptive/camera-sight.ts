/** What cameras tell of an intersection, and whether it can be true. */
import { givenToLanes } from "../../core/adaptive/junction.ts";
import type { JunctionSight } from "../../core/adaptive/sight.ts";
import { type SightFault, SightHealth } from "../../core/adaptive/sight-health.ts";
import type { Cameras, RunningStreet } from "../street/running-street.ts";
import type { Eyes } from "./eyes.ts";
import { FullSight } from "./full-sight.ts";
import type { SignalJunction } from "./signal-junction.ts";

export class CameraSight implements Eyes {
  /** All that is told, as if it were everybody. */
  readonly #told: FullSight;
  readonly #health: SightHealth;
  readonly #cameras: Cameras;
  readonly #stopLanes: readonly number[];
  readonly #told_s: Float64Array;
  /** By stage: what lanes are given. */
  readonly #given: readonly Uint8Array[];

  constructor(own: SignalJunction, cameras: Cameras) {
    const { junction, stretches } = own;
    this.#told = new FullSight(own);
    this.#health = new SightHealth(junction);
    this.#cameras = cameras;
    this.#stopLanes = stretches.map(([stretch]) => stretch?.lane as number);
    this.#told_s = new Float64Array(junction.lanes.length);
    this.#given = junction.stages.map((stage) => givenToLanes(junction, stage));
  }

  get lanes(): readonly number[] {
    return this.#told.lanes;
  }

  get sight(): JunctionSight {
    return this.#told.sight;
  }

  fault(lane: number): SightFault | null {
    return this.#health.fault(lane);
  }

  look(street: RunningStreet, dt_s: number, stage: number): void {
    const given = this.#given[stage] as Uint8Array;
    this.#told.look(street, dt_s);
    for (const [at, lane] of this.#stopLanes.entries()) this.#told_s[at] = this.#cameras.told_s(lane);
    this.#health.look(this.#told.sight, this.#told_s, given, street.now_s, dt_s);
    // Nobody is known again by the next camera.
    this.#told.sight.turned.fill(0);
  }
}
