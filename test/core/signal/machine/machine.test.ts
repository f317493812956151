import { describe, expect, test } from "vitest";
import { createMachine } from "../../../../core/signal/machine/machine.ts";
import type {
  MachineConfig,
  MachineEvent,
  MachinePattern,
  MachinePhase,
} from "../../../../core/signal/machine/types.ts";
import type { MutableInput } from "./street.ts";

const phase = (number: number, more: Partial<MachinePhase> = {}): MachinePhase => ({
  number,
  min_green_ds: 50,
  max_green_ds: 300,
  passage_ds: 20,
  walk_ds: 0,
  ped_clear_ds: 0,
  yellow_ds: 33,
  red_clear_ds: 15,
  recall: "none",
  ...more,
});

const eight: MachineConfig = {
  phases: [1, 2, 3, 4, 5, 6, 7, 8].map((n) => phase(n, n === 4 ? { walk_ds: 70, ped_clear_ds: 110 } : {})),
  rings: [
    [
      [1, 2],
      [3, 4],
    ],
    [
      [5, 6],
      [7, 8],
    ],
  ],
  coord_phases: [2, 6],
  intergreens: [],
};

const pattern = (more: Partial<MachinePattern> = {}): MachinePattern => ({
  number: 3,
  cycle_ds: 1000,
  offset_ds: 0,
  splits: [200, 400, 150, 250, 200, 400, 150, 250].map((split_ds, i) => ({ phase: i + 1, split_ds, mode: "none" })),
  ...more,
});

const start = (): MutableInput => ({ clock_ds: 0, pattern: null, vehicle_calls: 0, ped_calls: 0, occupied: 0 });

const bit = (...phases: readonly number[]): number => phases.reduce((mask, p) => mask | (1 << (p - 1)), 0);

function run(machine: ReturnType<typeof createMachine>, input: MutableInput, steps: number): MachineEvent[] {
  const events: MachineEvent[] = [];
  for (let i = 0; i < steps; i++) {
    events.push(...machine.step(input));
    input.vehicle_calls &= ~machine.lamps.greens;
    input.ped_calls &= ~machine.lamps.walks;
    input.clock_ds += 1;
  }
  return events;
}

const kinds = (events: readonly MachineEvent[], number: number): readonly string[] =>
  events.filter((e) => e.phase === number).map((e) => e.kind);

describe("the machine at power-up", () => {
  test("shows red everywhere for six seconds, then the coordinated phases", () => {
    const machine = createMachine(eight);
    const input = start();
    run(machine, input, 60);
    expect(machine.lamps).toMatchObject({ greens: 0, yellows: 0, reds: 0xff });
    run(machine, input, 1);
    expect(machine.lamps).toMatchObject({ greens: bit(2, 6), reds: 0xff & ~bit(2, 6), phaseOns: bit(2, 6) });
  });

  test("refuses a configuration that no timetable could hold", () => {
    expect(() => createMachine({ ...eight, coord_phases: [2] })).toThrow(/validateIntersection/);
    expect(() => createMachine({ ...eight, coord_phases: [2, 8] })).toThrow(/barrier group/);
  });
});

describe("the machine running free", () => {
  test("rests in green while nobody else asks", () => {
    const machine = createMachine(eight);
    const events = run(machine, start(), 5000);
    expect(events.filter((e) => e.kind === "begin_yellow")).toEqual([]);
  });

  test("gaps out when the detector is quiet for the passage time, after the minimum green", () => {
    const machine = createMachine(eight);
    const input = { ...start(), vehicle_calls: bit(4) };
    const events = run(machine, input, 300);
    const of = (number: number, kind: string) => events.find((e) => e.phase === number && e.kind === kind)?.at_ds;
    expect(of(2, "gap_out")).toBe(60 + 50);
    expect(of(6, "begin_yellow")).toBe(60 + 50);
    expect(of(4, "begin_green")).toBe(60 + 50 + 33 + 15);
    expect(machine.lamps.greens & bit(8)).toBe(0);
  });

  test("is extended by a covered detector up to the maximum green, counted from the first opposing call", () => {
    const machine = createMachine(eight);
    const input = { ...start(), vehicle_calls: bit(4), occupied: bit(2) };
    const events = run(machine, input, 600);
    expect(kinds(events, 2)).toContain("max_out");
    expect(events.find((e) => e.kind === "max_out")?.at_ds).toBe(61 + 299);
  });

  test("passes over phases that are not called and says so", () => {
    const machine = createMachine(eight);
    const events = run(machine, { ...start(), vehicle_calls: bit(4) }, 300);
    expect(kinds(events, 3)).toEqual(["skip"]);
  });

  test("serves a button with the whole walk and clearance", () => {
    const machine = createMachine(eight);
    const events = run(machine, { ...start(), ped_calls: bit(4) }, 600);
    const of = (kind: string) => events.find((e) => e.phase === 4 && e.kind === kind)?.at_ds ?? Number.NaN;
    expect(of("begin_ped_clear") - of("begin_walk")).toBe(70);
    expect(of("begin_dont_walk") - of("begin_ped_clear")).toBe(110);
  });
});

