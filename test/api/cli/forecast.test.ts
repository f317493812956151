import { afterAll, beforeAll, expect, it } from "vitest";
import { forecastVerb } from "../../../api/cli/forecast.ts";
import { runCommandLine } from "../../../api/cli/run.ts";
import { scheduleVerb } from "../../../api/cli/schedule.ts";
import { systemClock } from "../../../api/service/system-clock.ts";
import { openStorage } from "../../../api/storage/open-storage.ts";
import { slot_ms, slotsOfDay, slotsOfWeek } from "../../../core/forecast/slot-series.ts";
import { dayPlanSchema } from "../../../core/signal/sections/time-plan.ts";
import type { FlowInterval } from "../../../core/traffic/flow-interval.ts";
import { DataFolders } from "../../support/data-folder.ts";

const folders = new DataFolders();
const lane = "ntp-eb-left";
let data: string;

const quarter = (start_ms: number): FlowInterval => ({
  intersection: "nguyen-tri-phuong",
  lane,
  feed: "camera-1",
  origin: "camera",
  start_ms,
  length_s: 900,
  total: 40 + Math.round(30 * Math.sin((2 * Math.PI * start_ms) / (slot_ms * slotsOfDay))),
  by_class: {},
  occupancy: null,
  mean_headway_s: null,
  quality: "valid",
  frames_seen: 9000,
  gap_s: 0,
});

async function asked(verb: "forecast" | "schedule", ...argv: readonly string[]) {
  let [out, err] = ["", ""];
  const terminal = {
    out: (text: string) => {
      out += text;
    },
    err: (text: string) => {
      err += text;
    },
  };
  const words = [verb, "docs/sample-site.yaml", ...argv];
  const code = await runCommandLine(
    [forecastVerb, scheduleVerb],
    "1.2.3",
    words,
    terminal,
    new AbortController().signal,
  );
  return { code, out, err };
}

beforeAll(async () => {
  data = await folders.withDatabase();
  const storage = await openStorage({ dataDir: data, databaseUrl: undefined, clock: systemClock });
  if (!storage.ok) throw new Error("a database is there");
  const last = Math.floor(systemClock.nowMs() / slot_ms);
  const slots = Array.from({ length: 2 * slotsOfWeek + 8 }, (_, back) => quarter((last - 1 - back) * slot_ms));
  await storage.value.flows.append(slots);
  await storage.value.close();
}, 60_000);
afterAll(() => folders.remove());

it("tells of the lane that was seen for two weeks what every method was off by, and no other lane", async () => {
  const { code, out } = await asked("forecast", "--data", data, "--json");
  expect(code).toBe(0);
  const { lanes } = JSON.parse(out) as { lanes: { lane: string; vehicles: number; low: number; high: number }[] };
  expect(lanes.map((each) => each.lane)).toEqual([lane]);
  for (const { high, low, vehicles } of lanes) {
    expect(vehicles).toBeGreaterThan(9);
    expect(low).toBeLessThanOrEqual(vehicles);
    expect(high).toBeGreaterThanOrEqual(vehicles);
  }
}, 60_000);

it("makes a schedule of the same flow in the words of the site file, with an event at midnight", async () => {
  const { code, out } = await asked("schedule", "--data", data, "--plans", "2", "--json");
  expect(code).toBe(0);
  const { corridors } = JSON.parse(out) as { corridors: { day_plans: { events: { at: string }[] }[] }[] };
  expect(corridors.length).toBeGreaterThan(0);
  for (const { day_plans } of corridors) {
    for (const { events } of day_plans) expect(dayPlanSchema.shape.events.safeParse(events).success).toBe(true);
    expect(day_plans.every(({ events }) => events[0]?.at === "00:00")).toBe(true);
  }
}, 60_000);

it("says what is missing where there is no folder, or too little in it", async () => {
  expect((await asked("forecast")).err).toContain("--data");
  expect((await asked("forecast", "--data", await folders.withDatabase())).err).toContain("two weeks");
  expect((await asked("schedule")).err).toContain("--data");
  expect((await asked("schedule", "--data", await folders.withDatabase())).err).toContain("nothing is stored");
}, 60_000);
