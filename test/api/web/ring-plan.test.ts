import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { greenWindows, travelTimes_s } from "../../../api/web/src/corridor/time-space.ts";
import { pieces, plannedGreenLeft_s, plannedRings } from "../../../api/web/src/intersection/ring-plan.ts";
import { sampleSite } from "../../support/front-door.ts";
import { planFor } from "../../support/moving-corridor.ts";

const site = sampleSite();
const crossroads = site.intersections.map((intersection) => {
  const plan = planFor(intersection, 7);
  return { intersection, plan, rings: plannedRings(intersection.signal, plan) };
});

describe.each(crossroads)("the plan of $intersection.id, laid out over its cycle", ({ intersection, plan, rings }) => {
  it("fills every ring: greens, yellows and red clearances add up to the cycle", () => {
    expect(rings).toHaveLength(intersection.signal.rings.length);
    for (const ring of rings) {
      const total = ring.reduce((sum, phase) => sum + phase.green_s + phase.yellow_s + phase.red_clear_s, 0);
      expect(total).toBeCloseTo(plan.cycle_s);
    }
  });

  it("begins with the coordinated green at local zero", () => {
    const starts = rings.flat().filter(({ phase }) => intersection.signal.coord_phases.includes(phase));
    expect(starts.some(({ start_s }) => start_s === 0)).toBe(true);
  });
});

it("a plan the controller would refuse is not drawn", () => {
  const [first] = crossroads;
  if (first === undefined) throw new Error("the sample site is empty");
  const overrun = { ...first.plan, splits: first.plan.splits.map((split) => ({ ...split, split_s: 200 })) };
  expect(plannedRings(first.intersection.signal, overrun)).toEqual([]);
});

const cycle = fc.integer({ min: 30, max: 255 });
const share = fc.double({ min: 0, max: 1, noNaN: true });

it("pieces of an interval lie inside the cycle and keep its length", () => {
  fc.assert(
    fc.property(cycle, fc.double({ min: -500, max: 500, noNaN: true }), share, (cycle_s, start_s, part) => {
      const length_s = part * cycle_s;
      const cut = pieces(start_s, length_s, cycle_s);
      for (const [from_s, piece_s] of cut) {
        expect(from_s).toBeGreaterThanOrEqual(0);
        expect(from_s + piece_s).toBeLessThanOrEqual(cycle_s + 1e-9);
      }
      expect(cut.reduce((sum, [, piece_s]) => sum + piece_s, 0)).toBeCloseTo(length_s);
    }),
  );
});

describe("the planned greens from now on", () => {
  const ring = (start_s: number, green_s: number) => [[{ phase: 2, start_s, green_s, yellow_s: 3, red_clear_s: 2 }]];

  it("say green now exactly when the countdown does", () => {
    fc.assert(
      fc.property(cycle, share, share, share, (cycle_s, startShare, greenShare, clockShare) => {
        const start_s = Math.floor(startShare * (cycle_s - 1));
        const green_s = 1 + Math.floor(greenShare * (cycle_s - 10));
        const clock_s = Math.floor(clockShare * (cycle_s - 1)) + 0.5;
        const rings = ring(start_s, green_s);
        const windows = greenWindows(rings, 2, clock_s, cycle_s, 0, cycle_s);
        const now = windows.find(({ from_s, to_s }) => from_s <= 0 && to_s > 0);
        const left_s = plannedGreenLeft_s(rings, 2, clock_s, cycle_s);
        expect(now === undefined).toBe(left_s === null);
        if (now !== undefined && left_s !== null) expect(now.to_s).toBeCloseTo(left_s);
      }),
    );
  });

  it("come once a cycle and cover the whole time asked for", () => {
    const windows = greenWindows(ring(10, 30), 2, 70, 100, 150, 120);
    expect(windows).toEqual([
      { from_s: -160, to_s: -130 },
      { from_s: -60, to_s: -30 },
      { from_s: 40, to_s: 70 },
    ]);
  });

  it("are none for a phase that is not in the plan", () => {
    expect(greenWindows(ring(10, 30), 4, 0, 100, 0, 120)).toEqual([]);
    expect(plannedGreenLeft_s(ring(10, 30), 4, 12, 100)).toBeNull();
  });
});

it("a platoon at 36 km/h needs a second for every 10 m", () => {
  expect(travelTimes_s([0, 400, 300], 36)).toEqual([0, 40, 70]);
});
