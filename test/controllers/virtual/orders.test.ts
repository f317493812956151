import { describe, expect, test } from "vitest";
import { ringInterval } from "../../../controllers/ntcip/oids.ts";
import { type Cabinet, cabinet, numbersIn } from "./cabinet.ts";

const greens = (bench: Cabinet): readonly number[] => numbersIn(bench.read("phaseStatusGroupGreens", 1));

function called(): Cabinet {
  const bench = cabinet();
  bench.run(30);
  bench.set([
    ["unitBackupTime", [], 60],
    ["phaseControlGroupVehCall", [1], 1 << 3],
  ]);
  return bench;
}

describe("orders of the centre to a virtual controller", () => {
  test("hold a green until the backup timer forgets them, without any message", () => {
    const bench = called();
    bench.set([["phaseControlGroupHold", [1], 0b100010]]);
    bench.controller.device.detectors.set(4, true);
    bench.run(59);
    expect(greens(bench)).toEqual([2, 6]);
    bench.run(20);
    expect(bench.read("phaseControlGroupHold", 1)).toBe(0);
    expect(greens(bench)).toContain(4);
  });

  test("force a green off once: the bit clears itself when that green ends", () => {
    const bench = called();
    bench.controller.device.detectors.set(2, true);
    bench.set([["phaseControlGroupForceOff", [1], 0b100010]]);
    bench.run(0.1);
    expect(bench.read("phaseControlGroupForceOff", 1)).toBe(0);
    expect(greens(bench)).toEqual([]);
    expect(bench.read("ringStatus", 1) & 7).toBe(ringInterval.yellow);
    expect(bench.read("ringStatus", 1) >> 3).toBe(0b100);
  });

  test("omit no red clearance, although they may say so", () => {
    const bench = called();
    bench.set([["ringControlGroupOmitRedClear", [1], 0b1111]]);
    bench.run(50);
    expect(bench.read("ringControlGroupOmitRedClear", 1)).toBe(0b1111);
    expect(greens(bench)).toContain(4);
    expect(bench.controller.trips).toEqual([]);
  });

  test("are told of their effect: stop time is an alarm", () => {
    const bench = called();
    bench.set([["ringControlGroupStopTime", [1], 0b11]]);
    bench.run(30);
    expect(greens(bench)).toEqual([2, 6]);
    expect(bench.read("unitAlarmStatus2") & (1 << 4)).not.toBe(0);
    expect(bench.read("shortAlarmStatus") & (1 << 7)).not.toBe(0);
  });

  test("that starve a phase for two rounds are a cycle failure", () => {
    const bench = called();
    bench.set([
      ["unitBackupTime", [], 0],
      ["phaseControlGroupHold", [1], 0b100010],
    ]);
    bench.run(400);
    expect(bench.read("unitAlarmStatus1") & (1 << 3)).not.toBe(0);
    bench.set([["phaseControlGroupHold", [1], 0]]);
    bench.run(30);
    expect(bench.read("unitAlarmStatus1") & (1 << 3)).toBe(0);
  });
});

describe("an overlap of a virtual controller", () => {
  test("shows on its channel and in its status group", () => {
    const bench = cabinet();
    bench.transact([["overlapIncludedPhases", [1], [4]]]);
    bench.run(30);
    expect(bench.read("overlapStatusGroupReds", 1)).toBe(1);
    expect(bench.read("channelStatusGroupReds", 4)).toBe(1);
    bench.controller.device.detectors.set(4, true);
    while (!greens(bench).includes(4)) bench.run(0.1);
    expect(bench.read("overlapStatusGroupGreens", 1)).toBe(1);
    expect(bench.read("channelStatusGroupGreens", 4)).toBe(1);
    bench.set([["systemPatternControl", [], 255]]);
    bench.run(60);
    let lit = 0;
    bench.run(2, () => {
      lit |= bench.read("channelStatusGroupReds", 4);
    });
    expect(lit).toBe(1);
    expect(bench.controller.trips).toEqual([]);
  });
});

describe("automatic flash", () => {
  test("is entered from its entry phases, and left to its exit phases", () => {
    const bench = cabinet();
    const option = (phase: number, bit: number) =>
      ["phaseOptions", [phase], bench.read("phaseOptions", phase) | bit] as const;
    bench.set([option(4, 2), option(8, 2), option(3, 4), option(7, 4)]);
    bench.run(30);
    bench.set([["systemPatternControl", [], 255]]);
    let last: readonly number[] = [];
    while (bench.controller.device.flash === null) {
      bench.run(0.1);
      if (greens(bench).length > 0) last = greens(bench);
    }
    expect(last).toEqual([4, 8]);
    bench.set([["systemPatternControl", [], 254]]);
    while (greens(bench).length === 0) bench.run(0.1);
    expect(greens(bench)).toEqual([3, 7]);
    expect(bench.controller.trips).toEqual([]);
  });
});
