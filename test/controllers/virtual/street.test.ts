import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { controlStatus, flashStatus, type ObjectName } from "../../../controllers/ntcip/oids.ts";
import type { Plan } from "../../../core/signal/plan.ts";
import { crossroads, crossroadsPlan } from "../../support/crossroads.ts";
import { type Cabinet, cabinet, numbersIn, type Setting, settingsOf } from "./cabinet.ts";

const plan = (pattern: number, cycle_s: number, offset_s: number, share: number): Plan => {
  const spare = cycle_s - 15 - 12 - 28;
  const through = 15 + Math.floor((spare - 15) * share);
  const splits = [15, through, 12, 28 + spare - through].flatMap((split_s, i) => [
    { phase: i + 1, split_s, mode: "none" as const },
    { phase: i + 5, split_s, mode: "none" as const },
  ]);
  return { ...crossroadsPlan, pattern, cycle_s, offset_s, splits };
};

/** Anything that a centre, the street or a cabinet may do to a controller, for a while. */
const disturbance = fc.oneof(
  fc.record({ what: fc.constant("calls" as const), vehicle: fc.nat(255), pedestrian: fc.nat(255) }),
  fc.record({ what: fc.constant("command" as const), pattern: fc.constantFrom(0, 1, 2, 3, 4, 77, 254) }),
  fc.record({ what: fc.constant("flash" as const) }),
  fc.record({ what: fc.constant("omit" as const), phases: fc.nat(255) }),
  fc.record({ what: fc.constant("sync" as const), position_s: fc.nat(255) }),
  fc.record({ what: fc.constant("clock" as const), by_s: fc.integer({ min: -100, max: 100 }) }),
  fc.record({
    what: fc.constant("rewrite" as const),
    pattern: fc.constantFrom(1, 2, 3),
    cycle_s: fc.integer({ min: 90, max: 150 }),
  }),
  fc.record({
    what: fc.constant("timing" as const),
    phase: fc.integer({ min: 1, max: 8 }),
    min_green_s: fc.integer({ min: 5, max: 12 }),
  }),
);

type Disturbance = typeof disturbance extends fc.Arbitrary<infer T> ? T : never;

function disturb(bench: Cabinet, act: Disturbance): void {
  switch (act.what) {
    case "calls":
      bench.set([
        ["phaseControlGroupVehCall", [1], act.vehicle],
        ["phaseControlGroupPedCall", [1], act.pedestrian],
      ]);
      return;
    case "command":
      bench.set([["systemPatternControl", [], act.pattern]]);
      return;
    case "flash":
      bench.set([["systemPatternControl", [], 255]]);
      return;
    case "omit":
      bench.set([["phaseControlGroupPhaseOmit", [1], act.phases]]);
      return;
    case "sync":
      bench.set([["systemSyncControl", [], act.position_s]]);
      return;
    case "clock":
      bench.set([["globalTime", [], bench.read("globalTime") + act.by_s]]);
      return;
    case "rewrite":
      bench.transact(settingsOf(plan(act.pattern, act.cycle_s, 10, 0.5)));
      return;
    case "timing":
      bench.set([["phaseMinimumGreen", [act.phase], act.min_green_s]]);
  }
}

/** Every phase that shows green at some time of these seconds. */
function greensWithin(bench: Cabinet, seconds: number): readonly number[] {
  let greens = 0;
  bench.run(seconds, () => {
    greens |= bench.controller.device.channels.greens;
  });
  return numbersIn(greens);
}

/** Steps for which the phase goes on showing what it shows now. */
function lasting(bench: Cabinet, group: ObjectName, phase: number): number {
  let steps = 0;
  while ((bench.read(group, 1) & (1 << (phase - 1))) !== 0) {
    bench.run(0.1);
    steps += 1;
  }
  return steps;
}

