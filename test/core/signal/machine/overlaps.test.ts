import { describe, expect, test } from "vitest";
import type { MachineOverlap } from "../../../../core/signal/machine/types.ts";
import { BenchMachine, bit, eightPhases } from "./bench-machine.ts";

const overlap = (included: readonly number[], more: Partial<MachineOverlap> = {}): MachineOverlap => ({
  number: 1,
  type: "normal",
  included,
  modifiers: [],
  trail_green_ds: 0,
  trail_yellow_ds: 0,
  trail_red_ds: 0,
  ...more,
});

const running = (one: MachineOverlap, standing: number, steps = 2000): BenchMachine =>
  new BenchMachine(eightPhases({}, { overlaps: [one] })).run(steps, standing);

describe("an overlap", () => {
  test("is green with its phase and clears with it", () => {
    const bench = running(overlap([4]), bit(2, 4));
    expect(bench.at(1, "overlap_green")).toBe(bench.at(4, "begin_green"));
    expect(bench.at(1, "overlap_yellow")).toBe(bench.at(4, "begin_yellow"));
    expect(bench.at(1, "overlap_red_clear")).toBe(bench.at(4, "end_yellow"));
    expect(bench.at(1, "overlap_off")).toBe(bench.at(4, "end_red_clear"));
  });

  test("stays green from one of its phases to the next in the ring", () => {
    const bench = running(overlap([3, 4]), bit(2, 3, 4));
    const from = bench.at(1, "overlap_green") ?? 0;
    expect(from).toBe(bench.at(3, "begin_green"));
    expect(bench.at(1, "overlap_yellow", from)).toBe(bench.at(4, "begin_yellow", from));
  });

  test("ends where the next phase is not one of its own", () => {
    const bench = running(overlap([3]), bit(2, 3, 4));
    const from = bench.at(1, "overlap_green") ?? 0;
    expect(bench.at(1, "overlap_yellow", from)).toBe(bench.at(3, "begin_yellow", from));
  });

  test("trails on, and whoever conflicts waits for its own yellow and red", () => {
    const trailing = overlap([4], { trail_green_ds: 50, trail_yellow_ds: 35, trail_red_ds: 25 });
    const bench = running(trailing, bit(2, 4));
    const ended = bench.at(4, "begin_yellow") ?? 0;
    expect(bench.at(1, "overlap_trail_green")).toBe(ended);
    expect(bench.at(1, "overlap_yellow")).toBe(ended + 50);
    expect(bench.at(2, "begin_green", ended)).toBe(ended + 50 + 35 + 25);
  });

  test("less a modifier, is dark while that phase runs, and cleared before it begins", () => {
    const modified = overlap([2], { type: "minus_green_yellow", modifiers: [5] });
    const bench = new BenchMachine(eightPhases({ 6: { max_green_ds: 100 } }, { overlaps: [modified] }));
    bench.input.occupied = bit(2);
    for (let step = 0; step < 3000; step += 1) {
      bench.run(1, bit(2, 5, 6));
      const { overlapGreens, overlapYellows, greens, yellows } = bench.machine.lamps;
      if (((greens | yellows) & bit(5)) !== 0) expect(overlapGreens | overlapYellows).toBe(0);
    }
    expect(bench.times(1, "overlap_green").length).toBeGreaterThan(3);
    expect(bench.times(5, "begin_green").length).toBeGreaterThan(3);
  });
});
