import { describe, expect, test } from "vitest";
import { localFreeStatus, shortAlarm } from "../../../controllers/ntcip/oids.ts";
import { crossroadsPlan } from "../../support/crossroads.ts";
import { type Cabinet, cabinet, numbersIn, type Setting, settingsOf } from "./cabinet.ts";

/** Begin and end of every green, seconds since the first step watched. */
function greensOf(bench: Cabinet, phase: number, seconds: number): readonly { from_s: number; to_s: number }[] {
  const greens: { from_s: number; to_s: number }[] = [];
  let since: number | null = null;
  const start_ds = bench.now_ds;
  bench.run(seconds, (now_ds) => {
    const lit = numbersIn(bench.controller.device.channels.greens).includes(phase);
    const at_s = (now_ds - start_ds) / 10;
    if (lit && since === null) since = at_s;
    if (!lit && since !== null) {
      greens.push({ from_s: since, to_s: at_s });
      since = null;
    }
  });
  return greens;
}

/** What is green next, once this phase has ended its green. */
function afterGreenOf(bench: Cabinet, phase: number): readonly number[] {
  const green = () => numbersIn(bench.controller.device.channels.greens);
  while (!green().includes(phase)) bench.run(0.1);
  while (green().includes(phase)) bench.run(0.1);
  while (green().length < 2) bench.run(0.1);
  return green();
}

function running(): Cabinet {
  const bench = cabinet();
  bench.run(30);
  bench.transact(settingsOf(crossroadsPlan));
  bench.set([
    ["unitBackupTime", [], 7200],
    ["phaseControlGroupVehCall", [1], 255],
    ["systemPatternControl", [], crossroadsPlan.pattern],
  ]);
  bench.run(450);
  return bench;
}

