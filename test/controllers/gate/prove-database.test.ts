import { describe, expect, it } from "vitest";
import { type DatabaseVerdict, examineDatabase } from "../../../controllers/gate/prove-database.ts";
import { isProvedDatabase } from "../../../controllers/gate/proved-database.ts";
import { databaseDigest } from "../../../controllers/ntcip/database/download.ts";
import { oid } from "../../../controllers/ntcip/oids.ts";
import { type Intersection, intersectionSchema } from "../../../core/network/schema.ts";
import { sentence } from "../../../core/problems/problem.ts";
import { crossroads, crossroadsPlan } from "../../support/crossroads.ts";
import { deliveredDatabase } from "./delivered-database.ts";

const held = deliveredDatabase(crossroads);
/** Of a document by hand: what it is about, and nothing else. */
const document = (parameters: object) => ({
  kind: "ntcip-1202-database",
  version: 1,
  controller: "cabinet",
  ...parameters,
});

const pattern = (number: number, cycle_s: number, splits: readonly number[], rest: object = {}) => ({
  patterns: [
    { pattern: number, cycle_time_s: cycle_s, offset_time_s: 17, split_number: number, sequence_number: 1, ...rest },
  ],
  splits: splits.map((time_s, i) => ({
    split: number,
    phase: i + 1,
    time_s,
    mode: 2,
    coord_phase: i === 1 || i === 5 ? 1 : 0,
  })),
});
const SPLITS = crossroadsPlan.splits.map(({ split_s }) => split_s);
const sound = pattern(5, 90, SPLITS);

const examined = (parameters: object, site: Intersection = crossroads): DatabaseVerdict =>
  examineDatabase(site, document(parameters), held);

const failing = ({ checks }: DatabaseVerdict): readonly string[] =>
  checks.filter((check) => !check.passed).map(({ id }) => id);

function codes({ result }: DatabaseVerdict): readonly string[] {
  if (result.ok) return [];
  for (const found of result.problems) {
    for (const language of ["en", "vi"] as const) expect(sentence(found, language)).not.toMatch(/\{\w+\}/);
  }
  return [...new Set(result.problems.map(({ code }) => code))];
}

const differing = ({ result }: DatabaseVerdict): readonly unknown[] =>
  result.ok ? [] : result.problems.filter(({ code }) => code === "DEVICE_DIFFERS").map(({ words }) => words["what"]);

describe("a whole database before the gate", () => {
  it("is proved as it was delivered, sealed, and good for the reading that it was proved against", () => {
    const { result } = examineDatabase(crossroads, held, held);
    expect(result.ok ? [] : result.problems).toEqual([]);
    expect(result.ok && isProvedDatabase(result.value)).toBe(true);
    expect(result.ok && result.value.against).toBe(databaseDigest(held));
    expect(result.ok && result.value.controller).toBe("cabinet");
  });

  it("is proved with a new pattern, which is rehearsed", () => {
    const { checks, result } = examined(sound);
    expect(result.ok ? [] : result.problems).toEqual([]);
    expect(checks.map(({ id }) => id)).toEqual(["I1", "I2", "I3", "I4", "I5", "I7", "rehearsal"]);
  });

  it.each<[string, string, unknown]>([
    ["DATABASE_SHAPE", "is no document", { kind: "else" }],
    ["DATABASE_SHAPE", "has a field that no object stands for", document({ unit: { yellow_s: 3 } })],
    ["DATABASE_SHAPE", "is a scenario's plan", { signal: "J1", program: "greenwave" }],
    ["DATABASE_OF_OTHER", "is another controller's", { ...document({}), controller: "elsewhere" }],
  ])("is refused with %s where it %s", (code, _what, candidate) => {
    expect(codes(examineDatabase(crossroads, candidate, held))).toEqual([code]);
  });

  it("is refused for a device of unknown sizes, and for a site that is not sound itself", () => {
    expect(codes(examineDatabase(crossroads, held, { ...held, device: null }))).toEqual(["DATABASE_SHAPE"]);
    const street = { ...crossroads, signal: { ...crossroads.signal, coord_phases: [2] } };
    expect(codes(examined(sound, street))).toEqual(["COORD_PHASE_PER_RING"]);
  });
});

