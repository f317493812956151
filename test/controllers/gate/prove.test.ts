import { describe, expect, it } from "vitest";
import { examine, examiner, prove, type Verdict } from "../../../controllers/gate/prove.ts";
import type { Approach, Intersection } from "../../../core/network/schema.ts";
import type { DevicePhase, DeviceTiming } from "../../../core/ports/signal-controller.ts";
import { problem } from "../../../core/problems/problem.ts";
import type { Plan, Split } from "../../../core/signal/plan.ts";
import type { SignalSpec } from "../../../core/signal/schema.ts";
import { crossroads, crossroadsPlan, timingOf } from "../../support/crossroads.ts";

const timing = timingOf(crossroads);

const failing = ({ checks }: Verdict): readonly string[] => checks.filter((check) => !check.passed).map(({ id }) => id);

const codes = ({ result }: Verdict): readonly string[] =>
  result.ok ? [] : [...new Set(result.problems.map(({ code }) => code))];

const withSignal = (change: Partial<SignalSpec>): Intersection => ({
  ...crossroads,
  signal: { ...crossroads.signal, ...change },
});

const withSplits = (change: Readonly<Record<number, Partial<Split>>>, rest: Partial<Plan> = {}): Plan => ({
  ...crossroadsPlan,
  ...rest,
  splits: crossroadsPlan.splits.map((split) => ({ ...split, ...change[split.phase] })),
});

const withDevicePhase = (number: number, change: Partial<DevicePhase>): DeviceTiming => ({
  ...timing,
  phases: timing.phases.map((phase) => (phase.number === number ? { ...phase, ...change } : phase)),
});

describe("the gate on a crossroads", () => {
  it("proves a sound plan and lists every proof it made", () => {
    const { checks, result } = examine(crossroads, crossroadsPlan, timing);
    expect(checks).toEqual(
      ["I1", "I2", "I3", "I4", "I5", "I7", "rehearsal"].map((id) => ({ id, passed: true, problems: [] })),
    );
    expect(result.ok && result.value.plan).toEqual(crossroadsPlan);
  });

  it("names a plan by the same digest whenever it means the same", () => {
    const shuffled = { ...crossroadsPlan, splits: crossroadsPlan.splits.toReversed() };
    const [one, other] = [crossroadsPlan, shuffled].map((plan) => prove(crossroads, plan, timing));
    expect(one?.ok && other?.ok && one.value.digest === other.value.digest).toBe(true);
    expect(one?.ok && one.value.digest).toMatch(/^[0-9a-f]{64}$/);
  });

  it("keeps what it proved, whatever happens to the document afterwards", () => {
    const plan = structuredClone(crossroadsPlan) as { cycle_s: number };
    const proved = prove(crossroads, plan, timing);
    plan.cycle_s = 200;
    expect(proved.ok && proved.value.plan.cycle_s).toBe(90);
  });
});

describe("I1: what conflicts never runs together", () => {
  it("refuses rings that drift apart, so that phases meet across a barrier", () => {
    const plan = withSplits({ 1: { split_s: 25 }, 3: { split_s: 12 }, 4: { split_s: 18 } });
    expect(failing(examine(crossroads, plan, timing))).toContain("I1");
  });

  it("refuses an intersection that lets a listed conflict run side by side", () => {
    const street = withSignal({ conflicts: [...crossroads.signal.conflicts, { a: 2, b: 6 }] });
    expect(failing(examine(street, crossroadsPlan, timing))).toEqual(["I1"]);
  });

  it("refuses a green too short for the intergreen it has to wait for", () => {
    const conflicts = crossroads.signal.conflicts.map((pair) =>
      pair.a === 1 && pair.b === 2 ? { ...pair, intergreen_ab_s: 20 } : pair,
    );
    const verdict = examine(withSignal({ conflicts }), crossroadsPlan, timing);
    expect(codes(verdict)).toEqual(["GREEN_SHORT"]);
  });
});