describe("an intersection under a virtual controller", () => {
  test("never trips its conflict monitor, whatever is asked of it", () => {
    let simulated_s = 0;
    const seen = { patterns: new Set<number>(), flashes: 0 };
    fc.assert(
      fc.property(
        fc.array(fc.tuple(disturbance, fc.integer({ min: 1, max: 1200 })), { minLength: 15, maxLength: 30 }),
        (acts) => {
          const bench = cabinet();
          bench.run(30);
          bench.transact([
            ...settingsOf(plan(1, 90, 0, 0.5)),
            ...settingsOf(plan(2, 120, 60, 0.3)),
            ...settingsOf(plan(3, 100, 5, 0.8)),
          ]);
          for (const [act, ds] of acts) {
            disturb(bench, act);
            bench.run(ds / 10);
            simulated_s += ds / 10;
            seen.patterns.add(bench.read("coordPatternStatus"));
          }
          expect(bench.controller.trips).toEqual([]);
        },
      ),
      { numRuns: 24, seed: 20260105 },
    );
    // The property above proves something only if the street has really been disturbed.
    expect(simulated_s).toBeGreaterThan(6 * 3600);
    expect([...seen.patterns].sort((a, b) => a - b)).toEqual([1, 2, 3, 254, 255]);
  });

  test("gives a phase with a call its green in free running, and stops the others first", () => {
    const bench = cabinet();
    bench.run(30);
    bench.set([["phaseControlGroupVehCall", [1], 1 << 3]]);
    // Phase 8 enters along with it: dual entry.
    expect(greensWithin(bench, 60)).toEqual([2, 4, 6, 8]);
  });

  test("is called by its own detectors", () => {
    const bench = cabinet();
    bench.run(30);
    bench.controller.device.detectors.set(3, true);
    expect(bench.read("vehicleDetectorStatusGroupActive", 1)).toBe(1 << 2);
    expect(greensWithin(bench, 60)).toContain(3);
  });

  test("walks people on a pedestrian call, in full", () => {
    const bench = cabinet();
    bench.run(30);
    bench.set([["phaseControlGroupPedCall", [1], 1 << 3]]);
    let [walk_ds, clear_ds] = [0, 0];
    bench.run(0.1);
    bench.set([["phaseControlGroupPedCall", [1], 0]]);
    bench.run(90, () => {
      if ((bench.read("phaseStatusGroupWalks", 1) & (1 << 3)) !== 0) walk_ds += 1;
      if ((bench.read("phaseStatusGroupPedClears", 1) & (1 << 3)) !== 0) clear_ds += 1;
    });
    expect([walk_ds, clear_ds]).toEqual([70, 90]);
    expect(bench.read("phaseStatusGroupPedCalls", 1)).toBe(0);
  });

  test("goes to flash through yellow and red, and comes back through red", () => {
    const bench = cabinet();
    bench.run(30);
    bench.set([["systemPatternControl", [], 255]]);
    bench.run(20);
    expect(bench.read("coordPatternStatus")).toBe(255);
    expect(bench.read("unitFlashStatus")).toBe(flashStatus.automatic);
    const lit = { yellow: 0, red: 0, dark: 0 };
    bench.run(10, () => {
      const { yellows, reds } = bench.controller.device.channels;
      if (yellows !== 0) lit.yellow += 1;
      if (reds !== 0) lit.red += 1;
      if (yellows === 0 && reds === 0) lit.dark += 1;
    });
    expect(lit).toEqual({ yellow: 50, red: 50, dark: 50 });
    bench.set([["systemPatternControl", [], 0]]);
    let red_ds = 0;
    while (bench.controller.device.channels.greens === 0) {
      bench.run(0.1);
      if (
        (bench.controller.device.channels.reds & 0xff) === 0xff &&
        bench.read("unitFlashStatus") === flashStatus.notFlash
      )
        red_ds += 1;
    }
    expect(red_ds).toBeGreaterThanOrEqual(60 - 1);
    expect(bench.controller.trips).toEqual([]);
  });

  test("lets people finish crossing before it goes to flash", () => {
    const bench = cabinet();
    bench.run(30);
    bench.set([["phaseControlGroupPedCall", [1], 1 << 3]]);
    while (bench.read("phaseStatusGroupWalks", 1) === 0) bench.run(0.1);
    bench.run(1.9);
    bench.set([["systemPatternControl", [], 255]]);
    expect(lasting(bench, "phaseStatusGroupWalks", 4)).toBe(70 - 19);
    expect(lasting(bench, "phaseStatusGroupPedClears", 4)).toBe(90);
    expect(lasting(bench, "phaseStatusGroupGreens", 4)).toBe(0);
    expect(lasting(bench, "phaseStatusGroupYellows", 4)).toBe(33);
  });

  test("waits for its longest intergreen after power-up and after flash", () => {
    const conflicts = crossroads.signal.conflicts.map((pair) => ({
      ...pair,
      intergreen_ab_s: 9.5,
      intergreen_ba_s: 9.5,
    }));
    const bench = cabinet({ ...crossroads, signal: { ...crossroads.signal, conflicts } });
    bench.run(30);
    bench.set([["systemPatternControl", [], 255]]);
    bench.run(60);
    bench.set([["systemPatternControl", [], 254]]);
    bench.run(60);
    expect(bench.controller.device.channels.greens).not.toBe(0);
    expect(bench.controller.trips).toEqual([]);
  });

  test.each([
    ["yellow", "phaseYellowChange", 50, 33, "phaseStatusGroupYellows"],
    ["pedestrian clearance", "phasePedestrianClear", 20, 9, "phaseStatusGroupPedClears"],
  ] as const)(
    "never cuts a running %s short, although its parameter has just been lowered",
    (_what, name, long, short, group) => {
      const bench = cabinet();
      bench.set([[name, [4], long]]);
      bench.set([
        ["phaseControlGroupVehCall", [1], 0b1010],
        ["phaseControlGroupPedCall", [1], 0b1000],
      ]);
      bench.run(1);
      while ((bench.read(group, 1) & 0b1000) === 0) bench.run(0.1);
      bench.set([[name, [4], short]]);
      expect(lasting(bench, group, 4)).toBe(name === "phaseYellowChange" ? long : long * 10);
      bench.set([["phaseControlGroupVehCall", [1], 0b1010]]);
      while ((bench.read(group, 1) & 0b1000) === 0) bench.run(0.1);
      expect(lasting(bench, group, 4)).toBe(name === "phaseYellowChange" ? short : short * 10);
    },
  );

  test("never cuts a running red clearance short, although its parameter has just been lowered", () => {
    const bench = cabinet();
    bench.set([["phaseRedClear", [4], 60]]);
    bench.set([["phaseControlGroupVehCall", [1], 0b1010]]);
    bench.run(1);
    while ((bench.read("phaseStatusGroupYellows", 1) & 0b1000) === 0) bench.run(0.1);
    lasting(bench, "phaseStatusGroupYellows", 4);
    bench.set([["phaseRedClear", [4], 17]]);
    let red_ds = 0;
    while (bench.controller.device.channels.greens === 0) {
      bench.run(0.1);
      red_ds += 1;
    }
    expect(red_ds).toBe(60);
  });

  test("flashes for good after a trip: here the clearance in the cabinet is shorter than the monitor allows", () => {
    const bench = cabinet();
    const everyPhase = (value: number): readonly Setting[] =>
      crossroads.signal.phases.map(({ number }) => ["phaseRedClear", [number], value]);
    bench.set(everyPhase(0));
    bench.set([["phaseControlGroupVehCall", [1], 255]]);
    bench.run(120);
    expect(bench.controller.trips[0]?.reason.kind).toBe("short_clearance");
    bench.set([["systemPatternControl", [], 254], ...everyPhase(17)]);
    bench.run(60);
    expect(bench.read("unitFlashStatus")).toBe(flashStatus.mmu);
    expect(bench.read("coordPatternStatus")).toBe(255);
  });
});

