import { once } from "node:events";
import { describe, expect, test } from "vitest";
import { LampWatch } from "../../../api/control/lamp-watch.ts";
import { Enforcement } from "../../../api/enforcement/enforcement.ts";
import type { ClockState } from "../../../api/enforcement/machine-clock.ts";
import { clockSchema, ruleSchema } from "../../../api/enforcement/schema.ts";
import type { Detection } from "../../../core/cases/detection.ts";
import type { LampReading } from "../../../core/ports/signal-lamps.ts";
import { ok } from "../../../core/problems/problem.ts";
import { drives } from "../../core/violations/staged.ts";
import { filmStreet, streetCamera } from "../../support/staged-street.ts";

const quiet = { warn: () => undefined, info: () => undefined };
const machine: ClockState = { source: "stated: a test", offset_ms: 0, uncertainty_ms: 10, checked_at_ms: 0 };
const crossing = { track: 1, from_s: 17, to_s: 24, pose: drives(0, 20, 8) };
const street = filmStreet([crossing], { way: "oncoming", per_s: 15, wobble: 0.01, seed: 1 });

/** Red in phase 2 from 13 s on, as a controller would tell five times a second. */
function reading(at_ms: number, manual: boolean): LampReading {
  const red = at_ms >= 13_000;
  return {
    controller: "cabinet",
    intersection: "staged",
    at_ms,
    greens: red ? [] : [2],
    yellows: [],
    reds: red ? [2] : [],
    manual,
    reply_sha256: at_ms.toString(16).padStart(64, "0"),
  };
}

/** A watch that has asked from second 5 to 30. */
async function lampsOf(manual: boolean): Promise<LampWatch> {
  const stop = new AbortController();
  let now_ms = 5000;
  const clock = {
    nowMs: () => now_ms,
    sleep: async (ms: number) => {
      now_ms += ms;
      if (now_ms > 30_000) stop.abort();
    },
  };
  const controller = { id: "cabinet", intersection: "staged", lamps: async () => ok(reading(now_ms, manual)) };
  const lamps = new LampWatch({ controllers: [controller], clock, log: quiet });
  lamps.trace("staged", 2);
  const over = once(stop.signal, "abort");
  await lamps.start(stop.signal);
  await over;
  await lamps.close();
  return lamps;
}

interface Changed {
  readonly manual?: boolean;
  readonly machine?: ClockState | null;
  readonly staged?: boolean;
  readonly rule?: Record<string, unknown>;
  readonly latency_ms?: number;
}

async function judged(changed: Changed = {}) {
  const rule = { id: "staged-red", camera: "staged", kind: "red_light", line: "stop-line", phase: 2, ...changed.rule };
  const cameras =
    changed.latency_ms === undefined
      ? []
      : [{ camera: "staged", latency_ms: changed.latency_ms, latency_uncertainty_ms: 20 }];
  const found: Detection[] = [];
  const lamps = await lampsOf(changed.manual ?? false);
  const enforcement = new Enforcement({
    rules: [ruleSchema.parse(rule)],
    timezone: "Asia/Ho_Chi_Minh",
    clockStated: clockSchema.parse({ cameras }),
    cameras: [
      { camera: streetCamera("oncoming"), staged: changed.staged ?? true, model: { name: "a test", sha256: "" } },
    ],
    lamps,
    machine: { state: () => (changed.machine === undefined ? machine : changed.machine) },
    opener: { open: (detection) => void found.push(detection), problem: () => null },
  });
  for (const sightings of street.sightings) enforcement.judge(sightings);
  return { found, enforcement };
}

const reasons = ({ enforcement }: Awaited<ReturnType<typeof judged>>) =>
  enforcement.rules("en").flatMap(({ refusals }) => refusals.map(({ code, count }) => `${code} ${count}`));