describe("what a database may not say", () => {
  it.each<[string, string, object]>([
    ["I3", "a yellow of its own", { phases: [{ phase: 2, yellow_change_ds: 32 }] }],
    ["I3", "a red clearance of its own", { phases: [{ phase: 2, red_clear_ds: 10 }] }],
    ["I3", "a minimum green of its own", { phases: [{ phase: 2, minimum_green_s: 4 }] }],
    ["I3", "a pedestrian clearance of its own", { phases: [{ phase: 2, pedestrian_clear_s: 3 }] }],
    ["I3", "a phase that is switched off", { phases: [{ phase: 3, options_bits: 0 }] }],
    ["I3", "a phase that may run with one it conflicts with", { phases: [{ phase: 2, concurrency: [5, 6, 4] }] }],
    ["I3", "another order of phases", { sequences: [{ sequence: 1, ring: 1, data: [2, 1, 3, 4] }] }],
    [
      "I3",
      "another coordinated phase",
      { ...sound, splits: sound.splits.map((row) => (row.phase === 3 ? { ...row, coord_phase: 1 } : row)) },
    ],
    ["I4", "a split without room for its phase", pattern(5, 90, [9, 41, ...SPLITS.slice(2)])],
    ["I4", "a cycle that its splits do not fill", pattern(5, 91, SPLITS)],
    ["I4", "a sequence that is not the site's", pattern(5, 90, SPLITS, { sequence_number: 2 })],
    ["I5", "no backup timer", { unit: { backup_time_s: 0 } }],
    ["I5", "operation by hand", { coordination: { operational_mode: 5 } }],
    ["I5", "a preempt that never ends", { preempts: [{ preempt: 2, dwell_phase: [2, 5], maximum_presence_s: 0 }] }],
    ["I3", "a preempt that cuts every yellow", { preempts: [{ preempt: 2, enter_yellow_change_ds: 0 }] }],
    ["I3", "a preempt with a red clearance below a phase's", { preempts: [{ preempt: 2, enter_red_clear_ds: 16 }] }],
    [
      "I3",
      "track phases that end on a short yellow",
      {
        preempts: [
          {
            preempt: 2,
            dwell_phase: [2],
            track_phase: [4],
            track_green_s: 5,
            maximum_presence_s: 90,
            track_yellow_change_ds: 20,
          },
        ],
      },
    ],
    [
      "I3",
      "track phases that end on a short red clearance",
      {
        preempts: [
          {
            preempt: 2,
            dwell_phase: [2],
            track_phase: [4],
            track_green_s: 5,
            maximum_presence_s: 90,
            track_red_clear_ds: 1,
          },
        ],
      },
    ],
    [
      "I2",
      "a preempt that cuts a pedestrian clearance nobody signed for",
      { preempts: [{ preempt: 2, dwell_phase: [2, 5], maximum_presence_s: 60, enter_ped_clear_s: 3 }] },
    ],
    [
      "I1",
      "a preempt that shows a conflict",
      { preempts: [{ preempt: 2, dwell_phase: [2, 4], maximum_presence_s: 60 }] },
    ],
    [
      "I4",
      "a preempt that shows a phase that is not there",
      { preempts: [{ preempt: 2, dwell_phase: [9], maximum_presence_s: 60 }] },
    ],
    ["I3", "an overlap that the site does not state", { overlaps: [{ overlap: 1, included_phases: [2, 3] }] }],
    [
      "I4",
      "two entries for one day",
      {
        schedules: [
          { schedule: 1, month_bits: 8190, day_bits: 254, date_bits: 4294967294, day_plan: 1 },
          { schedule: 2, month_bits: 2, day_bits: 2, date_bits: 2, day_plan: 1 },
        ],
      },
    ],
    [
      "I4",
      "a day without an entry",
      { schedules: [{ schedule: 1, month_bits: 8190, day_bits: 252, date_bits: 4294967294, day_plan: 1 }] },
    ],
    [
      "I4",
      "a day plan that is empty",
      { schedules: [{ schedule: 1, month_bits: 8190, day_bits: 254, date_bits: 4294967294, day_plan: 4 }] },
    ],
    [
      "I4",
      "an event that names no action",
      { day_plans: [{ day_plan: 1, day_plan_event: 1, hour: 6, minute: 0, action_number_oid: "1.3.6.1.4.1" }] },
    ],
    [
      "I4",
      "an action with a pattern that is not there",
      {
        actions: [{ action: 2, pattern: 9 }],
        day_plans: [
          { day_plan: 1, day_plan_event: 1, hour: 6, minute: 0, action_number_oid: oid("timebaseAscActionNumber", 2) },
        ],
      },
    ],
    [
      "I4",
      "two events at one time",
      {
        actions: [{ action: 2, pattern: 254 }],
        day_plans: [1, 2].map((event) => ({
          day_plan: 1,
          day_plan_event: event,
          hour: 6,
          minute: 0,
          action_number_oid: oid("timebaseAscActionNumber", 2),
        })),
      },
    ],
  ])("%s: %s", (check, _what, parameters) => {
    const verdict = examined(parameters);
    expect(failing(verdict)).toContain(check);
    expect(codes(verdict).length).toBeGreaterThan(0);
  });

  it("passes a day that is whole: two patterns, every day of the year, each event an action", () => {
    const action = (number: number): string => oid("timebaseAscActionNumber", number);
    const { result } = examined({
      patterns: [...sound.patterns, ...pattern(6, 80, [14, 31, 11, 24, 14, 31, 11, 24]).patterns],
      splits: [...sound.splits, ...pattern(6, 80, [14, 31, 11, 24, 14, 31, 11, 24]).splits],
      actions: [
        { action: 2, pattern: 5 },
        { action: 3, pattern: 6 },
      ],
      day_plans: [
        { day_plan: 1, day_plan_event: 1, hour: 0, minute: 0, action_number_oid: action(2) },
        { day_plan: 1, day_plan_event: 2, hour: 7, minute: 30, action_number_oid: action(3) },
      ],
      schedules: [{ schedule: 1, month_bits: 8190, day_bits: 254, date_bits: 4294967294, day_plan: 1 }],
    });
    expect(result.ok ? [] : result.problems).toEqual([]);
  });
});