describe("the backup timer", () => {
  const commanded = (): Cabinet => {
    const bench = cabinet();
    bench.run(30);
    bench.transact([...settingsOf(crossroadsPlan), ["unitBackupTime", [], 100]]);
    bench.set([
      ["systemPatternControl", [], 1],
      ["phaseControlGroupVehCall", [1], 255],
    ]);
    bench.run(1);
    return bench;
  };

  test("returns a forgotten controller to its local plan, with every command gone", () => {
    const bench = commanded();
    expect(bench.read("unitControlStatus")).toBe(controlStatus.systemControl);
    expect(bench.read("coordPatternStatus")).toBe(1);
    bench.run(98.9);
    expect(bench.read("unitControlStatus")).toBe(controlStatus.systemControl);
    bench.run(0.1);
    expect(bench.read("unitControlStatus")).toBe(controlStatus.backupMode);
    expect(bench.read("systemPatternControl")).toBe(0);
    expect(bench.read("phaseControlGroupVehCall", 1)).toBe(0);
    bench.run(crossroadsPlan.cycle_s);
    expect(bench.read("coordPatternStatus")).toBe(254);
  });

  test("runs the time base's own pattern where it has one", () => {
    const bench = commanded();
    bench.transact([...settingsOf({ ...crossroadsPlan, pattern: 5, cycle_s: 100 }), ["timebaseAscPattern", [1], 5]]);
    bench.run(100 + crossroadsPlan.cycle_s);
    expect(bench.read("unitControlStatus")).toBe(controlStatus.backupMode);
    expect(bench.read("coordPatternStatus")).toBe(5);
    expect(bench.read("timebaseAscActionStatus")).toBe(1);
  });

  test("starts again with every command, even the same one, and not with a reading", () => {
    const bench = commanded();
    bench.run(90);
    bench.set([["systemPatternControl", [], 1]]);
    bench.run(90);
    expect(bench.read("unitControlStatus")).toBe(controlStatus.systemControl);
    bench.run(10);
    expect(bench.read("unitControlStatus")).toBe(controlStatus.backupMode);
  });

  test("lets the centre take over again", () => {
    const bench = commanded();
    bench.run(120);
    bench.set([["systemPatternControl", [], 1]]);
    bench.run(crossroadsPlan.cycle_s);
    expect(bench.read("unitControlStatus")).toBe(controlStatus.systemControl);
    expect(bench.read("coordPatternStatus")).toBe(1);
  });

  test("is off at zero", () => {
    const bench = commanded();
    bench.set([["unitBackupTime", [], 0]]);
    bench.run(2000);
    expect(bench.read("unitControlStatus")).toBe(controlStatus.systemControl);
  });

  test("a pattern set by hand beats the centre", () => {
    const bench = commanded();
    bench.set([["coordOperationalMode", [], 254]]);
    bench.run(crossroadsPlan.cycle_s + 1);
    expect(bench.read("unitControlStatus")).toBe(controlStatus.manual);
    expect(bench.read("coordPatternStatus")).toBe(254);
  });
});
