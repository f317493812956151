import { describe, expect, it } from "vitest";
import { waysTo } from "../../../../core/adaptive/acting/site-neighbours.ts";
import { crossroads } from "../../../support/crossroads.ts";

const intersections = ["first", "second", "third"].map((id) => ({ ...crossroads, id }));
const corridor = {
  id: "road",
  name: "Road",
  intersections: [
    { id: "first", distance_m: 0, outbound_phase: 2, inbound_phase: 6 },
    { id: "second", distance_m: 400, outbound_phase: 2, inbound_phase: 6 },
    { id: "third", distance_m: 250, outbound_phase: 2, inbound_phase: 6 },
  ],
  progression_speed_kmh: 40,
  outbound_weight: 0.5,
};

describe("ways between the intersections of a site", () => {
  it("lead out and back along its corridors, to the approach with the corridor's phase, in the time of the way at its speed", () => {
    const ways = waysTo(intersections[1] ?? crossroads, intersections, [corridor]);
    // Phase 2 comes from the north and leaves to the south, phase 6 the other way; two lanes an approach, N and S first.
    expect(ways.map(({ from, exit, lanes }) => [from, exit, lanes])).toEqual([
      ["first", "S", [0, 1]],
      ["third", "N", [2, 3]],
    ]);
    expect(ways.map(({ travel_s }) => Math.round(travel_s * 10) / 10)).toEqual([31.8, 21]);
  });

  it("are none where no corridor joins them, nor from beyond its ends", () => {
    expect(waysTo(intersections[0] ?? crossroads, intersections, [])).toEqual([]);
    expect(waysTo(intersections[2] ?? crossroads, intersections, [corridor]).map(({ from }) => from)).toEqual([
      "second",
    ]);
  });
});
