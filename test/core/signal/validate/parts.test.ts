import { describe, expect, test } from "vitest";
import { type Intersection, intersectionSchema } from "../../../../core/network/schema.ts";
import { sentence } from "../../../../core/problems/problem.ts";
import type { SignalSpec } from "../../../../core/signal/schema.ts";
import { validateIntersection } from "../../../../core/signal/validate.ts";
import { fourLegs, fourLegsPlan } from "../four-legs.ts";

const { signal } = fourLegs;
const having = (change: Partial<SignalSpec>): Intersection => ({ ...fourLegs, signal: { ...signal, ...change } });

const phase = (number: number, change: Partial<SignalSpec["phases"][number]>): Intersection =>
  having({ phases: signal.phases.map((each) => (each.number === number ? { ...each, ...change } : each)) });
const clearance = (number: number, change: Partial<SignalSpec["clearances"][number]>): Intersection =>
  having({ clearances: signal.clearances.map((each) => (each.phase === number ? { ...each, ...change } : each)) });
const conflict = (change: Partial<SignalSpec["conflicts"][number]>): Intersection =>
  having({ conflicts: signal.conflicts.map((each, i) => (i === 0 ? { ...each, ...change } : each)) });
const approach = (change: Partial<Intersection["approaches"][number]>): Intersection => ({
  ...fourLegs,
  approaches: fourLegs.approaches.map((each, i) => (i === 0 ? { ...each, ...change } : each)),
});
const setback = (detector_setback_m: number): Intersection => ({
  ...fourLegs,
  approaches: fourLegs.approaches.map((each) => ({
    ...each,
    lanes: each.lanes.map((lane) => (lane.phase === 2 ? { ...lane, detector_setback_m } : lane)),
  })),
});

type Overlap = NonNullable<SignalSpec["overlaps"]>[number];
const overlap = (change: Partial<Overlap> = {}): Overlap => ({
  number: 1,
  type: "normal",
  phases: [1, 2],
  modifier_phases: [],
  conflicts: [4],
  trail_green_s: 0,
  trail_yellow_s: 0,
  trail_red_s: 0,
  ...change,
});
const overlaps = (...all: Partial<Overlap>[]): Intersection => having({ overlaps: all.map(overlap) });

type Preempt = NonNullable<SignalSpec["preempts"]>[number];
const preempt = (change: Partial<Preempt> = {}): Preempt => ({
  number: 3,
  kind: "emergency",
  delay_s: 0,
  min_duration_s: 10,
  enter_yellow_s: 3.5,
  enter_red_clear_s: 1.5,
  track_phases: [],
  track_green_s: 0,
  dwell_phases: [2, 5],
  dwell_green_s: 8,
  exit_phases: [4, 8],
  max_presence_s: 120,
  ...change,
});
const preempts = (...all: Partial<Preempt>[]): Intersection => having({ preempts: all.map(preempt) });

type Monitor = NonNullable<SignalSpec["monitor"]>;
const channels: Monitor["channels"] = [
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((number) => ({ channel: number, shows: "phase" as const, number })),
  { channel: 12, shows: "walk", number: 4 },
];
const permitted: Monitor["permitted"] = [
  [1, 5],
  [1, 6],
  [2, 5],
  [2, 6],
  [3, 7],
  [3, 8],
  [4, 7],
  [4, 8],
  [4, 12],
  [7, 12],
  [12, 8],
];
const monitor = (change: Partial<Monitor> = {}): Intersection =>
  having({ monitor: { channels, permitted, min_yellow_disabled: [], min_yellow_s: 2.7, ...change } });

const { intersection: _, ...pattern } = fourLegsPlan;
const dayPlan = (...events: readonly (readonly [string, number])[]) => ({
  number: 1,
  events: events.map(([at, each]) => ({ at, pattern: each })),
});
const nights = dayPlan(["00:00", 254], ["06:00", 1], ["22:00", 255]);
const timePlan = (change: Partial<SignalSpec>): Intersection =>
  having({ patterns: [pattern], day_plans: [nights], plan_days: [{ day_plan: 1 }], ...change });

const sequence = (rings: readonly (readonly (readonly number[])[])[], number = 2): Intersection =>
  having({ sequences: [{ number, rings: rings.map((ring) => ring.map((group) => [...group])) }] });

