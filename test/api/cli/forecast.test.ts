import { afterAll, beforeAll, expect, it } from "vitest";
import { forecastVerb } from "../../../api/cli/forecast.ts";
import { runCommandLine } from "../../../api/cli/run.ts";
import { systemClock } from "../../../api/service/system-clock.ts";
import { openStorage } from "../../../api/storage/open-storage.ts";
import { slot_ms, slotsOfDay, slotsOfWeek } from "../../../core/forecast/slot-series.ts";
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

async function asked(...argv: readonly string[]) {
  let [out, err] = ["", ""];
  const terminal = {
    out: (text: string) => {
      out += text;
    },
    err: (text: string) => {
      err += text;
    },
  };
  const words = ["forecast", "docs/sample-site.yaml", ...argv];
  const code = await runCommandLine([forecastVerb], "1.2.3", words, terminal, new AbortController().signal);
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
  const { code, out } = await asked("--data", data, "--json");
  expect(code).toBe(0);
  const { lanes } = JSON.parse(out) as { lanes: { lane: string; vehicles: number; low: number; high: number }[] };
  expect(lanes.map((each) => each.lane)).toEqual([lane]);
  for (const { high, low, vehicles } of lanes) {
    expect(vehicles).toBeGreaterThan(9);
    expect(low).toBeLessThanOrEqual(vehicles);
    expect(high).toBeGreaterThanOrEqual(vehicles);
  }
}, 60_000);

it("says what is missing where there is no folder, or too little in it", async () => {
  expect((await asked()).err).toContain("--data");
  expect((await asked("--data", await folders.withDatabase())).err).toContain("two weeks");
}, 60_000);
