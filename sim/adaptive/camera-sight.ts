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
  /** By movement: lanes below the camera; and who was seen on them at the look before. */
  readonly #ways: SignalJunction["ways"];
  #turning = new Set<number>();
  #turned = new Set<number>();

  constructor(own: SignalJunction, cameras: Cameras) {
    const { junction, stretches, ways } = own;
    this.#ways = ways;
    this.#told = new FullSight(own);
    this.#health = new SightHealth(junction);
    this.#cameras = cameras;
    this.#stopLanes = stretches.map(([stretch]) => stretch?.lane as number);
    this.#told_s = new Float64Array(junction.lanes.length);
    this.#given = givenToLanes(junction);
  }

  get lanes(): readonly number[] {
    return [...this.#told.lanes, ...this.#ways.flat()];
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
    this.#lookBelow(street);
  }

  /** Nobody is known again by the next camera: which way they take is what the same one sees of it below its mast. */
  #lookBelow(street: RunningStreet): void {
    const { turned } = this.#told.sight;
    [this.#turning, this.#turned] = [this.#turned, this.#turning];
    this.#turning.clear();
    turned.fill(0);
    for (const [m, lanes] of this.#ways.entries()) {
      for (const lane of lanes) {
        const { count, vehicle } = street.lane(lane);
        for (let i = 0; i < count; i += 1) {
          const who = vehicle[i] as number;
          if (!this.#turned.has(who) && !this.#turning.has(who)) turned[m] = (turned[m] as number) + 1;
          this.#turning.add(who);
        }
      }
    }
  }
}
