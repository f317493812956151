import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { co2Rate_mg_s, type Emitter, emitterOf, figuresOf, fuelShare } from "../../../sim/outputs/emission-rates.ts";

const of = (name: Parameters<typeof emitterOf>[0]): Emitter => {
  const found = emitterOf(name);
  if (found === null) throw new Error(`${name} emits nothing`);
  return found;
};
const car = of("passenger");
const rate = (emitter: Emitter, speed: number, accel: number): number =>
  co2Rate_mg_s(Float64Array.from(figuresOf(emitter)), 0, speed, accel);
const gramsPerHour = (rate_mg_s: number): number => (rate_mg_s * 3600) / 1000;

describe("CO2 of a vehicle", () => {
  it("is that of the published operating modes for a car that idles, brakes, drives and accelerates", () => {
    expect(gramsPerHour(rate(car, 0, 0))).toBeCloseTo(3183.81, 6);
    expect(gramsPerHour(rate(car, 10, -2))).toBeCloseTo(3441.53, 6);
    // 10 m/s: (0.156461 · 10 + 0.002001 · 100 + 0.000492 · 1000) / 1.4788 = 1.53 kW/t, the second mode of slow driving.
    expect(gramsPerHour(rate(car, 10, 0))).toBeCloseTo(6913.02, 6);
    // With 1 m/s² 10 kW/t more: 11.5, the fifth.
    expect(gramsPerHour(rate(car, 10, 1))).toBeCloseTo(14_476.27, 6);
  });

  it("never falls as one accelerates harder", () => {
    const classes = fc.constantFrom(
      ..."passenger motorcycle delivery bus truck trailer coach".split(" ").map((name) => of(name as "bus")),
    );
    fc.assert(
      fc.property(
        classes,
        fc.double({ min: 0.5, max: 30, noNaN: true }),
        fc.double({ min: 0, max: 3, noNaN: true }),
        fc.double({ min: 0, max: 3, noNaN: true }),
        (emitter, speed, a, b) => {
          const [less, more] = [Math.min(a, b), Math.max(a, b)];
          expect(rate(emitter, speed, more)).toBeGreaterThanOrEqual(rate(emitter, speed, less));
        },
      ),
    );
  });

  it("is of the size that fleets are known for, at a steady 40 km/h: 50 g/km on a motorcycle, 180 in a car, a kilogram in a bus", () => {
    const grams = (name: Parameters<typeof of>[0]): number => rate(of(name), 11.1, 0) / 11.1;
    expect(grams("motorcycle")).toBeGreaterThan(20);
    expect(grams("motorcycle")).toBeLessThan(60);
    expect(grams("passenger")).toBeGreaterThan(140);
    expect(grams("passenger")).toBeLessThan(220);
    expect(grams("bus")).toBeGreaterThan(500);
    expect(grams("bus")).toBeLessThan(1500);
  });

  it("is nothing for whoever burns nothing", () => {
    expect([emitterOf("bicycle"), emitterOf("pedestrian"), emitterOf("evehicle")]).toEqual([null, null, null]);
  });

  it("comes of fuel: a litre of petrol (745 g) gives 2.38 kg, a litre of diesel (835 g) 2.64 kg", () => {
    expect(0.745 / fuelShare(car)).toBeCloseTo(2.38, 1);
    expect(0.835 / fuelShare(of("bus"))).toBeCloseTo(2.64, 1);
  });
});
