import { describe, expect, test } from "vitest";
import { occupancyFault, detectorOption as option, phaseOption } from "../../../controllers/ntcip/oids.ts";
import { type Cabinet, cabinet, type Setting } from "./cabinet.ts";

function started(settings: readonly Setting[] = []): Cabinet {
  const bench = cabinet();
  bench.set([["volumeOccupancyPeriod", [], 60], ...settings]);
  bench.run(30);
  return bench;
}

const inputs = (bench: Cabinet) => bench.controller.device.detectors;
const called = (bench: Cabinet, phase: number): boolean =>
  (bench.read("phaseStatusGroupVehCalls", 1) & (1 << (phase - 1))) !== 0;

describe("vehicle detectors of a virtual controller", () => {
  test("lock a call until it is served, unless the phase has no memory", () => {
    const remembered = (options: number): boolean => {
      const bench = started([["phaseOptions", [4], phaseOption.enabled | options]]);
      inputs(bench).set(4, true);
      bench.run(0.2);
      inputs(bench).set(4, false);
      bench.run(0.2);
      return called(bench, 4);
    };
    expect([remembered(0), remembered(phaseOption.nonLockDetectorMemory)]).toEqual([true, false]);
  });

  test("lock by their own options where the phase does not", () => {
    const bench = started([
      ["phaseOptions", [4], phaseOption.enabled | phaseOption.nonLockDetectorMemory],
      ["vehicleDetectorOptions", [4], option.call | option.redLockCall],
    ]);
    inputs(bench).set(4, true);
    bench.run(0.2);
    inputs(bench).set(4, false);
    bench.run(0.2);
    expect(called(bench, 4)).toBe(true);
  });

  test("see a vehicle that came and went between two steps", () => {
    const bench = started();
    inputs(bench).set(4, true);
    inputs(bench).set(4, false);
    bench.run(0.1);
    expect(called(bench, 4)).toBe(true);
  });

  test("call only after their delay", () => {
    const bench = started([["vehicleDetectorDelay", [4], 50]]);
    inputs(bench).set(4, true);
    bench.run(4.9);
    expect(called(bench, 4)).toBe(false);
    bench.run(0.3);
    expect(called(bench, 4)).toBe(true);
  });

  test("extend a green for a while after the vehicle has gone", () => {
    const lasted = (extend_ds: number): number => {
      const bench = started([["vehicleDetectorExtend", [2], extend_ds]]);
      inputs(bench).set(2, true);
      inputs(bench).set(4, true);
      bench.run(10);
      inputs(bench).set(2, false);
      let steps = 0;
      while ((bench.read("phaseStatusGroupGreens", 1) & 0b10) !== 0) {
        bench.run(0.1);
        steps += 1;
      }
      return steps;
    };
    expect(lasted(40) - lasted(0)).toBe(40);
  });

  test("extend another phase where theirs is red and that one is green", () => {
    const bench = started([["vehicleDetectorSwitchPhase", [1], 2]]);
    inputs(bench).set(1, true);
    inputs(bench).set(4, true);
    bench.run(30);
    expect(bench.read("phaseStatusGroupGreens", 1) & 0b10).toBe(0b10);
    expect(called(bench, 1)).toBe(false);
  });

  test("count volume and occupancy over whole periods, and number these", () => {
    const bench = started();
    const sequence = bench.read("volumeOccupancySequence");
    bench.run(30);
    expect(bench.read("volumeOccupancySequence")).toBe(sequence + 1);
    for (let vehicle = 0; vehicle < 10; vehicle += 1) {
      inputs(bench).set(3, true);
      bench.run(1.5);
      inputs(bench).set(3, false);
      bench.run(4.5);
    }
    expect(bench.read("volumeOccupancySequence")).toBe(sequence + 2);
    expect([bench.read("detectorVolume", 3), bench.read("detectorOccupancy", 3)]).toEqual([10, 50]);
    expect(bench.read("activeVolumeOccupancyDetectors")).toBe(8);
  });

  test("that are covered for too long are broken: alarm, occupancy code, and the phase called for its fail time", () => {
    const bench = started([
      ["vehicleDetectorMaxPresence", [3], 2],
      ["vehicleDetectorFailTime", [3], 10],
    ]);
    inputs(bench).set(3, true);
    bench.run(119);
    expect(bench.read("vehicleDetectorAlarms", 3)).toBe(0);
    bench.run(2);
    expect(bench.read("vehicleDetectorAlarms", 3)).toBe(0b10);
    expect(bench.read("vehicleDetectorStatusGroupAlarms", 1)).toBe(1 << 2);
    expect(bench.read("shortAlarmStatus") & (1 << 5)).not.toBe(0);
    let served = 0;
    bench.run(180, () => {
      served |= bench.read("phaseStatusGroupGreens", 1);
    });
    expect(served & 0b100).not.toBe(0);
    expect(bench.read("detectorOccupancy", 3)).toBe(occupancyFault.maxPresence);
    inputs(bench).set(3, false);
    bench.run(1);
    expect(bench.read("vehicleDetectorAlarms", 3)).toBe(0);
  });

  test("that see nobody, or too many a minute, are broken too, until they are reset", () => {
    const bench = started([
      ["vehicleDetectorNoActivity", [5], 1],
      ["vehicleDetectorErraticCounts", [7], 20],
    ]);
    bench.run(60, (now_ds) => inputs(bench).set(7, now_ds % 2 === 0));
    bench.run(60, (now_ds) => inputs(bench).set(7, now_ds % 2 === 0));
    expect(bench.read("vehicleDetectorAlarms", 5)).toBe(0b1);
    expect(bench.read("vehicleDetectorAlarms", 7) & 0b100).toBe(0b100);
    bench.set([["vehicleDetectorReset", [5], 1]]);
    expect(bench.read("vehicleDetectorAlarms", 5)).toBe(0);
  });
});

describe("push buttons of a virtual controller", () => {
  test("call a walk", () => {
    const bench = started();
    const { buttons } = bench.controller.device;
    // The crossroads' walks are with phases 2, 4, 6 and 8; button 2 is phase 4's.
    buttons.set(2, true);
    bench.run(0.1);
    buttons.set(2, false);
    expect(bench.read("phaseStatusGroupPedCalls", 1)).toBe(1 << 3);
    let walked = false;
    bench.run(60, () => {
      walked ||= (bench.read("phaseStatusGroupWalks", 1) & (1 << 3)) !== 0;
    });
    expect(walked).toBe(true);
  });

  test("that stick are broken and go on calling: nobody waits for ever", () => {
    const bench = started([["pedestrianDetectorMaxPresence", [2], 1]]);
    bench.controller.device.buttons.set(2, true);
    bench.run(70);
    expect(bench.read("pedestrianDetectorAlarms", 2)).toBe(0b10);
    let walks = 0;
    bench.run(180, () => {
      walks |= bench.read("phaseStatusGroupWalks", 1);
    });
    expect(walks & (1 << 3)).not.toBe(0);
  });
});
