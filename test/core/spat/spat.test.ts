import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ControllerStatus } from "../../../core/ports/signal-controller.ts";
import { machineConfig, machinePattern } from "../../../core/signal/machine/convert.ts";
import { createMachine } from "../../../core/signal/machine/machine.ts";
import type { Plan } from "../../../core/signal/plan.ts";
import type { SpatMessage } from "../../../core/spat/message.ts";
import { SpatTracker } from "../../../core/spat/spat-tracker.ts";
import { minuteOfYear, timeMark, UNKNOWN_TIME_MARK } from "../../../core/spat/time-mark.ts";
import { crossroads, crossroadsPlan } from "../../support/crossroads.ts";

const phases = crossroads.signal.phases.map(({ number }) => number);

const sideRecalled: Plan = {
  ...crossroadsPlan,
  splits: crossroadsPlan.splits.map((split) =>
    split.phase === 4 || split.phase === 8 ? { ...split, mode: "min_recall" } : split,
  ),
};

interface Sample {
  readonly message: SpatMessage;
  readonly at_ds: number;
}

interface Drive {
  readonly samples: readonly Sample[];
  /** Indications by tenth of a second and phase. */
  readonly truth: ReadonlyMap<number, readonly string[]>;
  readonly ends_ds: number;
}

/** The machine under scattered calls, asked about once a second as a manager asks: whole seconds of local clock. */
function drive(seed: number, apart_ds: number, length_ds: number, plan: Plan = crossroadsPlan): Drive {
  const machine = createMachine(machineConfig(crossroads));
  const pattern = machinePattern(plan);
  const tracker = new SpatTracker({ intersection: crossroads, number: 1 });
  const samples: Sample[] = [];
  const truth = new Map<number, readonly string[]>();
  // Ten seconds before an hour ends, so that marks run over into the next.
  const from_ds = 18_000_000_000 - 9000 + (seed % 900);
  for (let at_ds = from_ds; at_ds < from_ds + length_ds; at_ds += 1) {
    const calls = Math.imul(Math.floor(at_ds / 53) + seed, 2_654_435_761) >>> 16;
    machine.step({ clock_ds: at_ds, pattern, vehicle_calls: calls, ped_calls: calls >>> 5, occupied: calls });
    const outputs = machine.outputs();
    truth.set(
      at_ds,
      phases.map((phase) => outputs.find((each) => each.phase === phase)?.indication ?? "red"),
    );
    if (at_ds % apart_ds !== 0) continue;
    const { local_ds, inTransition } = machine.coordination();
    const showing = (wanted: string) =>
      outputs.filter(({ indication }) => indication === wanted).map(({ phase }) => phase);
    const status: ControllerStatus = {
      controller: "cabinet",
      intersection: crossroads.id,
      at_ms: at_ds * 100,
      pattern: plan.pattern,
      free_status: inTransition ? "transitionFree" : "notFree",
      control_status: "systemControl",
      local_clock_s: local_ds === null ? null : Math.floor(local_ds / 10),
      greens: showing("green"),
      yellows: showing("yellow"),
      reds: showing("red"),
      walks: outputs.filter(({ walk }) => walk === "walk").map(({ phase }) => phase),
    };
    samples.push({ at_ds, message: tracker.message(status, plan) });
  }
  return { samples, truth, ends_ds: from_ds + length_ds };
}

/** When what a phase shows at `at_ds` ends; null when it outlasts the drive. */
function endOf({ truth, ends_ds }: Drive, phase: number, at_ds: number): number | null {
  const place = phases.indexOf(phase);
  const shown = truth.get(at_ds)?.[place];
  for (let now_ds = at_ds + 1; now_ds < ends_ds; now_ds += 1) if (truth.get(now_ds)?.[place] !== shown) return now_ds;
  return null;
}

/** A mark as deciseconds after `now_ds`. */
const ahead = (mark: number, now_ds: number): number => (mark - (now_ds % 36_000) + 36_000) % 36_000;

/** What one message bound itself to, beside what then happened; signals that outlast the drive are left out. */
function boundsOf(driven: Drive, { message, at_ds }: Sample) {
  return message.intersections[0].states.flatMap(({ signalGroup, "state-time-speed": [event] }) => {
    const end_ds = event.timing === undefined ? null : endOf(driven, signalGroup, at_ds);
    if (end_ds === null || event.timing === undefined) return [];
    const { minEndTime, maxEndTime } = event.timing;
    const most = maxEndTime === UNKNOWN_TIME_MARK ? null : ahead(maxEndTime, at_ds) + 1;
    const where = `group ${signalGroup} ${event.eventState} at ${at_ds}`;
    return [{ where, event, ended: end_ds - at_ds, least: ahead(minEndTime, at_ds) - 1, most }];
  });
}

