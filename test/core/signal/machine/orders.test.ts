import { describe, expect, test } from "vitest";
import { BenchMachine, bit, eightPhases } from "./bench-machine.ts";

/** Greens of 2 and 6 begin with the first step after six seconds of red. */
const START = 60;
const GREEN = { min: 50, clearance: 40 };

describe("orders to a running machine", () => {
  test("hold keeps a green that is on, against calls and against force-off, and creates none", () => {
    const bench = new BenchMachine(eightPhases());
    bench.order({ hold: bit(2, 4), force_off: bit(2) });
    bench.run(3000, bit(4));
    expect(bench.greens & bit(2)).not.toBe(0);
    expect(bench.times(4, "begin_green")).toEqual([]);
    bench.order({ hold: bit(4) });
    bench.run(1);
    expect(bench.at(2, "force_off")).toBe(3000);
  });

  test("force-off ends a green that somebody waits for, after its minimum and never before", () => {
    const bench = new BenchMachine(eightPhases({ 2: { min_green_ds: 120 } }));
    bench.input.occupied = bit(2, 6);
    bench.order({ force_off: bit(2, 6) });
    bench.run(400, bit(4));
    expect(bench.at(2, "force_off")).toBe(START + 120);
    const idle = new BenchMachine(eightPhases());
    idle.order({ force_off: bit(2, 6) });
    expect(idle.run(1000).times(2, "begin_yellow")).toEqual([]);
  });

  test("force-off waits for people who walk", () => {
    const bench = new BenchMachine(eightPhases({ 2: { walk_ds: 70, ped_clear_ds: 100, recall: "ped" } }));
    bench.order({ force_off: bit(2, 6) });
    bench.run(400, bit(4));
    expect(bench.at(2, "begin_yellow")).toBe(START + 170);
  });

  test("force-off of a ring ends whatever that ring shows", () => {
    const bench = new BenchMachine(eightPhases());
    bench.input.occupied = 0xff;
    bench.order({ ring_force_off: 0b11 });
    bench.run(600, 0xff);
    expect(bench.times(2, "force_off").length + bench.times(4, "force_off").length).toBeGreaterThan(1);
    expect(bench.events.filter((event) => event.kind === "max_out")).toEqual([]);
  });

  test("an omitted phase is not served, although it is called and recalled", () => {
    const bench = new BenchMachine(eightPhases({ 4: { recall: "min" } }));
    bench.order({ phase_omit: bit(4) });
    bench.run(2000, bit(4, 7));
    expect(bench.times(4, "begin_green")).toEqual([]);
    expect(bench.times(7, "begin_green").length).toBeGreaterThan(0);
  });

  test("a pedestrian omit leaves the vehicles and takes the walk", () => {
    const bench = new BenchMachine(eightPhases({ 4: { walk_ds: 70, ped_clear_ds: 50 } }));
    bench.order({ ped_omit: bit(4) });
    bench.input.ped_calls = bit(4);
    bench.run(500, bit(4));
    expect(bench.times(4, "begin_green").length).toBeGreaterThan(0);
    expect(bench.times(4, "begin_walk")).toEqual([]);
  });

  test("stop time freezes a ring where it is: its yellow lasts until time goes on", () => {
    const bench = new BenchMachine(eightPhases());
    bench.run(START + GREEN.min + 10, bit(4));
    expect(bench.machine.lamps.yellows & bit(2)).not.toBe(0);
    bench.order({ stop_time: 1 });
    bench.run(1000, bit(4));
    expect(bench.machine.lamps.yellows & bit(2)).not.toBe(0);
    bench.order({ stop_time: 0 });
    bench.run(60, bit(4));
    expect((bench.at(2, "end_yellow") ?? 0) - (bench.at(2, "begin_yellow") ?? 0)).toBe(1030);
    expect(bench.at(4, "begin_green")).toBe(bench.at(2, "end_red_clear") ?? 0);
  });

  test("the second maximum and no maximum hold for the rings that are told so", () => {
    const config = eightPhases({ 2: { max2_green_ds: 500 }, 6: { max2_green_ds: 500 } });
    const lasted = (orders: Parameters<BenchMachine["order"]>[0]): number | undefined => {
      const bench = new BenchMachine(config);
      bench.input.occupied = bit(2, 6);
      bench.order(orders);
      bench.run(2000, bit(4));
      const ended = bench.at(2, "max_out");
      return ended === undefined ? undefined : ended - START + 1;
    };
    expect(lasted({})).toBe(301);
    expect(lasted({ max2: 0b11 })).toBe(501);
    expect(lasted({ max_inhibit: 0b11 })).toBeUndefined();
  });

  test("red rest turns a ring red while nobody calls, and red revert keeps the same phase from flickering", () => {
    const bench = new BenchMachine(eightPhases({ 2: { red_revert_ds: 80 } }));
    bench.order({ red_rest: 0b11 });
    bench.run(START + 200);
    expect(bench.greens).toBe(0);
    const dark = bench.at(2, "end_yellow") ?? 0;
    const fast = new BenchMachine(eightPhases({ 2: { red_revert_ds: 80 } }));
    fast.order({ red_rest: 0b11 });
    fast.run(START + GREEN.min + 5).run(200, bit(2));
    expect((fast.times(2, "begin_green")[1] ?? 0) - (fast.at(2, "end_yellow") ?? 0)).toBe(80);
    bench.run(100, bit(2));
    expect(bench.times(2, "begin_green")[1]).toBeGreaterThan(dark + 80);
  });

  test("a call to non-actuated runs a phase every time, with its walk, and rests in walk by the modifier", () => {
    const config = eightPhases({ 4: { walk_ds: 70, ped_clear_ds: 50 } });
    const bench = new BenchMachine(config);
    bench.order({ non_actuated: bit(4) });
    bench.run(800);
    expect(bench.times(4, "begin_walk").length).toBe(1);
    expect(bench.machine.lamps.walks).toBe(0);
    const resting = new BenchMachine(config);
    resting.order({ non_actuated: bit(4), walk_rest: true });
    resting.run(800);
    expect(resting.machine.lamps.walks).toBe(bit(4));
    resting.run(120, bit(2));
    expect(resting.machine.lamps.walks).toBe(0);
    expect((resting.at(4, "begin_dont_walk") ?? 0) - (resting.at(4, "begin_ped_clear") ?? 0)).toBe(50);
  });

  test("minimum recall from outside calls every phase", () => {
    const bench = new BenchMachine(eightPhases());
    bench.order({ min_recall: true });
    bench.run(2000);
    for (const phase of [1, 2, 3, 4, 5, 6, 7, 8]) expect(bench.times(phase, "begin_green").length).toBeGreaterThan(1);
  });

  test("pedestrian recycle walks again within the same green while others wait", () => {
    const walks = (ped_recycle: number): number => {
      const bench = new BenchMachine(eightPhases({ 2: { walk_ds: 40, ped_clear_ds: 30, max_green_ds: 600 } }));
      bench.input.occupied = bit(2, 6);
      bench.order({ ped_recycle });
      bench.run(START + 5, bit(4));
      bench.input.ped_calls = bit(2);
      bench.run(200, bit(4));
      return bench.times(2, "begin_walk").length;
    };
    expect([walks(0), walks(1)]).toEqual([0, 1]);
  });
});