describe("I2: no green and no walk is cut short", () => {
  it("refuses a split without room for the minimum green", () => {
    const plan = withSplits({ 3: { split_s: 9 }, 4: { split_s: 31 } });
    expect(failing(examine(crossroads, plan, timing))).toEqual(["I2"]);
  });

  it("refuses a split with room for the minimum green but not for the people crossing", () => {
    const plan = withSplits({ 4: { split_s: 20 }, 3: { split_s: 20 } });
    expect(failing(examine(crossroads, plan, timing))).toEqual(["I2"]);
  });
});

describe("I3: clearances belong to the intersection", () => {
  it.each([
    ["a yellow in a split", withSplits({ 2: { yellow_s: 3 } as Partial<Split> })],
    ["a list of clearances", { ...crossroadsPlan, clearances: [{ phase: 2, yellow_s: 3, red_clear_s: 1 }] }],
    ["a minimum green", { ...crossroadsPlan, min_green_s: 3 }],
  ])("refuses a plan that carries %s", (_, plan) => {
    const verdict = examine(crossroads, plan, timing);
    expect(failing(verdict)).toEqual(["I3"]);
    expect(codes(verdict)).toEqual(["PLAN_SHAPE"]);
  });

  it.each<[string, Partial<DevicePhase>]>([
    ["yellow change", { yellow_s: 3.2 }],
    ["red clearance", { red_clear_s: 1.6 }],
    ["minimum green", { min_green_s: 7 }],
    ["walk", { walk_s: 6 }],
    ["pedestrian clearance", { ped_clear_s: 8 }],
    ["ring", { ring: 2 }],
    ["concurrency", { concurrency: [5, 6, 8] }],
    ["use", { enabled: false }],
  ])("refuses a device whose %s differs from the site file, and names it", (_, change) => {
    const verdict = examine(crossroads, crossroadsPlan, withDevicePhase(2, change));
    expect(failing(verdict)).toEqual(["I3"]);
    expect(new Set(codes(verdict))).toEqual(new Set(["DEVICE_DIFFERS"]));
  });

  it("names a phase that the device has switched off", () => {
    const { result } = examine(crossroads, crossroadsPlan, withDevicePhase(2, { enabled: false }));
    expect(result.ok ? [] : result.problems.map(({ words }) => words["what"])).toContain("phase 2");
  });

  it("names every difference, not the first", () => {
    const verdict = examine(crossroads, crossroadsPlan, withDevicePhase(4, { yellow_s: 3, red_clear_s: 1, walk_s: 4 }));
    const named = verdict.result.ok
      ? []
      : verdict.result.problems.map(({ words }) => [words["what"], words["site"], words["device"]]);
    expect(named).toEqual([
      ["yellow change of phase 4", "3.3 s", "3.0 s"],
      ["red clearance of phase 4", "1.7 s", "1.0 s"],
      ["walk of phase 4", "7.0 s", "4.0 s"],
    ]);
  });

  it("refuses a device that runs its phases in another order", () => {
    const verdict = examine(crossroads, crossroadsPlan, {
      ...timing,
      sequence: [
        [2, 1, 3, 4],
        [5, 6, 7, 8],
      ],
    });
    expect(failing(verdict)).toEqual(["I3"]);
  });

  it("refuses an intersection whose yellow is too short for its own traffic, though the device agrees with it", () => {
    const [first, ...rest] = crossroads.approaches;
    const fast = { ...crossroads, approaches: [{ ...(first as Approach), speed_kmh: 80 }, ...rest] };
    const verdict = examine(fast, crossroadsPlan, timing);
    expect(failing(verdict)).toEqual(["I3"]);
    expect(codes(verdict)).toEqual(["YELLOW_SHORT"]);
  });

  it("refuses a device with a phase the site file does not know", () => {
    const stranger = { ...(timing.phases[0] as DevicePhase), number: 9 };
    const verdict = examine(crossroads, crossroadsPlan, { ...timing, phases: [...timing.phases, stranger] });
    expect(failing(verdict)).toEqual(["I3"]);
  });
});

