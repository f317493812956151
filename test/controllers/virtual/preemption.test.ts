import { describe, expect, test } from "vitest";
import { flashStatus, preemptState as state } from "../../../controllers/ntcip/oids.ts";
import { eightPhases } from "../../../controllers/virtual/eight-phases.ts";
import { validateIntersection } from "../../../core/signal/validate.ts";
import { type Cabinet, cabinet, numbersIn, type Setting } from "./cabinet.ts";

/** Preempt 1 clears phases 1 and 6 and dwells in 4 and 8; preempt 2 dwells in 2 and 6 at once. */
const rows: readonly Setting[] = [
  ["preemptTrackPhase", [1], [1, 6]],
  ["preemptTrackGreen", [1], 12],
  ["preemptDwellPhase", [1], [4, 8]],
  ["preemptDwellGreen", [1], 10],
  ["preemptExitPhase", [1], [2, 6]],
  ["preemptDwellPhase", [2], [2, 5]],
  ["preemptDwellGreen", [2], 8],
  ["preemptExitPhase", [2], []],
];

function preempted(more: readonly Setting[] = []): Cabinet {
  const bench = cabinet();
  expect(bench.transact([...rows, ...more])).toBe("NO VERIFICATION ERROR");
  bench.run(30);
  return bench;
}

const greens = (bench: Cabinet): readonly number[] => numbersIn(bench.read("phaseStatusGroupGreens", 1));

function until(bench: Cabinet, preempt: number, wanted: number, most_s = 200): number {
  let waited = 0;
  while (bench.read("preemptState", preempt) !== wanted && waited < most_s * 10) {
    bench.run(0.1);
    waited += 1;
  }
  expect(bench.read("preemptState", preempt)).toBe(wanted);
  return waited / 10;
}

const call = (bench: Cabinet, preempt: number, on: boolean): void =>
  bench.controller.device.preemption.calls.setInput(preempt, on);