const found = (intersection: Intersection): readonly (readonly [string, string | undefined])[] => {
  const problems = validateIntersection(intersection);
  for (const each of problems) {
    for (const language of ["en", "vi"] as const) expect(sentence(each, language)).not.toMatch(/\{\w+\}/);
  }
  return problems.map(({ code, at }) => [code, at?.path]);
};

describe("a signal with every optional part", () => {
  test.each<[string, Intersection]>([
    ["geometry that its times keep", phase(4, { crossing_m: 12 })],
    ["a detector set back as far as its minimum green reaches", setback(22)],
    ["a width that its red clearance keeps", clearance(2, { conflict_width_m: 17 })],
    [
      "paths that its intergreen keeps",
      conflict({ path_a_m: 15, path_b_m: 15, intergreen_ab_s: 2, intergreen_ba_s: 5 }),
    ],
    [
      "another sequence",
      sequence([
        [
          [2, 1],
          [4, 3],
        ],
        [
          [5, 6],
          [8, 7],
        ],
      ]),
    ],
    ["an overlap", overlaps({})],
    ["an overlap that ends by itself", overlaps({ trail_yellow_s: 3.5, trail_red_s: 1.5 })],
    ["an overlap that turning traffic darkens", overlaps({ type: "minus_green_yellow", modifier_phases: [5] })],
    ["a preempt", preempts({})],
    [
      "a train, then the fire engine",
      preempts({ number: 1, kind: "rail", track_phases: [4, 7], track_green_s: 10, link: 3 }, {}),
    ],
    [
      "a signed preempt",
      preempts({ min_green_s: 2, enter_ped_clear_s: 4, min_walk_s: 0, signed_off: "N. V. A., 2026-05-01" }),
    ],
    ["its monitor's programme", monitor()],
    ["a monitor that does not look at the yellow that a walk lamp has not", monitor({ min_yellow_disabled: [12] })],
    ["a local time of day", timePlan({})],
  ])("is sound with %s", (_what, intersection) => {
    expect(found(intersection)).toEqual([]);
  });
});

const clearances = "signal.clearances";