describe("I4: the arithmetic holds, in every pattern of the device", () => {
  it.each<[string, string, unknown]>([
    ["splits that do not add up to the cycle", "CYCLE_SUM_UNEQUAL", { ...crossroadsPlan, cycle_s: 91 }],
    [
      "a barrier that one ring reaches before the other",
      "BARRIER_SUM_UNEQUAL",
      withSplits({ 6: { split_s: 36 }, 8: { split_s: 27 } }),
    ],
    ["an offset as long as the cycle", "OFFSET_OUT_OF_CYCLE", { ...crossroadsPlan, offset_s: 90 }],
    [
      "a cycle above the site's longest",
      "CYCLE_OUT_OF_BOUNDS",
      withSplits({ 2: { split_s: 105 }, 6: { split_s: 105 } }, { cycle_s: 160 }),
    ],
    ["a phase without a split", "SPLIT_MISSING", { ...crossroadsPlan, splits: crossroadsPlan.splits.slice(1) }],
    [
      "a phase named twice",
      "PHASE_TWICE",
      { ...crossroadsPlan, splits: [...crossroadsPlan.splits, crossroadsPlan.splits[0]] },
    ],
    [
      "a coordinated phase left out",
      "COORD_PHASE_OMITTED",
      withSplits({ 2: { split_s: 0, mode: "omitted" }, 1: { split_s: 50 } }),
    ],
    ["a sequence the site file does not state", "SEQUENCE_UNKNOWN", { ...crossroadsPlan, sequence: 2 }],
    ["another intersection", "PLAN_FOR_ANOTHER", { ...crossroadsPlan, intersection: "elsewhere" }],
    ["a pattern number that means free", "PLAN_SHAPE", { ...crossroadsPlan, pattern: 254 }],
    ["nothing at all", "PLAN_SHAPE", undefined],
  ])("refuses %s (%s)", (_, code, plan) => {
    const verdict = examine(crossroads, plan, timing);
    expect(failing(verdict)).toContain("I4");
    expect(codes(verdict)).toContain(code);
  });

  it("refuses while another pattern of the device is broken, and names that pattern", () => {
    const broken = { ...crossroadsPlan, pattern: 9, cycle_s: 80 };
    const { result } = examine(crossroads, crossroadsPlan, { ...timing, patterns: [broken] });
    expect(result.ok ? [] : result.problems[0]).toMatchObject({ code: "DEVICE_PATTERN_UNSAFE", words: { pattern: 9 } });
  });

  it("does not mind a broken pattern that the plan is about to replace", () => {
    const broken = { ...crossroadsPlan, cycle_s: 80 };
    expect(prove(crossroads, crossroadsPlan, { ...timing, patterns: [broken] }).ok).toBe(true);
  });
});

describe("I5: the device finds its own way home", () => {
  it("refuses central control of a device whose backup timer is off", () => {
    expect(failing(examine(crossroads, crossroadsPlan, { ...timing, backup_time_s: 0 }))).toEqual(["I5"]);
  });
});

describe("I7: nobody waits for ever", () => {
  it("refuses a plan under which a phase is red for longer than the site allows", () => {
    const street = withSignal({ longest_wait_s: 78 });
    expect(failing(examine(street, crossroadsPlan, timing))).toEqual(["I7"]);
    expect(failing(examine(withSignal({ longest_wait_s: 83 }), crossroadsPlan, timing))).toEqual([]);
  });

  it("refuses a plan under which people on foot wait longer than the site allows", () => {
    expect(failing(examine(withSignal({ longest_walk_wait_s: 82 }), crossroadsPlan, timing))).toEqual(["I7"]);
    expect(failing(examine(withSignal({ longest_walk_wait_s: 83 }), crossroadsPlan, timing))).toEqual([]);
  });
});