describe("what the site file states beside the phases", () => {
  const stated = (signal: object): Intersection =>
    intersectionSchema.parse({ ...crossroads, signal: { ...crossroads.signal, ...signal } });
  const whole = stated({
    overlaps: [{ number: 1, phases: [2, 3], conflicts: [] }],
    preempts: [
      { number: 3, kind: "emergency", dwell_phases: [2, 5], dwell_green_s: 8, exit_phases: [4, 8], max_presence_s: 90 },
    ],
  });
  const asStated = {
    overlaps: [{ overlap: 1, type: 2, included_phases: [2, 3] }],
    preempts: [
      {
        preempt: 3,
        delay_s: 0,
        minimum_duration_s: 0,
        dwell_phase: [2, 5],
        dwell_green_s: 8,
        exit_phase: [4, 8],
        maximum_presence_s: 90,
      },
    ],
  };

  it("is proved where the device will hold it, and named where it will not", () => {
    const base = deliveredDatabase(crossroads);
    const verdict = (parameters: object): DatabaseVerdict => examineDatabase(whole, document(parameters), base);
    expect(codes(verdict(asStated))).toEqual([]);
    expect(differing(verdict({}))).toEqual(["overlap 1", "preempt 3"]);
    const other = { ...asStated, overlaps: [{ overlap: 1, type: 2, included_phases: [2, 4] }] };
    expect(differing(verdict(other))).toEqual(["phases of overlap 1"]);
    const sooner = { ...asStated, preempts: asStated.preempts.map((row) => ({ ...row, maximum_presence_s: 60 })) };
    expect(differing(verdict(sooner))).toEqual(["maximum presence of preempt 3"]);
  });

  it("is what a cabinet is delivered with, to the last row", () => {
    const { intersection: _, ...local } = crossroadsPlan;
    const site = stated({
      overlaps: [{ number: 1, phases: [2, 3], conflicts: [] }],
      preempts: [
        {
          number: 3,
          kind: "emergency",
          dwell_phases: [2, 5],
          dwell_green_s: 8,
          exit_phases: [4, 8],
          max_presence_s: 90,
        },
      ],
      patterns: [local],
      day_plans: [
        {
          number: 1,
          events: [
            { at: "00:00", pattern: 254 },
            { at: "06:30", pattern: 1 },
          ],
        },
      ],
      plan_days: [{ day_plan: 1 }],
    });
    const delivered = deliveredDatabase(site);
    const { result } = examineDatabase(site, delivered, delivered);
    expect(result.ok ? [] : result.problems.map((found) => sentence(found))).toEqual([]);
  });

  it("holds the days of the year against the device's", () => {
    const days = stated({
      day_plans: [{ number: 1, events: [{ at: "00:00", pattern: 254 }] }],
      plan_days: [{ day_plan: 1 }],
    });
    expect(differing(examined({}, days))).toEqual(["day plan on sun 1 jan"]);
    const scheduled = {
      actions: [{ action: 1, pattern: 254 }],
      day_plans: [
        { day_plan: 1, day_plan_event: 1, hour: 0, minute: 0, action_number_oid: oid("timebaseAscActionNumber", 1) },
      ],
      schedules: [{ schedule: 1, month_bits: 8190, day_bits: 254, date_bits: 4294967294, day_plan: 1 }],
    };
    expect(codes(examined(scheduled, days))).toEqual([]);
  });

  it("holds the channels against the monitor's record", () => {
    const channels = crossroads.signal.phases.map(({ number }) => ({ channel: number, shows: "phase", number }));
    const walks = held.channels.filter((row) => row["control_type"] === 3 && Number(row["control_source"]) > 0);
    const seen = walks.map((row) => ({ channel: row["channel"], shows: "walk", number: row["control_source"] }));
    const all = [...channels, ...seen] as { channel: number; shows: string; number: number }[];
    const group = (phase: number): number => (phase <= 2 || phase === 5 || phase === 6 ? 1 : 2);
    const ring = (phase: number): number => (phase <= 4 ? 1 : 2);
    const meets = (a: number, b: number): boolean => a === b || (group(a) === group(b) && ring(a) !== ring(b));
    const permitted = all.flatMap((a, i) =>
      all.slice(i + 1).flatMap((b) => (meets(a.number, b.number) ? [[a.channel, b.channel]] : [])),
    );
    const monitored = stated({ monitor: { channels: all, permitted } });
    const verdict = examined({}, monitored);
    expect(codes(verdict)).toEqual([]);
    expect(verdict.checks.map(({ id }) => id)).toContain("monitor");
    const crossed = { channels: [{ channel: 2, control_source: 4 }] };
    expect(differing(examined(crossed, monitored))).toEqual(["channel 2"]);
  });
});

