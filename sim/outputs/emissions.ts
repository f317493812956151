/** What each vehicle has emitted so far, and in its last movement. */
import { NONE, type World } from "../engine/world.ts";
import { dieselRate_mg_s, emitterOf, fuelShare, modesRate_mg_s, powerOf_kW } from "./emission-rates.ts";
import type { Movement, StepListener } from "./step-listener.ts";

export interface EmissionTotals {
  readonly co2_mg: number;
  readonly fuel_mg: number;
}

/** Figures of an emitter: its road load, its share of a car's modes, its litres of diesel (0: none), fuel to a g of CO2. */
const figures = 8;

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
    this.#figures = columns.name("Emissions.#figures", columns.floats(figures * demand.types.length));
    for (const [type, { class: name }] of demand.types.entries()) {
      const emitter = emitterOf(name);
      if (emitter === null) continue;
      const { load, engine } = emitter;
      const [share, litres] = engine.kind === "diesel" ? [0, engine.litres] : [engine.share, 0];
      const { a, b, c, mass_t } = load;
      this.#figures.set([a, b, c, mass_t, share, litres, fuelShare(emitter)], figures * type);
    }
    for (const [number, { type }] of demand.departures.entries()) {
      const emits = emitterOf(demand.types[type]?.class ?? "passenger") !== null;
      this.#first[seats.of[number] as number] = emits ? figures * type : NONE;
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
    this.movedCo2_mg = this.#rate_mg_s(v, first) * for_s;
    this.movedFuel_mg = this.movedCo2_mg * (this.#figures[first + 6] as number);
    this.co2_mg[v] = (this.co2_mg[v] as number) + this.movedCo2_mg;
    this.fuel_mg[v] = (this.fuel_mg[v] as number) + this.movedFuel_mg;
  }

  #rate_mg_s(v: number, first: number): number {
    const w = this.#w;
    const figures = this.#figures;
    const [speed, accel] = [w.speed[v] as number, (w.gained[v] as number) / w.dt];
    const [a, b] = [figures[first] as number, figures[first + 1] as number];
    const [c, mass_t] = [figures[first + 2] as number, figures[first + 3] as number];
    const power = powerOf_kW(a, b, c, mass_t, speed, accel);
    const litres = figures[first + 5] as number;
    if (litres > 0) return dieselRate_mg_s(litres, power, speed);
    return modesRate_mg_s(figures[first + 4] as number, power / mass_t, speed, accel);
  }

  totals(): EmissionTotals {
    // In the order of departures: sums of the same numbers in another order are not quite the same.
    const seats = this.#w.seats.of;
    const sum = (of: Float64Array): number => seats.reduce((all, v) => all + (of[v] as number), 0);
    return { co2_mg: sum(this.co2_mg), fuel_mg: sum(this.fuel_mg) };
  }
}