describe("a pattern in a virtual controller", () => {
  test("runs its cycle and its splits on the street, again and again", () => {
    const bench = running();
    expect(bench.read("coordPatternStatus")).toBe(crossroadsPlan.pattern);
    expect(bench.read("localFreeStatus")).toBe(localFreeStatus.notFree);
    const side = greensOf(bench, 4, 275);
    expect(side.length).toBeGreaterThanOrEqual(3);
    for (const [at, green] of side.entries()) {
      expect(green.to_s - green.from_s).toBeCloseTo(28 - 5, 5);
      const next = side[at + 1];
      if (next !== undefined) expect(next.from_s - green.from_s).toBeCloseTo(crossroadsPlan.cycle_s, 5);
    }
    expect(bench.controller.trips).toEqual([]);
  });

  test("has local zero where the master clock and the offset put it", () => {
    const bench = running();
    for (let second = 0; second < 90; second += 1) {
      bench.run(1);
      const position_ds = (bench.now_ds - crossroadsPlan.offset_s * 10) % 900;
      expect(bench.read("coordCycleStatus")).toBe(Math.floor((900 - position_ds) / 10));
      expect(bench.read("coordSyncStatus")).toBe(Math.floor((bench.now_ds % 900) / 10));
    }
  });

  test("moves its reference point when the centre sets its position in the cycle", () => {
    const bench = running();
    bench.set([["systemSyncControl", [], 40]]);
    bench.run(0.1);
    expect(bench.read("coordSyncStatus")).toBe(40);
    bench.set([["systemSyncControl", [], 255]]);
    bench.run(0.1);
    expect(bench.read("coordSyncStatus")).toBe(Math.floor((bench.now_ds % 900) / 10));
  });

  test.each([
    ["a split below its phase's need", [["splitTime", [1, 4], 12]], "badPlan"],
    ["a cycle below the sum of needs", [["patternCycleTime", [1], 40]], "badCycleTime"],
    ["splits above the cycle", [["patternCycleTime", [1], 85]], "splitOverrun"],
    ["an offset beyond the cycle", [["patternOffsetTime", [1], 90]], "invalidOffset"],
    ["no split table row", [["patternSplitNumber", [1], 0]], "badPlan"],
    ["a sequence nobody wrote", [["patternSequenceNumber", [1], 7]], "badPlan"],
    ["a recall the device does not know", [["splitMode", [1, 4], 1]], "badPlan"],
  ] as const)("goes free with %s, and says why", (_what, change, reason) => {
    const bench = cabinet();
    bench.run(30);
    bench.transact([...settingsOf(crossroadsPlan), ...(change as readonly Setting[])]);
    bench.set([["systemPatternControl", [], 1]]);
    bench.run(10);
    expect(bench.read("coordPatternStatus")).toBe(254);
    expect(bench.read("localFreeStatus")).toBe(localFreeStatus[reason]);
    expect(bench.read("shortAlarmStatus") & shortAlarm.localOverride).not.toBe(0);
  });

  test("that the device does not have means free", () => {
    const bench = cabinet();
    bench.run(30);
    bench.set([["systemPatternControl", [], 200]]);
    bench.run(5);
    expect(bench.read("coordPatternStatus")).toBe(254);
    expect(bench.read("localFreeStatus")).toBe(localFreeStatus.badPlan);
  });

  test("gives way to another one at its local zero, not before", () => {
    const bench = running();
    bench.transact(settingsOf({ ...crossroadsPlan, pattern: 2, cycle_s: 100, offset_s: 0 }));
    while (bench.read("coordCycleStatus") !== 60) bench.run(0.1);
    bench.set([["systemPatternControl", [], 2]]);
    let before = 90;
    while (bench.read("coordPatternStatus") === 1) {
      before = bench.read("coordCycleStatus");
      bench.run(0.1);
    }
    expect(before).toBe(0);
    expect(bench.read("coordPatternStatus")).toBe(2);
  });

  test("in another order of phases is taken up at local zero, without a stop", () => {
    const bench = running();
    const lagging = { ...crossroadsPlan, pattern: 3, sequence: 2 };
    const verdict = bench.transact([
      ["sequenceData", [2, 1], [2, 1, 3, 4]],
      ["sequenceData", [2, 2], [6, 5, 7, 8]],
      ...settingsOf(lagging),
    ]);
    expect(verdict).toBe("NO VERIFICATION ERROR");
    bench.set([["systemPatternControl", [], 3]]);
    bench.run(280);
    expect(bench.read("coordPatternStatus")).toBe(3);
    expect(afterGreenOf(bench, 2)).toEqual([1, 5]);
    expect(bench.controller.trips).toEqual([]);
  });

  test("with other coordinated phases goes on without a stop and has its local zero at their green", () => {
    const bench = running();
    bench.transact([
      ...settingsOf({ ...crossroadsPlan, pattern: 4 }),
      ...[2, 6].map((phase): Setting => ["splitCoordPhase", [4, phase], 0]),
      ...[4, 8].map((phase): Setting => ["splitCoordPhase", [4, phase], 1]),
    ]);
    bench.set([["systemPatternControl", [], 4]]);
    let red_ds = 0;
    let longest_ds = 0;
    bench.run(400, () => {
      red_ds = (bench.controller.device.channels.reds & 0xff) === 0xff ? red_ds + 1 : 0;
      longest_ds = Math.max(longest_ds, red_ds);
    });
    expect(longest_ds).toBeLessThan(60);
    expect(bench.read("coordPatternStatus")).toBe(4);
    while (!(bench.controller.device.coordination?.local_ds === 0)) bench.run(0.1);
    expect(numbersIn(bench.controller.device.channels.greens)).toEqual([4, 8]);
    bench.run(89.9);
    expect(numbersIn(bench.controller.device.channels.greens)).not.toContain(4);
    expect(bench.controller.trips).toEqual([]);
  });
});

describe("T8: a clock that jumps", () => {
  // Five seconds either way, the second that a leap takes or gives, and an hour that somebody got wrong.
  test.each([5, -5, 1, -1, 3600, -3600])("by %i s is followed within some cycles, and nothing is cut short", (by_s) => {
    const bench = running();
    const { cycle_s, offset_s } = crossroadsPlan;
    bench.run(10 * cycle_s);
    bench.set([["globalTime", [], bench.read("globalTime") + by_s]]);
    bench.run(10 * cycle_s);
    const { clock, coordination } = bench.controller.device;
    expect(coordination?.local_ds).toBe((clock.coordination_ds - offset_s * 10 + cycle_s * 10) % (cycle_s * 10));
    expect(bench.controller.trips).toEqual([]);
  });
});