describe("what a database is refused for, to the word", () => {
  const action = oid("timebaseAscActionNumber", 2);
  const free = {
    actions: [{ action: 2, pattern: 254 }],
    day_plans: [{ day_plan: 1, day_plan_event: 1, hour: 0, minute: 0, action_number_oid: action }],
  };
  const every = { month_bits: 8190, day_bits: 254, date_bits: 4294967294, day_plan: 1 };
  const preempt = {
    preempt: 2,
    dwell_phase: [2],
    track_phase: [4],
    track_green_s: 5,
    exit_phase: [4, 8],
    maximum_presence_s: 90,
  };

  it("is a day in two entries, and a day in none", () => {
    const twice = [
      { schedule: 1, ...every },
      { schedule: 2, ...every, month_bits: 2, day_bits: 2, date_bits: 2 },
    ];
    expect(codes(examined({ ...free, schedules: twice }))).toEqual(["PLAN_DAYS_TWICE"]);
    const gap = [{ schedule: 1, ...every, day_bits: 252 }];
    expect(codes(examined({ ...free, schedules: gap }))).toEqual(["PLAN_DAYS_GAP"]);
    expect(codes(examined({ ...free, schedules: [{ schedule: 1, ...every }] }))).toEqual([]);
  });

  it("is an end of track phases that is shorter than theirs", () => {
    for (const column of ["track_yellow_change_ds", "track_red_clear_ds"]) {
      expect(codes(examined({ preempts: [{ ...preempt, [column]: 5 }] }))).toEqual([
        "PREEMPT_ENTRY_SHORT",
        "DEVICE_DIFFERS",
      ]);
    }
  });
});