describe("a signal is refused for", () => {
  test.each<[string, string, Intersection]>([
    ["RED_CLEAR_SHORT", `${clearances}.1.red_clear_s`, clearance(2, { conflict_width_m: 18.1 })],
    [
      "RED_CLEAR_SHORT",
      `${clearances}.1.red_clear_s`,
      clearance(2, { conflict_width_m: 18, entry_speed_kmh: 20, yellow_s: 5 }),
    ],
    [
      "PREEMPT_TOGETHER",
      "signal.preempts.0.dwell_phases",
      having({ preempts: [preempt({ dwell_phases: [2, 6] })], conflicts: [...signal.conflicts, { a: 2, b: 6 }] }),
    ],
    ["YELLOW_SHORT", `${clearances}.0.yellow_s`, clearance(1, { entry_speed_kmh: 25 })],
    [
      "YELLOW_SHORT",
      `${clearances}.0.yellow_s`,
      {
        ...clearance(1, { entry_speed_kmh: 10, yellow_s: 6 }),
        approaches: fourLegs.approaches.map((each) => ({ ...each, speed_kmh: 70 })),
      },
    ],
    ["DILEMMA_ZONE", "approaches.0.speed_kmh", approach({ speed_kmh: 90, grade_pct: -8 })],
    ["INTERGREEN_SHORT", "signal.conflicts.0.intergreen_ab_s", conflict({ path_a_m: 30, path_b_m: 5 })],
    ["INTERGREEN_SHORT", "signal.conflicts.0.intergreen_ba_s", conflict({ path_a_m: 5, path_b_m: 30 })],
    ["GEOMETRY_HALF", "signal.conflicts.0", conflict({ path_a_m: 30 })],
    ["PED_CLEAR_SHORT", "signal.phases.3.ped_clear_s", phase(4, { crossing_m: 13.2 })],
    ["PED_CLEAR_SHORT", "signal.phases.3.ped_clear_s", phase(4, { crossing_m: 12.5, walking_speed_ms: 1 })],
    ["CROSSING_WITHOUT_WALK", "signal.phases.0.crossing_m", phase(1, { crossing_m: 12 })],
    ["MIN_GREEN_SHORT", "signal.phases.1.min_green_s", setback(23)],
    [
      "SEQUENCE_REGROUPS",
      "signal.sequences.0.rings.0.0",
      sequence([
        [
          [1, 3],
          [2, 4],
        ],
        [
          [5, 6],
          [7, 8],
        ],
      ]),
    ],
    [
      "SEQUENCE_REGROUPS",
      "signal.sequences.0.rings.1.0",
      sequence([
        [
          [1, 2],
          [3, 4],
        ],
      ]),
    ],
    ["OVERLAP_TWICE", "signal.overlaps.1.number", overlaps({}, {})],
    ["PHASE_UNKNOWN", "signal.overlaps.0.phases.1", overlaps({ phases: [1, 13] })],
    ["PHASE_UNKNOWN", "signal.overlaps.0.conflicts.0", overlaps({ conflicts: [13] })],
    ["OVERLAP_CONFLICT", "signal.overlaps.0.conflicts", overlaps({ conflicts: [6] })],
    ["OVERLAP_CONFLICT", "signal.overlaps.0.conflicts", overlaps({ conflicts: [1] })],
    ["OVERLAP_MODIFIER", "signal.overlaps.0.modifier_phases", overlaps({ modifier_phases: [5] })],
    ["OVERLAP_MODIFIER", "signal.overlaps.0.modifier_phases", overlaps({ type: "minus_green_yellow" })],
    ["OVERLAP_TRAIL_SHORT", "signal.overlaps.0.trail_yellow_s", overlaps({ trail_yellow_s: 3.4, trail_red_s: 1.5 })],
    ["OVERLAP_TRAIL_SHORT", "signal.overlaps.0.trail_red_s", overlaps({ trail_yellow_s: 3.5, trail_red_s: 1.4 })],
    [
      "OVERLAP_TRAILS_INTO",
      "signal.overlaps.0.trail_green_s",
      overlaps({ trail_green_s: 1, trail_yellow_s: 3.5, trail_red_s: 1.5 }),
    ],
    ["PREEMPT_TWICE", "signal.preempts.1.number", preempts({}, {})],
    ["PREEMPT_ENTRY_SHORT", "signal.preempts.0.enter_yellow_s", preempts({ enter_yellow_s: 0 })],
    ["PREEMPT_ENTRY_SHORT", "signal.preempts.0.enter_yellow_s", preempts({ enter_yellow_s: 3.4 })],
    [
      "PREEMPT_ENTRY_SHORT",
      "signal.preempts.0.enter_red_clear_s",
      preempts({ enter_red_clear_s: 1.4, signed_off: "x" }),
    ],
    ["PREEMPT_UNSIGNED", "signal.preempts.0.min_green_s", preempts({ min_green_s: 9 })],
    ["PREEMPT_UNSIGNED", "signal.preempts.0.min_walk_s", preempts({ min_walk_s: 6 })],
    ["PREEMPT_UNSIGNED", "signal.preempts.0.enter_ped_clear_s", preempts({ enter_ped_clear_s: 8 })],
    ["PREEMPT_TOGETHER", "signal.preempts.0.dwell_phases", preempts({ dwell_phases: [2, 4] })],
    ["PREEMPT_TOGETHER", "signal.preempts.0.exit_phases", preempts({ exit_phases: [1, 2] })],
    ["PHASE_UNKNOWN", "signal.preempts.0.dwell_phases.0", preempts({ dwell_phases: [14] })],
    ["PREEMPT_TRACK", "signal.preempts.0.track_phases", preempts({ kind: "rail" })],
    ["PREEMPT_TRACK", "signal.preempts.0.track_phases", preempts({ track_phases: [4] })],
    ["PREEMPT_DWELL", "signal.preempts.0.dwell_phases", preempts({ dwell_phases: [] })],
    ["PREEMPT_DWELL", "signal.preempts.0.dwell_phases", preempts({ dwell_flash: true })],
    ["PREEMPT_ENDLESS", "signal.preempts.0.max_presence_s", preempts({ max_presence_s: 9 })],
    ["PREEMPT_LINK_UNKNOWN", "signal.preempts.0.link", preempts({ link: 7 })],
    ["PREEMPT_LINK_CIRCLE", "signal.preempts.0.link", preempts({ link: 3 })],
    ["PREEMPT_LINK_RANK", "signal.preempts.0.link", preempts({ kind: "transit", link: 4 }, { number: 4 })],
    [
      "PREEMPT_LINK_CIRCLE",
      "signal.preempts.1.link",
      preempts({ link: 4 }, { number: 4, link: 5 }, { number: 5, link: 4 }),
    ],
    [
      "MONITOR_CHANNEL_TWICE",
      "signal.monitor.channels.9",
      monitor({ channels: [...channels, { channel: 1, shows: "phase", number: 1 }] }),
    ],
    [
      "MONITOR_CHANNEL_SHOWS",
      "signal.monitor.channels.9",
      monitor({ channels: [...channels, { channel: 9, shows: "walk", number: 1 }] }),
    ],
    [
      "MONITOR_CHANNEL_SHOWS",
      "signal.monitor.channels.9",
      monitor({ channels: [...channels, { channel: 9, shows: "overlap", number: 1 }] }),
    ],
    ["MONITOR_PHASE_UNSEEN", "signal.monitor.channels", monitor({ channels: channels.slice(1) })],
    ["MONITOR_CHANNEL_UNKNOWN", "signal.monitor.permitted.0", monitor({ permitted: [[1, 20]] })],
    ["MONITOR_PERMITS_CONFLICT", "signal.monitor.permitted", monitor({ permitted: [...permitted, [4, 2]] })],
    ["MONITOR_PERMITS_CONFLICT", "signal.monitor.permitted", monitor({ permitted: [...permitted, [1, 12]] })],
    ["MONITOR_FORBIDS", "signal.monitor.permitted", monitor({ permitted: permitted.slice(1) })],
    ["MONITOR_BLIND", "signal.monitor.min_yellow_disabled", monitor({ min_yellow_disabled: [2] })],
    ["MONITOR_YELLOW", "signal.monitor.min_yellow_s", monitor({ min_yellow_s: 2.5 })],
    ["MONITOR_YELLOW", "signal.monitor.min_yellow_s", monitor({ min_yellow_s: 3.5 })],
    ["PATTERN_TWICE", "signal.patterns.1.pattern", timePlan({ patterns: [pattern, pattern] })],
    ["CYCLE_SUM_UNEQUAL", "signal.patterns.0.cycle_s", timePlan({ patterns: [{ ...pattern, cycle_s: 91 }] })],
    ["DAY_PLAN_TWICE", "signal.day_plans.1.number", timePlan({ day_plans: [nights, nights] })],
    ["DAY_PLAN_START", "signal.day_plans.0.events.0.at", timePlan({ day_plans: [dayPlan(["06:00", 1])] })],
    [
      "DAY_PLAN_ORDER",
      "signal.day_plans.0.events.1.at",
      timePlan({ day_plans: [dayPlan(["00:00", 1], ["00:00", 254])] }),
    ],
    ["DAY_PLAN_PATTERN", "signal.day_plans.0.events.0.pattern", timePlan({ day_plans: [dayPlan(["00:00", 2])] })],
    ["DAY_PLAN_UNKNOWN", "signal.plan_days.0.day_plan", timePlan({ plan_days: [{ day_plan: 2 }] })],
    [
      "PLAN_DAYS_TWICE",
      "signal.plan_days.1",
      timePlan({ plan_days: [{ day_plan: 1 }, { dates: [29], months: ["feb"], day_plan: 1 }] }),
    ],
    [
      "PLAN_DAYS_GAP",
      "signal.plan_days",
      timePlan({ plan_days: [{ days: ["mon", "tue", "wed", "thu", "fri", "sat"], day_plan: 1 }] }),
    ],
    ["CYCLE_BOUNDS_CROSSED", "signal.cycle_min_s", having({ longest_wait_s: 60, cycle_min_s: 66 })],
    [
      "MINIMUMS_EXCEED_CYCLE",
      "signal.cycle_max_s",
      having({
        longest_walk_wait_s: 60,
        cycle_min_s: 40,
        cycle_max_s: 150,
        phases: signal.phases.map((each) => ({ ...each, min_green_s: 16, max_green_s: 40 })),
      }),
    ],
  ])("%s at %s", (code, path, intersection) => {
    expect(found(intersection)).toContainEqual([code, path]);
  });

  test("SEQUENCE_TWICE, and for a monitor that permits what an overlap crosses", () => {
    const rings = signal.rings;
    const twice = having({
      sequences: [
        { number: 2, rings },
        { number: 2, rings },
      ],
    });
    expect(found(twice)).toContainEqual(["SEQUENCE_TWICE", "signal.sequences.1.number"]);
    const crossing = having({
      overlaps: [overlap({ phases: [5], conflicts: [2] })],
      conflicts: signal.conflicts,
      monitor: {
        channels: [...channels, { channel: 13, shows: "overlap", number: 1 }],
        permitted: [...permitted, [13, 5], [13, 1], [13, 2]],
        min_yellow_disabled: [],
        min_yellow_s: 2.7,
      },
    });
    expect(found(crossing)).toContainEqual(["MONITOR_PERMITS_CONFLICT", "signal.monitor.permitted"]);
  });

  test("a day that does not exist is nobody's: 30 February", () => {
    const shared = timePlan({ plan_days: [{ day_plan: 1 }, { dates: [30], months: ["feb"], day_plan: 1 }] });
    expect(found(shared)).toEqual([]);
  });
});