describe("what is said of when a signal changes", () => {
  it("holds against the machine: whatever a signal shows ends within the bounds that were told", () => {
    const told: string[] = [];
    const holds = (driven: Drive, sample: Sample): void => {
      for (const { where, ended, least, most } of boundsOf(driven, sample)) {
        expect(ended, `${where}: not before`).toBeGreaterThanOrEqual(least);
        if (most === null) continue;
        told.push(where);
        expect(ended, `${where}: not after`).toBeLessThanOrEqual(most);
      }
    };
    const count = (what: RegExp): number => told.filter((where) => what.test(where)).length;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), fc.constantFrom(10, 20), (seed, apart_ds) => {
        // Every other time the side road stands recalled, so that the coordinated phases must yield to it.
        const driven = drive(seed, apart_ds, 6000, seed % 2 === 0 ? crossroadsPlan : sideRecalled);
        for (const sample of driven.samples) holds(driven, sample);
      }),
      { numRuns: 8 },
    );
    // A feed that never binds itself would hold, too.
    expect(count(/Allowed/)).toBeGreaterThan(300);
    expect(count(/stop/)).toBeGreaterThan(300);
    expect(count(/group [26] .*Allowed/)).toBeGreaterThan(100);
    expect(told.length).toBeGreaterThan(count(/Allowed/));
  });

  it("has a likely time for nearly every signal of a plan in step, and it is mostly close", () => {
    const driven = drive(7, 10, 9000);
    const late = driven.samples.filter(({ at_ds }) => at_ds > driven.ends_ds - 6000);
    const off: number[] = [];
    for (const { message, at_ds } of late) {
      for (const {
        signalGroup,
        "state-time-speed": [event],
      } of message.intersections[0].states) {
        const end_ds = endOf(driven, signalGroup, at_ds);
        const likely = event.timing?.likelyTime ?? UNKNOWN_TIME_MARK;
        if (end_ds !== null && likely !== UNKNOWN_TIME_MARK)
          off.push(Math.abs(ahead(likely, at_ds) - (end_ds - at_ds)));
      }
    }
    const median_ds = off.toSorted((a, b) => a - b)[Math.floor(off.length / 2)] ?? Number.NaN;
    expect(off.length).toBeGreaterThan(2000);
    expect(median_ds).toBeLessThan(150);
  });
});

const status = (change: Partial<ControllerStatus>): ControllerStatus => ({
  controller: "cabinet",
  intersection: crossroads.id,
  at_ms: 1_800_000_000_000,
  pattern: 1,
  free_status: "notFree",
  control_status: "systemControl",
  local_clock_s: 10,
  greens: [2, 6],
  yellows: [],
  reds: [1, 3, 4, 5, 7, 8],
  walks: [2],
  ...change,
});

describe("a SPAT message", () => {
  it("names each phase and each crossing as a signal group, and counts what changed", () => {
    const tracker = new SpatTracker({ intersection: crossroads, number: 4 });
    const first = tracker.message(status({}), crossroadsPlan);
    const [{ id, states, revision, moy }] = first.intersections;
    expect(id).toEqual({ id: 4 });
    expect(moy).toBe(minuteOfYear(1_800_000_000_000));
    const group = (number: number) => states.find(({ signalGroup }) => signalGroup === number)?.["state-time-speed"][0];
    expect(group(2)?.eventState).toBe("protected-Movement-Allowed");
    expect(group(4)?.eventState).toBe("stop-And-Remain");
    expect(group(18)).toEqual({ eventState: "permissive-Movement-Allowed" });
    expect(group(20)).toEqual({ eventState: "stop-And-Remain" });
    expect(states.map(({ signalGroup }) => signalGroup)).toHaveLength(8 + 4);
    const same = tracker.message(status({ at_ms: 1_800_000_001_000 }), crossroadsPlan);
    expect(same.intersections[0].revision).toBe(revision);
    expect(same.clock_error_s).toBe(1.1);
    const turned = status({ at_ms: 1_800_000_002_000, greens: [6], yellows: [2] });
    expect(tracker.message(turned, crossroadsPlan).intersections[0].revision).toBe(revision + 1);
  });

  it("says nothing of flash but that nothing is available, and keeps times it cannot know unknown", () => {
    const tracker = new SpatTracker({ intersection: crossroads, number: 1 });
    const flash = tracker.message(status({ pattern: 255, greens: [], reds: [] }), null).intersections[0];
    expect(flash.status).toContain("failureFlash");
    expect(new Set(flash.states.map((each) => each["state-time-speed"][0].eventState))).toEqual(
      new Set(["unavailable"]),
    );
    const free = tracker.message(status({ pattern: 254, local_clock_s: null }), null).intersections[0];
    const green = free.states.find(({ signalGroup }) => signalGroup === 2)?.["state-time-speed"][0];
    expect(green?.timing).toMatchObject({ maxEndTime: UNKNOWN_TIME_MARK, likelyTime: UNKNOWN_TIME_MARK });
    const preempted = tracker.message(status({ preempts: [1] }), crossroadsPlan).intersections[0];
    expect(preempted.status).toContain("preemptIsActive");
  });

  it("counts time marks in tenths of the UTC hour", () => {
    expect(timeMark(Date.UTC(2026, 0, 1, 5, 0, 0))).toBe(0);
    expect(timeMark(Date.UTC(2026, 0, 1, 5, 59, 59, 950))).toBe(35_999);
    expect(minuteOfYear(Date.UTC(2026, 0, 2, 0, 1))).toBe(24 * 60 + 1);
  });
});
