import { describe, expect, it } from "vitest";
import { headsOf, indicationOf, STALE_MS } from "../../../api/web/src/intersection/heads.ts";
import { localClock_s } from "../../../api/web/src/intersection/local-clock.ts";
import { sampleSite, statusOf } from "../../support/front-door.ts";
import { planFor } from "../../support/moving-corridor.ts";

const site = sampleSite();
const [intersection] = site.intersections;
if (intersection === undefined) throw new Error("the sample site is empty");
const status = statusOf(site, intersection.id, [2, 6], 10_000);

describe("a signal head", () => {
  it("stands once per phase that releases the approach, left turns first", () => {
    const west = intersection.approaches.find(({ id }) => id === "west");
    if (west === undefined) throw new Error("the sample intersection has no west approach");
    expect(headsOf(west)).toEqual([
      { phase: 5, turns: ["left", "u_turn"] },
      { phase: 2, turns: ["through", "right"] },
    ]);
  });

  it("shows what the controller says", () => {
    expect(indicationOf(status, 2, 10_500)).toBe("green");
    expect(indicationOf(status, 4, 10_500)).toBe("red");
    expect(indicationOf({ ...status, greens: [], yellows: [2] }, 2, 10_500)).toBe("yellow");
  });

  it("shows unknown when nothing was said, when it was too long ago, and for a phase nobody named", () => {
    expect(indicationOf(undefined, 2, 10_500)).toBe("unknown");
    expect(indicationOf(status, 2, 10_000 + STALE_MS)).toBe("green");
    expect(indicationOf(status, 2, 10_001 + STALE_MS)).toBe("unknown");
    expect(indicationOf(status, 16, 10_500)).toBe("unknown");
  });
});

describe("the controller's clock between two reports", () => {
  const plan = planFor(intersection, 0);

  it("runs on with time, round the cycle", () => {
    expect(localClock_s({ ...status, local_clock_s: 12 }, plan, 11_500)).toBeCloseTo(13.5);
    expect(localClock_s({ ...status, local_clock_s: plan.cycle_s - 1 }, plan, 12_000)).toBeCloseTo(1);
  });

  it("is not known when stale, free, or under another pattern than the plan in force", () => {
    expect(localClock_s(status, plan, 10_001 + STALE_MS)).toBeNull();
    expect(localClock_s({ ...status, local_clock_s: null }, plan, 10_500)).toBeNull();
    expect(localClock_s({ ...status, pattern: 2 }, plan, 10_500)).toBeNull();
    expect(localClock_s(status, undefined, 10_500)).toBeNull();
  });
});