describe("the machine under a pattern", () => {
  const inStep = (more: Partial<MachinePattern> = {}, calls = 0xff) => {
    const machine = createMachine(eight);
    const input: MutableInput = { ...start(), pattern: pattern(more), vehicle_calls: calls };
    const keep = (steps: number): MachineEvent[] => {
      const events: MachineEvent[] = [];
      for (let i = 0; i < steps; i++) {
        input.vehicle_calls |= calls;
        input.occupied = calls;
        events.push(...run(machine, input, 1));
      }
      return events;
    };
    keep(9000);
    return { machine, input, keep };
  };

  test("with every phase used to its force-off, repeats the plan to the tenth of a second on the master clock", () => {
    const { machine, keep } = inStep({ offset_ds: 370 });
    expect(machine.coordination()).toMatchObject({ pattern: 3, freeStatus: "notFree", inTransition: false });
    const greens = keep(3000).filter((e) => e.kind === "begin_green");
    const at = (number: number) => greens.filter((e) => e.phase === number).map((e) => (e.at_ds - 370) % 1000);
    expect(at(2)).toEqual([0, 0, 0]);
    expect(at(6)).toEqual([0, 0, 0]);
    expect(at(3)).toEqual([400, 400, 400]);
    expect(at(4)).toEqual([550, 550, 550]);
    expect(at(1)).toEqual([800, 800, 800]);
  });

  test("gives the time of uncalled phases to the coordinated phases", () => {
    const { keep } = inStep({}, bit(4));
    const events = keep(2000);
    expect(events.filter((e) => [1, 3, 5, 7, 8].includes(e.phase) && e.kind === "begin_green")).toEqual([]);
    const back = events.filter((e) => e.phase === 2 && e.kind === "begin_green").map((e) => e.at_ds % 1000);
    expect(back).toEqual([800, 800]);
  });

  test.each([
    ["badCycleTime", { cycle_ds: 290 }],
    ["badCycleTime", { cycle_ds: 400 }],
    ["invalidOffset", { offset_ds: 1000 }],
    ["splitOverrun", { cycle_ds: 900 }],
    ["badPlan", { splits: pattern().splits.map((s) => (s.phase === 4 ? { ...s, split_ds: 150 } : s)) }],
    ["badPlan", { splits: pattern().splits.map((s) => (s.phase === 2 ? { ...s, mode: "omitted" as const } : s)) }],
    ["badPlan", { splits: [...pattern().splits, { phase: 9, split_ds: 100, mode: "none" as const }] }],
  ])("runs free, saying %s, instead of a pattern that cannot be run", (reason, more) => {
    const machine = createMachine(eight);
    run(machine, { ...start(), pattern: pattern(more) }, 500);
    expect(machine.coordination()).toMatchObject({ pattern: null, freeStatus: reason, local_ds: null });
  });

  test("a new pattern waits for local zero", () => {
    const { machine, input, keep } = inStep();
    keep(500);
    input.pattern = pattern({ number: 4, offset_ds: 100 });
    const since = machine.coordination().local_ds ?? 0;
    keep(999 - since);
    expect(machine.coordination().pattern).toBe(3);
    keep(1);
    expect(machine.coordination()).toMatchObject({ pattern: 4, inTransition: true });
  });

  test.each([
    [100, 1],
    [400, 2],
    [940, 1],
  ])("an offset %i ds later is reached by bounded cycles, coordinated greens taking all of it", (later, cycles) => {
    const { machine, input, keep } = inStep();
    input.pattern = pattern({ number: 4, offset_ds: later });
    const greens = keep(1000 * (cycles + 3)).filter((e) => e.kind === "begin_green");
    expect(machine.coordination().inTransition).toBe(false);
    const starts = greens.filter((e) => e.phase === 2).map((e) => e.at_ds);
    for (const [i, at] of starts.entries()) {
      const length = i === 0 ? 1000 : at - (starts[i - 1] ?? 0);
      expect(length).toBeGreaterThanOrEqual(830);
      expect(length).toBeLessThanOrEqual(1200);
    }
    expect((starts.at(-1) ?? 0) % 1000).toBe(later);
  });

  test("goes back to free at local zero when no pattern is asked for", () => {
    const { machine, input, keep } = inStep();
    keep(300);
    input.pattern = null;
    keep(1000);
    expect(machine.coordination()).toMatchObject({ pattern: null, freeStatus: "commandFree" });
  });

  test("goes on from its saved state exactly as it would have", () => {
    const { machine, input, keep } = inStep({}, bit(1, 4, 8));
    keep(777);
    const twin = createMachine(eight, JSON.parse(JSON.stringify(machine.state)));
    const twinInput = { ...input };
    expect(run(twin, twinInput, 3000)).toEqual(run(machine, { ...input }, 3000));
    expect(twin.state).toEqual(machine.state);
  });
});

describe("conflict-specific intergreens", () => {
  test("delay the green that follows, not the force-off before it", () => {
    const machine = createMachine({ ...eight, intergreens: [{ from: 2, to: 3, ds: 80 }] });
    const input = { ...start(), pattern: pattern() };
    const events: MachineEvent[] = [];
    for (let i = 0; i < 12_000; i++) {
      input.vehicle_calls = 0xff;
      input.occupied = 0xff;
      events.push(...run(machine, input, 1));
    }
    const late = events.filter((e) => e.at_ds >= 9000);
    const at = (number: number, kind: string) => late.find((e) => e.phase === number && e.kind === kind)?.at_ds ?? 0;
    expect(at(2, "begin_yellow") % 1000).toBe(352);
    expect(at(3, "begin_green") % 1000).toBe(432);
    expect(at(7, "begin_green") % 1000).toBe(400);
  });
});