describe("a preempt", () => {
  test("clears the track, dwells as long as it is called, and leaves by its exit phases", () => {
    const bench = preempted();
    call(bench, 1, true);
    bench.run(0.1);
    expect(bench.read("preemptState", 1)).toBe(state.entryStarted);
    expect(bench.read("shortAlarmStatus") & 1).toBe(1);
    until(bench, 1, state.trackService);
    expect(greens(bench)).toEqual([1, 6]);
    let cleared_ds = 0;
    while (greens(bench).includes(1)) {
      bench.run(0.1);
      cleared_ds += 1;
    }
    expect(cleared_ds).toBe(120);
    until(bench, 1, state.dwell);
    expect(greens(bench)).toEqual([4, 8]);
    bench.run(120);
    expect(greens(bench)).toEqual([4, 8]);
    call(bench, 1, false);
    until(bench, 1, state.exitStarted);
    until(bench, 1, state.notActive);
    expect(greens(bench)).toEqual([2, 6]);
    expect(bench.read("shortAlarmStatus") & 1).toBe(0);
    expect(bench.controller.trips).toEqual([]);
  });

  test("ends what is in its way with the phase's own yellow and red, whatever its columns say", () => {
    const bench = preempted([
      ["preemptEnterYellowChange", [1], 0],
      ["preemptEnterRedClear", [1], 0],
      ["preemptTrackYellowChange", [1], 0],
      ["preemptTrackRedClear", [1], 0],
    ]);
    call(bench, 1, true);
    let yellow_ds = 0;
    bench.run(60, () => {
      if ((bench.read("phaseStatusGroupYellows", 1) & 0b10) !== 0) yellow_ds += 1;
    });
    expect(yellow_ds).toBe(33);
    expect(bench.controller.trips).toEqual([]);
  });

  test("lets people finish: their whole clearance, unless a shorter one is written into its row", () => {
    const walked = (enter_ped_clear_s: number): number => {
      const bench = preempted([["preemptEnterPedClear", [1], enter_ped_clear_s]]);
      bench.set([["phaseControlGroupPedCall", [1], 1 << 3]]);
      while ((bench.read("phaseStatusGroupWalks", 1) & 0b1000) === 0) bench.run(0.1);
      bench.set([["phaseControlGroupPedCall", [1], 0]]);
      call(bench, 1, true);
      let clear_ds = 0;
      bench.run(40, () => {
        if ((bench.read("phaseStatusGroupPedClears", 1) & 0b1000) !== 0) clear_ds += 1;
      });
      return clear_ds;
    };
    expect([walked(255), walked(0), walked(5)]).toEqual([90, 90, 50]);
  });

  test("waits for its delay, and forgets a call that went before it, where it has no memory", () => {
    const begun = (control: number): boolean => {
      const bench = preempted([
        ["preemptDelay", [2], 10],
        ["preemptControl", [2], control],
      ]);
      call(bench, 2, true);
      bench.run(5);
      expect(bench.read("preemptState", 2)).toBe(state.notActiveWithCall);
      call(bench, 2, false);
      bench.run(6);
      return bench.read("preemptState", 2) !== state.notActive;
    };
    expect([begun(0), begun(1)]).toEqual([true, false]);
  });

  test("is overridden by a lower number, unless that is told not to", () => {
    const stateWith = (control: number): number => {
      const bench = preempted([["preemptControl", [1], control]]);
      call(bench, 2, true);
      until(bench, 2, state.dwell);
      call(bench, 1, true);
      bench.run(1);
      return bench.read("preemptState", 1);
    };
    expect([stateWith(0), stateWith(1 << 2)]).toEqual([state.entryStarted, state.notActiveWithCall]);
  });

  test("comes back when the one that overrode it is done, as it is still called", () => {
    const bench = preempted();
    call(bench, 2, true);
    until(bench, 2, state.dwell);
    call(bench, 1, true);
    until(bench, 1, state.dwell);
    call(bench, 1, false);
    until(bench, 2, state.dwell);
    expect(greens(bench)).toEqual([2, 5]);
  });

  test("links to a more urgent one at the end of its dwell green", () => {
    const bench = preempted([["preemptLink", [2], 1]]);
    call(bench, 2, true);
    until(bench, 1, state.entryStarted);
    until(bench, 1, state.dwell);
    expect(bench.controller.trips).toEqual([]);
  });

  test("is given up after its longest presence, and stays given up until the call has gone", () => {
    const bench = preempted([["preemptMaximumPresence", [2], 40]]);
    call(bench, 2, true);
    bench.run(60);
    expect(bench.read("preemptState", 2)).toBe(state.maxPresence);
    expect(bench.controller.device.preemption.running).toBe(0);
    bench.run(60);
    expect(bench.read("preemptState", 2)).toBe(state.maxPresence);
    call(bench, 2, false);
    bench.run(1);
    expect(bench.read("preemptState", 2)).toBe(state.notActive);
  });

  test("can be called from afar, and ends when the backup timer forgets that", () => {
    const bench = preempted();
    bench.set([
      ["unitBackupTime", [], 60],
      ["preemptControlState", [2], 1],
    ]);
    bench.run(40);
    expect(bench.read("preemptState", 2)).toBe(state.dwell);
    bench.run(40);
    expect(bench.read("preemptState", 2)).toBe(state.notActive);
  });

  test("takes the intersection out of automatic flash, unless told not to", () => {
    const flashing = (control: number): boolean => {
      const bench = preempted([["preemptControl", [2], control]]);
      bench.set([["systemPatternControl", [], 255]]);
      bench.run(60);
      call(bench, 2, true);
      bench.run(60);
      expect(bench.controller.trips).toEqual([]);
      return bench.controller.device.flash !== null;
    };
    expect([flashing(0), flashing(1 << 1)]).toEqual([false, true]);
  });

  test("lets chosen phases run in turn while it lasts", () => {
    const bench = preempted([
      ["preemptCyclingPhase", [2], [2, 5, 6, 1]],
      ["preemptMaximumPresence", [2], 0],
    ]);
    bench.set([["phaseControlGroupVehCall", [1], 255]]);
    call(bench, 2, true);
    until(bench, 2, state.dwell);
    let seen = 0;
    bench.run(120, () => {
      seen |= bench.read("phaseStatusGroupGreens", 1);
    });
    expect(numbersIn(seen)).toEqual([1, 2, 5, 6]);
  });

  test("dwells in flash where its row says so, after the track, and comes back through red to its exit phases", () => {
    const bench = preempted([["preemptControl", [1], 1 << 3]]);
    const { device } = bench.controller;
    call(bench, 1, true);
    until(bench, 1, state.trackService);
    expect(device.flash).toBeNull();
    until(bench, 1, state.dwell);
    expect([device.flash, bench.read("unitFlashStatus")]).toEqual(["preempt", flashStatus.preempt]);
    expect(greens(bench)).toEqual([]);
    bench.run(60);
    expect(device.flash).toBe("preempt");
    call(bench, 1, false);
    until(bench, 1, state.exitStarted);
    let red_ds = 0;
    while (greens(bench).length === 0) {
      bench.run(0.1);
      red_ds += 1;
    }
    expect(red_ds).toBeGreaterThanOrEqual(60);
    expect(greens(bench)).toEqual([2, 6]);
    until(bench, 1, state.notActive);
    expect(device.flash).toBeNull();
    bench.run(200);
    expect(bench.controller.trips).toEqual([]);
  });

  test("that flashes ends everything in full first, and needs no dwell phase", () => {
    const bench = preempted([
      ["preemptControl", [3], 1 << 3],
      ["preemptDwellGreen", [3], 5],
    ]);
    const { device } = bench.controller;
    const before = greens(bench);
    expect(before.length).toBeGreaterThan(0);
    call(bench, 3, true);
    const seen = new Set<string>();
    for (let ds = 0; device.flash === null && ds < 600; ds += 1) {
      bench.run(0.1);
      seen.add(String(numbersIn(bench.read("phaseStatusGroupYellows", 1))));
    }
    expect(device.flash).toBe("preempt");
    for (const phase of before)
      expect([...seen].some((yellows) => yellows.split(",").includes(String(phase)))).toBe(true);
    call(bench, 3, false);
    until(bench, 3, state.notActive);
    bench.run(200);
    expect(bench.controller.trips).toEqual([]);
  });

  test("of a lower number takes the street out of another's flash", () => {
    const bench = preempted([["preemptControl", [2], 1 << 3]]);
    call(bench, 2, true);
    until(bench, 2, state.dwell);
    expect(bench.controller.device.flash).toBe("preempt");
    call(bench, 1, true);
    until(bench, 1, state.dwell);
    expect(bench.controller.device.flash).toBeNull();
    expect(greens(bench)).toEqual([4, 8]);
    expect(bench.controller.trips).toEqual([]);
  });
});

describe("a device that nobody described", () => {
  test.each([
    [1, [2, 5]],
    [2, [4, 7]],
    [3, [1, 6]],
    [4, [3, 8]],
  ])("gives preempt %i its approach, called from afar", (preempt, phases) => {
    const site = eightPhases("default");
    expect(validateIntersection(site)).toEqual([]);
    const bench = cabinet(site);
    bench.run(30);
    expect(bench.set([["preemptControlState", [preempt], 1]])).toBeNull();
    until(bench, preempt, state.dwell);
    expect(greens(bench)).toEqual(phases);
    bench.set([["preemptControlState", [preempt], 0]]);
    until(bench, preempt, state.notActive);
    expect(bench.controller.trips).toEqual([]);
  });
});