describe("an act that a camera saw", () => {
  test("becomes a detection that says who, where, when, by what, and how surely", async () => {
    const { found, enforcement } = await judged();
    expect(found).toHaveLength(1);
    const [detection] = found;
    if (detection === undefined) throw new Error("nothing was detected");
    expect(detection).toMatchObject({
      camera: "staged",
      intersection: "staged",
      lane: null,
      rule: { id: "red_light", place: "staged-red", thresholds: { grace_s: 0.5 } },
      class: "car",
      session_ms: 0,
      clock: machine,
      models: [{ name: "a test" }],
      staged: true,
      signal: { controller: "cabinet", phase: 2 },
    });
    expect(Math.abs(detection.at_ms - 20_000)).toBeLessThan(67);
    expect(detection.uncertainty_ms).toBeGreaterThan(10);
    expect(detection.uncertainty_ms).toBeLessThan(100);
    expect(detection.measured["red_for_s"]).toBeCloseTo(7, 0);
    expect(detection.calibration?.id).toMatch(/^staged-[0-9a-f]{16}$/);
    const times = detection.points.map(({ at_ms }) => at_ms);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times.some((at_ms) => at_ms < 19_000) && times.some((at_ms) => at_ms > 20_900)).toBe(true);
    const samples = detection.signal?.samples ?? [];
    expect(samples.findLast(({ at_ms }) => at_ms <= detection.at_ms)?.state).toBe("red");
    expect(samples.some(({ state }) => state === "green")).toBe(true);
    expect(enforcement.rules("vi")).toMatchObject([
      { place: "staged-red", kind: "red_light", violations: 1, refusals: [] },
    ]);
  });

  test("happened before its picture came, by what the camera takes to send it", async () => {
    const [late] = (await judged({ latency_ms: 400 })).found;
    expect(Math.abs((late?.at_ms ?? 0) - 19_600)).toBeLessThan(67);
    expect(late?.points[0]?.at_ms).toBeLessThan((late?.points[0]?.pts_s ?? 0) * 1000);
  });

  test("outside the hours of the sign is none", async () => {
    // Second 20 of 1970 is a Thursday, eight in the morning in Viet Nam.
    const within = async (hours: readonly unknown[]) => (await judged({ rule: { hours } })).found.length;
    expect(await within([{ from: "08:00", to: "09:00" }])).toBe(1);
    expect(await within([{ days: ["thu"], from: "00:00", to: "24:00" }])).toBe(1);
    expect(await within([{ from: "06:00", to: "08:00" }])).toBe(0);
    expect(await within([{ days: ["fri"], from: "00:00", to: "24:00" }])).toBe(0);
    expect(
      await within([
        { from: "17:00", to: "19:00" },
        { from: "07:00", to: "09:00" },
      ]),
    ).toBe(1);
  });

  test("of a class that the rule does not concern is none", async () => {
    expect((await judged({ rule: { classes: ["bus"] } })).found).toEqual([]);
    expect((await judged({ rule: { classes: ["bus", "car"] } })).found).toHaveLength(1);
  });

  test.each<[string, Changed, string]>([
    ["while the clock is not known", { machine: null }, "RULE_CLOCK_UNKNOWN 1"],
    [
      "while the clock may be far off",
      { machine: { ...machine, offset_ms: -80, uncertainty_ms: 40 } },
      "RULE_CLOCK_DRIFTED 1",
    ],
    ["while somebody switches by hand", { manual: true }, "RULE_SIGNAL_MANUAL 1"],
    ["while nobody knows the signal", { rule: { phase: 4, id: "other" } }, "RULE_SIGNAL_UNKNOWN 1"],
  ])("is not judged %s, and that is counted", async (_, changed, reason) => {
    const outcome = await judged(changed);
    expect(outcome.found).toEqual([]);
    expect(reasons(outcome)).toEqual([reason]);
  });

  test("could not be judged at all, and that is said before anything happens", async () => {
    const codes = async (changed: Changed) => (await judged(changed)).enforcement.problems().map(({ code }) => code);
    expect(await codes({})).toEqual([]);
    expect(await codes({ machine: null })).toEqual(["RULE_CLOCK_UNKNOWN"]);
  });
});
