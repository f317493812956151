/** What each vehicle has emitted so far, and in its last movement. */
import { NONE, type World } from "../engine/world.ts";
import { co2Rate_mg_s, emitterOf, figuresEach, figuresOf, fuelShareAt } from "./emission-rates.ts";
import type { Movement, StepListener } from "./step-listener.ts";

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
  /** Where the figures of its emitter begin; NONE without one. */
  readonly #first: Int32Array;
  readonly #figures: Float64Array;

  constructor(world: World) {
    this.#w = world;
    const { columns, demand, seats } = world;
    this.co2_mg = columns.name("emissions.co2_mg", seats.floats());
    this.fuel_mg = columns.name("emissions.fuel_mg", seats.floats());
    this.#first = columns.name("Emissions.#first", seats.whole());
    this.#figures = columns.name("Emissions.#figures", columns.floats(figuresEach * demand.types.length));
    for (const [type, { class: name }] of demand.types.entries()) {
      const emitter = emitterOf(name);
      if (emitter !== null) this.#figures.set(figuresOf(emitter), figuresEach * type);
    }
    for (const [number, { type }] of demand.departures.entries()) {
      const emits = emitterOf(demand.types[type]?.class ?? "passenger") !== null;
      this.#first[seats.of[number] as number] = emits ? figuresEach * type : NONE;
    }
  }

  moved({ v, for_s, front }: Movement): void {
    this.movedCo2_mg = 0;
    this.movedFuel_mg = 0;
    if (front) this.add(v, for_s);
  }

  /** What `v` emits driving so long as it drove in the last step. */
  add(v: number, for_s: number): void {
    const first = this.#first[v] as number;
    if (first === NONE) return;
    const w = this.#w;
    const rate = co2Rate_mg_s(this.#figures, first, w.speed[v] as number, (w.gained[v] as number) / w.dt);
    this.movedCo2_mg = rate * for_s;
    this.movedFuel_mg = this.movedCo2_mg * fuelShareAt(this.#figures, first);
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
