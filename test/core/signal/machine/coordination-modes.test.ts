import { describe, expect, test } from "vitest";
import { coordinatedGreen_ds } from "../../../../core/signal/machine/timetable.ts";
import type { MachinePattern } from "../../../../core/signal/machine/types.ts";
import { BenchMachine, bit, eightPhases } from "./bench-machine.ts";

const CYCLE = 1000;

const pattern = (more: Partial<MachinePattern> = {}): MachinePattern => ({
  number: 3,
  cycle_ds: CYCLE,
  offset_ds: 0,
  splits: [200, 400, 150, 250, 200, 400, 150, 250].map((split_ds, i) => ({ phase: i + 1, split_ds, mode: "none" })),
  ...more,
});

/** In step under one pattern; then another takes over. */
function changed(to: Partial<MachinePattern>, cycles: number): BenchMachine {
  const bench = new BenchMachine(eightPhases());
  bench.input.pattern = pattern();
  bench.input.occupied = 0xff;
  bench.run(9 * CYCLE, 0xff);
  bench.events.length = 0;
  bench.input.pattern = pattern({ number: 4, ...to });
  return bench.run(cycles * CYCLE, 0xff);
}

const gaps = (times: readonly number[]): readonly number[] => times.slice(1).map((at, i) => at - (times[i] ?? 0));

describe("an offset that comes earlier", () => {
  test.each([
    ["shortway", 830, 1000],
    ["add_only", 1000, 1200],
    ["dwell", 1000, 1250],
  ] as const)("is reached by %s within its limits", (correction, shortest, longest) => {
    // 100 ds earlier is 900 ds later.
    const bench = changed({ offset_ds: 900, correction }, 9);
    const lengths = gaps(bench.times(2, "begin_green"));
    expect(Math.min(...lengths)).toBeGreaterThanOrEqual(shortest);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(longest);
    expect(bench.machine.coordination().inTransition).toBe(false);
    expect((bench.times(2, "begin_green").at(-1) ?? 0) % CYCLE).toBe(900);
  });

  test("takes dwell the fewer cycles of the two that only lengthen", () => {
    const corrected = (correction: "dwell" | "add_only"): number =>
      gaps(changed({ offset_ds: 900, correction }, 9).times(2, "begin_green")).filter((length) => length > CYCLE)
        .length;
    expect([corrected("dwell"), corrected("add_only")]).toEqual([4, 5]);
  });
});

describe("the coordinated phases", () => {
  test("are green together from local zero to the first of their ends", () => {
    // Splits of 400 and 350, of which 40 are yellow and red; phase 6 begins 50 later, and both end together.
    const splits = [200, 400, 150, 250, 250, 350, 150, 250].map((split_ds, i) => ({
      phase: i + 1,
      split_ds,
      mode: "none" as const,
    }));
    expect(coordinatedGreen_ds(eightPhases(), pattern())).toBe(360);
    expect(coordinatedGreen_ds(eightPhases(), pattern({ splits }))).toBe(310);
  });

  test("never are, where one leads in its ring and has ended before the other begins", () => {
    const leading = eightPhases(
      {},
      {
        rings: [
          [
            [2, 1],
            [3, 4],
          ],
          [
            [5, 6],
            [7, 8],
          ],
        ],
      },
    );
    const splits = [350, 250, 150, 250, 350, 250, 150, 250].map((split_ds, i) => ({
      phase: i + 1,
      split_ds,
      mode: "none" as const,
    }));
    expect(coordinatedGreen_ds(leading, pattern({ splits }))).toBe(0);
  });
});

describe("the instant that an offset times", () => {
  test.each([
    ["begin_green", 2, "begin_green"],
    ["end_green", 2, "begin_yellow"],
    ["begin_red", 2, "end_yellow"],
  ] as const)("%s: phase %i does it at the offset", (offset_reference, phase, kind) => {
    const bench = changed({ offset_ds: 250, offset_reference }, 9);
    expect((bench.times(phase, kind).at(-1) ?? 0) % CYCLE).toBe(250);
    while (bench.machine.coordination().local_ds !== 0) bench.run(1, 0xff);
    // The clock has gone on by the step in which local zero was reached.
    expect((bench.input.clock_ds - 1) % CYCLE).toBe(250);
  });
});

describe("time that a phase leaves", () => {
  const third = (force_mode: "fixed" | "floating"): number => {
    const bench = new BenchMachine(eightPhases());
    bench.input.pattern = pattern({ force_mode });
    // Phases 3 and 7 gap out at once; 4 and 8 would take all they can get.
    bench.input.occupied = bit(4, 8);
    bench.run(12 * CYCLE, bit(3, 4, 7, 8));
    const begins = bench.times(4, "begin_green");
    const last = begins.at(-2) ?? 0;
    return (bench.at(4, "force_off", last) ?? 0) - last;
  };

  test("goes to the next phase with fixed force-offs, and no further than its own split with floating ones", () => {
    const split = 250 - 40;
    expect(third("floating")).toBe(split);
    expect(third("fixed")).toBeGreaterThan(split + 30);
  });
});

describe("maximum greens under a pattern", () => {
  test("count where the mode says so, and not where they are inhibited", () => {
    const ends = (max_mode: "max1" | "inhibit"): readonly number[] => {
      const bench = new BenchMachine(eightPhases({ 4: { max_green_ds: 120 }, 8: { max_green_ds: 120 } }));
      bench.input.pattern = pattern({ max_mode });
      bench.input.occupied = 0xff;
      return bench.run(8 * CYCLE, 0xff).times(4, "max_out");
    };
    expect(ends("max1").length).toBeGreaterThan(3);
    expect(ends("inhibit")).toEqual([]);
  });
});

describe("a vehicle and pedestrian recall in one", () => {
  test("serves both every cycle", () => {
    const bench = new BenchMachine(eightPhases({ 4: { walk_ds: 60, ped_clear_ds: 80 } }));
    const splits = pattern().splits.map((split) =>
      split.phase === 4 ? { ...split, mode: "max_ped_recall" as const } : split,
    );
    bench.input.pattern = pattern({ splits });
    bench.run(8 * CYCLE);
    expect(bench.times(4, "begin_walk").length).toBeGreaterThanOrEqual(6);
    expect(bench.times(4, "gap_out")).toEqual([]);
  });
});
