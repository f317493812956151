import { describe, expect, it } from "vitest";
import { assumedClassMix, assumedPcuIn, assumedPcuPerVehicle } from "../../../core/network/class-mix.ts";

describe("the traffic assumed where nobody has counted", () => {
  it("is all vehicles, four in five of them motorcycles", () => {
    expect(Object.values(assumedClassMix).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(assumedClassMix.motorcycle).toBe(0.8);
    expect(assumedClassMix.pedestrian).toBe(0);
  });

  it("comes to 0.419 passenger-car units a vehicle", () => {
    expect(assumedPcuPerVehicle).toBeCloseTo(0.8 * 0.25 + 0.02 * 0.2 + 0.15 * 1 + 0.01 * 2.5 + 0.02 * 2, 12);
  });

  it("weighs with a city's own factors", () => {
    const factors = { motorcycle: 0.5, bicycle: 0, car: 1, bus: 3, truck: 3, pedestrian: 7 };
    expect(assumedPcuIn(factors)).toBeCloseTo(0.8 * 0.5 + 0.15 + 0.01 * 3 + 0.02 * 3, 12);
  });
});
