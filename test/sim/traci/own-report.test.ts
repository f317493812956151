import { describe, expect, it } from "vitest";
import { ownReport } from "../../../sim/traci/plain-run.ts";

describe("SUMO's own report", () => {
  it("gives its duration to the millisecond and the vehicle updates to one", () => {
    const said =
      "Performance: \n Duration: 1.45s\n Real time factor: 2479.34\n UPS: 150619.834711\nVehicles: \n Inserted: 2856\n";
    expect(ownReport(said, 3600)).toEqual({ wall_s: 1.452, updates: 218_700 });
  });

  it("is none where SUMO was too quick to tell", () => {
    expect(ownReport("Performance: \n Duration: 0.00s\nVehicles: \n", 3600)).toBeNull();
  });
});
