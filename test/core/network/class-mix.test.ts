import { describe, expect, it } from "vitest";
import { assumedClassMix, assumedPcuPerVehicle } from "../../../core/network/class-mix.ts";

describe("the traffic assumed where nobody has counted", () => {
  it("is all vehicles, four in five of them motorcycles", () => {
    expect(Object.values(assumedClassMix).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(assumedClassMix.motorcycle).toBe(0.8);
    expect(assumedClassMix.pedestrian).toBe(0);
  });

  it("comes to 0.419 passenger-car units a vehicle", () => {
    expect(assumedPcuPerVehicle).toBeCloseTo(0.8 * 0.25 + 0.02 * 0.2 + 0.15 * 1 + 0.01 * 2.5 + 0.02 * 2, 12);
  });
});