describe("the cabinet's monitor", () => {
  const channels = crossroads.signal.phases.map(({ number }) => ({ channel: number, shows: "phase" as const, number }));
  const permitted: [number, number][] = [
    [1, 5],
    [1, 6],
    [2, 5],
    [2, 6],
    [3, 7],
    [3, 8],
    [4, 7],
    [4, 8],
  ];
  const programmed = (pairs: [number, number][]): Intersection =>
    withSignal({ monitor: { channels, permitted: pairs, min_yellow_disabled: [], min_yellow_s: 2.7 } });

  it("is compared where the site states its programme", () => {
    const { checks, result } = examine(programmed(permitted), crossroadsPlan, timing);
    expect(result.ok).toBe(true);
    expect(checks.map(({ id }) => id)).toContain("monitor");
  });

  it("refuses every plan while it would let a conflict pass, or trip on what the rings run", () => {
    expect(codes(examine(programmed([...permitted, [2, 4]]), crossroadsPlan, timing))).toEqual([
      "MONITOR_PERMITS_CONFLICT",
    ]);
    expect(failing(examine(programmed(permitted.slice(1)), crossroadsPlan, timing))).toEqual(["monitor"]);
  });
});

describe("a change that a machine makes by itself", () => {
  const now = { from: crossroadsPlan, ago_s: 270 };

  it("is held to the limits of change, an approved one is not", () => {
    const faster = withSplits({ 1: { split_s: 24 }, 2: { split_s: 26 }, 5: { split_s: 24 }, 6: { split_s: 26 } });
    expect(examine(crossroads, faster, timing).result.ok).toBe(true);
    const verdict = examine(crossroads, faster, timing, { automatic: now });
    expect(failing(verdict)).toEqual(["change"]);
    expect(codes(verdict)).toEqual(["CHANGE_SPLIT"]);
    expect(failing(examine(crossroads, crossroadsPlan, timing, { automatic: { ...now, ago_s: 269 } }))).toEqual([
      "change",
    ]);
  });

  it("passes where it is small and not too soon", () => {
    const step = withSplits({ 1: { split_s: 17 }, 2: { split_s: 33 }, 5: { split_s: 17 }, 6: { split_s: 33 } });
    const { checks, result } = examine(crossroads, step, timing, { automatic: now });
    expect(result.ok).toBe(true);
    expect(checks.map(({ id }) => id)).toContain("change");
  });
});

describe("another sequence", () => {
  const lagging = [
    [
      [2, 1],
      [3, 4],
    ],
    [
      [6, 5],
      [7, 8],
    ],
  ];
  const street = withSignal({ sequences: [{ number: 3, rings: lagging }] });
  const plan = { ...crossroadsPlan, sequence: 3 };
  const held = (order: readonly (readonly number[])[]): DeviceTiming => ({
    ...timing,
    sequences: [{ number: 3, rings: order }],
  });
  const right = lagging.map((ring) => ring.flat());

  it("is proved where site and device hold the same", () => {
    expect(codes(examine(street, plan, held(right)))).toEqual([]);
  });

  it("is refused where the device holds another order, or was not asked", () => {
    const [first = [], second = []] = right;
    expect(failing(examine(street, plan, held([first, second.toReversed()])))).toEqual(["I3"]);
    expect(failing(examine(street, plan, timing))).toEqual(["I3"]);
  });

  it("is refused where another pattern of the device runs it in another order", () => {
    const beside = { ...held([[1, 2, 3, 4], right[1] ?? []]), patterns: [{ ...plan, pattern: 9 }] };
    expect(failing(examine(street, crossroadsPlan, beside))).toEqual(["I3"]);
  });
});

describe("the rehearsal", () => {
  it("is the last word: what it sees refuses a plan that every rule passes", () => {
    const seen = problem("REHEARSED_WAIT", { intersection: crossroads.id, pattern: 1, phase: 3, got_s: 200 });
    const verdict = examiner(() => [seen])(crossroads, crossroadsPlan, timing);
    expect(failing(verdict)).toEqual(["rehearsal"]);
    expect(verdict.result).toEqual({ ok: false, problems: [seen] });
  });
});

describe("a plan made for a scenario", () => {
  it("can never be sent, whatever it is dressed up as", () => {
    const signalPlan = { signal: "J1", program: "greenwave", cycle_s: 90, offset_s: 0, sequence: [] };
    for (const candidate of [signalPlan, { ...crossroadsPlan, scenario: "cologne3" }]) {
      const verdict = examine(crossroads, candidate, timing);
      expect(codes(verdict)).toEqual(["PLAN_OF_SCENARIO"]);
      expect(verdict.result.ok).toBe(false);
    }
  });
});
