/**
 * CO2 and fuel of a vehicle at a speed and an acceleration. Light vehicles: the running rates of EPA's MOVES by operating mode,
 * as Wang, Wu and Scora publish them for a gasoline car ("MOVESTAR: An Open-Source Vehicle Fuel and Emission Model Based on
 * USEPA MOVES", IEEE ITSC 2020). Heavy ones: the engine of Barth, Younglove and Scora ("Development of a Heavy-Duty Diesel
 * Modal Emissions and Fuel Consumption Model", 2005) with the usual constants of Demir, Bektaş and Laporte (2012). Road loads of
 * all: MOVES, `sourceUseTypePhysics`.
 *
 * Uncertain: motorcycles take a car's rates at their own specific power, by their share of a car's mass; nobody measured
 * that. Hot engines, level roads, an American fleet. Good for comparing plans, not for an inventory.
 */
import type { RoadClass } from "../network/road-network.ts";

/** Road load in kW at v m/s: a v + b v² + c v³, and mass in tonnes. */
interface RoadLoad {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly mass_t: number;
}

export interface Emitter {
  readonly load: RoadLoad;
  /** Of a car's rates by operating mode; of no matter for a diesel. */
  readonly share: number;
  /** Of a diesel; 0: none. */
  readonly litres: number;
}

const car: RoadLoad = { a: 0.156461, b: 0.002001, c: 0.000492, mass_t: 1.4788 };
const motorcycle: RoadLoad = { a: 0.0251, b: 0, c: 0.000315, mass_t: 0.285 };
const van: RoadLoad = { a: 0.235008, b: 0.003038, c: 0.000747, mass_t: 2.05979 };
const bus: RoadLoad = { a: 1.03968, b: 0, c: 0.003587, mass_t: 16.556 };
const coach: RoadLoad = { a: 1.23039, b: 0, c: 0.003714, mass_t: 19.593 };
const truck: RoadLoad = { a: 0.596526, b: 0, c: 0.001603, mass_t: 8.5389 };
const trailer: RoadLoad = { a: 1.43052, b: 0, c: 0.003792, mass_t: 22.828 };

const light = (load: RoadLoad): Emitter => ({ load, share: load.mass_t / car.mass_t, litres: 0 });
const heavy = (load: RoadLoad, litres: number): Emitter => ({ load, share: 0, litres });

const special: Partial<Readonly<Record<RoadClass, Emitter | null>>> = {
  motorcycle: light(motorcycle),
  moped: light(motorcycle),
  delivery: light(van),
  bus: heavy(bus, 9),
  coach: heavy(coach, 11),
  truck: heavy(truck, 5),
  trailer: heavy(trailer, 12),
  pedestrian: null,
  bicycle: null,
  evehicle: null,
  tram: null,
  rail: null,
  rail_urban: null,
  rail_electric: null,
  rail_fast: null,
  ship: null,
};

/** Null: nothing is reckoned for this class (it burns nothing, or is no road vehicle). */
export const emitterOf = (of: RoadClass): Emitter | null => (special[of] === undefined ? light(car) : special[of]);

const mph = 0.44704;
/** CO2 of MOVES' operating modes in g/h: braking, idling, and by upper bounds of specific power (kW/t) in three bands of speed. */
const braking = 3441.53;
const idling = 3183.81;
const slow = [5006.47, 6913.02, 9607.54, 12139.7, 14476.27, 17484.48];
const slowBelow = [0, 3, 6, 9, 12];
const middle = [6811.02, 7752.86, 9442.48, 12114.09, 16166.32, 21311.89, 28726.79, 39355.87, 49422.53];
const middleBelow = [0, 3, 6, 9, 12, 18, 24, 30];
const fast = [9703.66, 15560, 20269.5, 26430.27, 35204.6, 44877.45];
const fastBelow = [6, 12, 18, 24, 30];
/** Fuel from its carbon: g of gasoline to g of CO2 (MOVESTAR). */
const gasolineShare = ((12 / 44) * 13.78) / 12;

/** Engine friction kJ a revolution and litre, revolutions a second driving and idling, efficiencies, heat of diesel kJ/g. */
const friction = 0.2;
const driving_rev_s = 33;
const idling_rev_s = 10;
const efficiency = 0.4 * 0.9;
const heat_kJ_g = 44;
/** g of CO2 from a g of diesel. */
const dieselCo2 = 3.16;

function amongst(rates: readonly number[], below: readonly number[], power: number): number {
  let at = 0;
  while (at < below.length && power >= (below[at] as number)) at += 1;
  return rates[at] as number;
}

/** So many numbers tell of an emitter all that is reckoned with: arrays of them are what the compiled step works in. */
export const figuresEach = 7;

export const figuresOf = (emitter: Emitter): readonly number[] => {
  const { load, share, litres } = emitter;
  return [load.a, load.b, load.c, load.mass_t, share, litres, fuelShare(emitter)];
};

/** CO2 in mg/s at `speed` m/s and `accel` m/s², of the emitter whose figures begin at `first`. */
export function co2Rate_mg_s(figures: Float64Array, first: number, speed: number, accel: number): number {
  const [a, b, c] = [figures[first] as number, figures[first + 1] as number, figures[first + 2] as number];
  const [mass_t, share] = [figures[first + 3] as number, figures[first + 4] as number];
  const litres = figures[first + 5] as number;
  const power = speed * (a + speed * (b + speed * c) + mass_t * accel);
  if (litres > 0) return dieselRate_mg_s(litres, power, speed);
  return (modeRate_g_h(speed, accel, power / mass_t) * share * 1000) / 3600;
}

/** g of fuel to a g of CO2. */
export const fuelShareAt = (figures: Float64Array, first: number): number => figures[first + 6] as number;

/** `power` in kW. */
function dieselRate_mg_s(litres: number, power: number, speed: number): number {
  const rev_s = speed < mph ? idling_rev_s : driving_rev_s;
  const burnt_g_s = (friction * rev_s * litres + Math.max(0, power) / efficiency) / heat_kJ_g;
  return burnt_g_s * dieselCo2 * 1000;
}

/** `specific`: power in kW/t. */
function modeRate_g_h(speed: number, accel: number, specific: number): number {
  if (accel <= -2 * mph) return braking;
  if (speed < mph) return idling;
  if (speed < 25 * mph) return amongst(slow, slowBelow, specific);
  return speed < 50 * mph ? amongst(middle, middleBelow, specific) : amongst(fast, fastBelow, specific);
}

/** g of fuel to a g of CO2. */
export const fuelShare = ({ litres }: Emitter): number => (litres > 0 ? 1 / dieselCo2 : gasolineShare);
