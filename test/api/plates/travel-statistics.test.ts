import { describe, expect, it } from "vitest";
import { TravelStatistics } from "../../../api/plates/travel-statistics.ts";
import type { PlatePassage } from "../../../core/ports/passages.ts";
import { ScriptedClock } from "../../support/data-folder.ts";

const DAY_MS = 86_400_000;
const section = {
  name: "bridge",
  from: "a",
  to: "b",
  length_m: 1000,
  length_uncertainty_m: 1,
  limit_kmh: 50,
  tolerance_kmh: 5,
};

/** 1,000 m in 60 s are 60 km/h, in 90 s 40 km/h. */
function drive(statistics: TravelStatistics, clock: ScriptedClock, plate: string, travel_s: number): void {
  const passage: PlatePassage = {
    at_ms: clock.nowMs(),
    camera: "a",
    intersection: "i",
    class: "car",
    plate,
    confidence: 0.9,
  };
  statistics.passed(passage);
  statistics.passed({ ...passage, camera: "b", intersection: "j", at_ms: passage.at_ms + travel_s * 1000 });
}

describe("travel statistics", () => {
  it("know how long vehicles took and how many were too fast, of five at least, and none of them", () => {
    const clock = new ScriptedClock();
    const statistics = new TravelStatistics({ distance: () => null, sections: [section], clock });
    for (const i of [1, 2, 3, 4]) drive(statistics, clock, `43A1234${i}`, 90);
    expect([statistics.sections(), statistics.travelTimes().intervals]).toEqual([[], []]);
    drive(statistics, clock, "43A12345", 60);
    expect(statistics.sections()).toEqual([{ section: "bridge", vehicles: 5, too_fast: 1 }]);
    expect(statistics.travelTimes().intervals).toMatchObject([{ from: "a", to: "b", vehicles: 5, median_s: 90 }]);
  });

  it("join nothing over midnight, whose key is another", () => {
    const clock = new ScriptedClock(DAY_MS - 30_000);
    const statistics = new TravelStatistics({ distance: () => null, sections: [section], clock });
    const passage = { intersection: "i", class: "car", confidence: 0.9 } as const;
    for (const i of [1, 2, 3, 4, 5]) {
      statistics.passed({ ...passage, plate: `43A1234${i}`, camera: "a", at_ms: clock.nowMs() });
    }
    clock.advance(60_000);
    for (const i of [1, 2, 3, 4, 5]) {
      statistics.passed({ ...passage, plate: `43A1234${i}`, camera: "b", at_ms: clock.nowMs() });
    }
    expect(statistics.travelTimes()).toEqual({ intervals: [], withheld: 0 });
  });
});
