import { describe, expect, it } from "vitest";
import type { Distance } from "../../../core/plates/journeys.ts";
import { type Leg, LegFinder, type Pseudonymous, TravelTimes } from "../../../core/plates/travel-times.ts";

const road: Distance = (from, to) => (from === to ? 0 : 1000);
const at = (camera: string, at_s: number, who = "x"): Pseudonymous => ({
  who,
  at_ms: at_s * 1000,
  camera,
  intersection: `at-${camera}`,
  class: "car",
});
const legs = (...passages: readonly Pseudonymous[]): (string | null)[] => {
  const finder = new LegFinder(road);
  return passages.map((passage) => {
    const leg = finder.passed(passage);
    return leg === null ? null : `${leg.from}${leg.to} ${leg.travel_s}`;
  });
};

describe("legs between cameras", () => {
  it("lead from each camera to the next that saw the vehicle", () => {
    expect(legs(at("a", 0), at("b", 90), at("c", 200))).toEqual([null, "ab 90", "bc 110"]);
    expect(legs(at("a", 0), at("b", 90, "y"))).toEqual([null, null]);
  });

  it("are found when the later passage was read first", () => {
    expect(legs(at("b", 90), at("a", 0), at("c", 200))).toEqual([null, "ab 90", "bc 110"]);
  });

  it("are none at the same camera, after half an hour, or faster than anybody drives", () => {
    expect(legs(at("a", 0), at("a", 60))).toEqual([null, null]);
    expect(legs(at("a", 0), at("b", 1801))).toEqual([null, null]);
    expect(legs(at("a", 0), at("b", 27))).toEqual([null, null]);
    expect(legs(at("a", 0), at("b", 28))).toEqual([null, "ab 28"]);
  });
});

describe("travel times", () => {
  const leg = (minute: number, travel_s: number): Leg => ({
    from: "a",
    to: "b",
    class: "car",
    left_ms: minute * 60_000,
    travel_s,
  });

  it("are told by the quarter of an hour, of five vehicles at least", () => {
    const times = new TravelTimes();
    for (const travel_s of [100, 60, 80, 90, 70]) times.add(leg(16, travel_s));
    for (const travel_s of [60, 61, 62, 63]) times.add(leg(31, travel_s));
    expect(times.told(3_600_000)).toEqual({
      intervals: [
        { from: "a", to: "b", start_ms: 900_000, interval_s: 900, vehicles: 5, p15_s: 66, median_s: 80, p85_s: 94 },
      ],
      withheld: 1,
    });
  });

  it("are forgotten after a day", () => {
    const times = new TravelTimes();
    for (const travel_s of [100, 60, 80, 90, 70]) times.add(leg(0, travel_s));
    expect(times.told(24 * 3_600_000).intervals).toHaveLength(1);
    expect(times.told(24 * 3_600_000 + 1)).toEqual({ intervals: [], withheld: 0 });
  });
});
