/** What each vehicle has emitted so far, and in its last movement. */
import type { World } from "../engine/world.ts";
import { co2Rate_mg_s, type Emitter, emitterOf, fuelShare } from "./emission-rates.ts";
import type { Movement, StepListener } from "./step-watch.ts";

export interface EmissionTotals {
  readonly co2_mg: number;
  readonly fuel_mg: number;
}

export class Emissions implements StepListener {
  readonly co2_mg: Float64Array;
  readonly fuel_mg: Float64Array;
  /** Of the movement told last. */
  movedCo2_mg = 0;
  movedFuel_mg = 0;
  readonly #w: World;
  /** By departure. */
  readonly #emitters: readonly (Emitter | null)[];

  constructor(world: World) {
    this.#w = world;
    this.co2_mg = world.seats.floats();
    this.fuel_mg = world.seats.floats();
    const byType = world.demand.types.map((type) => emitterOf(type.class));
    this.#emitters = world.demand.departures.map(({ type }) => byType[type] ?? null);
  }

  moved({ v, for_s, front }: Movement): void {
    const w = this.#w;
    this.movedCo2_mg = 0;
    this.movedFuel_mg = 0;
    const emitter = this.#emitters[w.seats.number[v] as number] ?? null;
    if (!front || emitter === null) return;
    this.movedCo2_mg = co2Rate_mg_s(emitter, w.speed[v] as number, (w.gained[v] as number) / w.dt) * for_s;
    this.movedFuel_mg = this.movedCo2_mg * fuelShare(emitter);
    this.co2_mg[v] = (this.co2_mg[v] as number) + this.movedCo2_mg;
    this.fuel_mg[v] = (this.fuel_mg[v] as number) + this.movedFuel_mg;
  }

  totals(): EmissionTotals {
    // In the order of departures: sums of the same numbers in another order are not quite the same.
    const seats = this.#w.seats.of;
    const sum = (of: Float64Array): number => seats.reduce((all, v) => all + (of[v] as number), 0);
    return { co2_mg: sum(this.co2_mg), fuel_mg: sum(this.fuel_mg) };
  }
}