/** As a site file would say it: nothing that the formulas know. */
const bare = () => {
  const { approaches, signal: stated, ...rest } = structuredClone(fourLegs);
  return {
    ...rest,
    approaches,
    signal: {
      ...stated,
      phases: stated.phases.map(({ ped_clear_s: _clear, ...each }) =>
        each.walk_s > 0 ? { ...each, crossing_m: 12 } : each,
      ),
      clearances: stated.clearances.map(({ phase: number }) => ({ phase: number, conflict_width_m: 18 })),
      conflicts: stated.conflicts.map((pair) => ({ ...pair, path_a_m: 30, path_b_m: 4 })),
    },
  };
};

describe("a site file that states geometry", () => {
  test("is read with every time derived from it, and is sound", () => {
    const read = intersectionSchema.parse(bare());
    expect(read.signal.clearances[0]).toEqual({ phase: 1, conflict_width_m: 18, yellow_s: 3.3, red_clear_s: 1.5 });
    expect(read.signal.phases.map((each) => each.ped_clear_s)).toEqual([0, 0, 0, 9, 0, 0, 0, 9]);
    expect(read.signal.conflicts[0]).toMatchObject({ a: 2, b: 4, intergreen_ab_s: 7, intergreen_ba_s: 2 });
    expect(validateIntersection(read)).toEqual([]);
  });

  test("takes the longest that any approach of a phase asks for", () => {
    const stated = bare();
    const [first, second, ...others] = stated.approaches;
    if (first === undefined || second === undefined) throw new Error("two approaches");
    const lanes = [...second.lanes, ...first.lanes.slice(0, 1).map((lane) => ({ ...lane, id: "another", phase: 1 }))];
    const read = intersectionSchema.parse({
      ...stated,
      approaches: [first, { ...second, speed_kmh: 70, lanes }, ...others],
    });
    expect(read.signal.clearances[0]).toMatchObject({ phase: 1, yellow_s: 4.2 });
  });

  test("is read the same a second time", () => {
    const read = intersectionSchema.parse(bare());
    expect(intersectionSchema.parse(structuredClone(read))).toEqual(read);
  });

  test("keeps what is stated, and says that it is too little", () => {
    const stated = bare();
    const [first, ...others] = stated.signal.clearances;
    const clearancesStated = [{ ...first, yellow_s: 3, phase: 1 }, ...others];
    const read = intersectionSchema.parse({ ...stated, signal: { ...stated.signal, clearances: clearancesStated } });
    expect(validateIntersection(read).map(({ code }) => code)).toEqual(["YELLOW_SHORT"]);
  });

  test("is refused where a time is neither stated nor can be derived", () => {
    const stated = bare();
    const clearancesStated = stated.signal.clearances.map(({ phase: number }) => ({ phase: number, yellow_s: 3.3 }));
    const read = intersectionSchema.safeParse({
      ...stated,
      signal: { ...stated.signal, clearances: clearancesStated },
    });
    expect(read.error?.issues.map((issue) => issue.path.join("."))[0]).toBe("signal.clearances.0.red_clear_s");
  });
});
