import { describe, expect, test } from "vitest";
import type { PhaseOptions } from "../../../../core/signal/machine/types.ts";
import { BenchMachine, bit, eightPhases } from "./bench-machine.ts";

const START = 60;

/** Phase 2 with these options, a vehicle on its detector every `headway` steps, phase 4 calling from the start. */
function lasting(options: PhaseOptions, headway: number, cars = 0): { green: number; why: string } {
  const bench = new BenchMachine(eightPhases({ 2: { passage_ds: 60, max_green_ds: 900, ...options }, 6: options }));
  const actuations = new Int32Array(16);
  actuations[1] = cars;
  bench.order({ actuations });
  for (let step = 0; step < 1200; step += 1) {
    bench.input.occupied = step % headway === 0 ? bit(2) : 0;
    bench.run(1, bit(4));
  }
  const ended = bench.events.find(
    (event) => event.phase === 2 && ["gap_out", "max_out", "force_off"].includes(event.kind),
  );
  return { green: (ended?.at_ds ?? 0) - START, why: ended?.kind ?? "" };
}

describe("volume density", () => {
  test("without reduction, headways under the passage time keep the green to its maximum", () => {
    expect(lasting({}, 50)).toEqual({ green: 900, why: "max_out" });
  });

  test("the gap shrinks to the minimum gap and ends the green between two vehicles", () => {
    // From 6.0 s to 3.0 s over 20 s, beginning after 10 s: below 5.0 s after 16.7 s.
    const reduced = lasting({ minimum_gap_ds: 30, before_reduction_ds: 100, to_reduce_ds: 200 }, 50);
    expect(reduced.why).toBe("gap_out");
    expect(reduced.green).toBeGreaterThanOrEqual(167);
    expect(reduced.green).toBeLessThanOrEqual(220);
  });

  test("enough waiting cars start the reduction at once", () => {
    const options = { minimum_gap_ds: 30, before_reduction_ds: 400, to_reduce_ds: 100 };
    const late = lasting({ ...options, cars_before_reduction: 10 }, 50, 3);
    const early = lasting({ ...options, cars_before_reduction: 10 }, 50, 12);
    expect(early.green).toBeLessThan(late.green - 200);
  });

  test("steps of reduce-by end at the same minimum gap", () => {
    const stepped = lasting({ minimum_gap_ds: 30, before_reduction_ds: 100, to_reduce_ds: 200, reduce_by_ds: 15 }, 50);
    // Two steps of 1.5 s: 4.5 s from 10 s after the beginning on.
    expect(stepped.green).toBeGreaterThanOrEqual(200);
    expect(stepped.green).toBeLessThanOrEqual(260);
  });

  test("guaranteed passage gives the last vehicle the whole passage time", () => {
    const options = { minimum_gap_ds: 30, before_reduction_ds: 0, to_reduce_ds: 1 };
    const plain = lasting(options, 47);
    const guaranteed = lasting({ ...options, guaranteed_passage: true }, 47);
    expect(guaranteed.green - plain.green).toBeGreaterThanOrEqual(29);
    expect(guaranteed.green - plain.green).toBeLessThanOrEqual(31);
  });

  test("each car counted at red adds to the minimum green, up to the maximum initial", () => {
    const options = { added_initial_ds: 15, max_initial_ds: 120 };
    const first = (cars: number): number => {
      const bench = new BenchMachine(eightPhases({ 2: options }));
      const actuations = new Int32Array(16);
      actuations[1] = cars;
      bench.order({ actuations });
      bench.run(400, bit(4));
      return (bench.at(2, "begin_yellow") ?? 0) - START;
    };
    expect([first(0), first(5), first(40)]).toEqual([50, 75, 120]);
  });

  test("a dynamic maximum grows from the second maximum in a row on, up to its limit", () => {
    const bench = new BenchMachine(
      eightPhases({ 4: { max_green_ds: 100, dynamic_max_limit_ds: 160, dynamic_max_step_ds: 40 } }),
    );
    bench.input.occupied = bit(4);
    bench.run(4000, bit(2, 4, 6));
    const begins = bench.times(4, "begin_green");
    const lengths = bench.times(4, "max_out").map((at, i) => at - (begins[i] ?? 0));
    expect(lengths.slice(0, 5)).toEqual([100, 100, 140, 160, 160]);
  });
});

describe("who is served with whom", () => {
  test("dual entry shows the companion in the other ring; without it that ring stays red", () => {
    const shown = (dual_entry: boolean): number => {
      const bench = new BenchMachine(eightPhases({ 8: { dual_entry } }));
      bench.run(START + 100).input.vehicle_calls = bit(4);
      bench.run(150);
      return bench.greens;
    };
    expect([shown(true), shown(false)]).toEqual([bit(4, 8), bit(4)]);
  });

  test("a soft recall brings the machine home when nobody else calls", () => {
    const bench = new BenchMachine(eightPhases({ 2: { soft_recall: true }, 6: { soft_recall: true } }));
    bench.run(START + 100).input.vehicle_calls = bit(4);
    bench.run(80);
    expect(bench.greens & bit(4)).not.toBe(0);
    bench.run(200);
    expect(bench.greens).toBe(bit(2, 6));
  });

  test("conditional service gives a left turn its second green while the other ring is busy", () => {
    const seconds = (conditional_service: boolean): readonly number[] => {
      const bench = new BenchMachine(eightPhases({ 1: { conditional_service }, 6: { max_green_ds: 600 } }));
      bench.input.occupied = bit(6);
      bench.run(300, bit(1, 4));
      return bench.times(1, "begin_green");
    };
    expect(seconds(false)).toEqual([]);
    expect(seconds(true).length).toBeGreaterThan(0);
  });

  test("with simultaneous gap disabled, a gap once found stays found while the other ring runs on", () => {
    // Ring 2 is busy for 20 s; ring 1 has its gap, and then a vehicle every 1.5 s.
    const covered = (step: number): number => {
      const through = step < START + 200 ? bit(6) : 0;
      return step > START + 90 && step < START + 290 && step % 15 === 0 ? through | bit(2) : through;
    };
    const ended = (simultaneous_gap_disable: boolean): number => {
      const bench = new BenchMachine(eightPhases({ 2: { simultaneous_gap_disable } }));
      for (let step = 0; step < 800; step += 1) {
        bench.input.occupied = covered(step);
        bench.run(1, bit(4));
      }
      return (bench.at(2, "begin_yellow") ?? 0) - START;
    };
    expect(ended(true)).toBeLessThan(ended(false));
  });

  test("rest in walk holds the walk until somebody else calls", () => {
    const bench = new BenchMachine(
      eightPhases({ 2: { walk_ds: 50, ped_clear_ds: 60, ped_recall: true, rest_in_walk: true } }),
    );
    bench.run(START + 500);
    expect(bench.machine.lamps.walks).toBe(bit(2));
    bench.run(1, bit(4)).run(200, bit(4));
    expect((bench.at(2, "begin_dont_walk") ?? 0) - (bench.at(2, "begin_ped_clear") ?? 0)).toBe(60);
    expect(bench.times(4, "begin_green").length).toBe(1);
  });
});
