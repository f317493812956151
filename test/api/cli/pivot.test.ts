import { readFile, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { pivotVerb } from "../../../api/cli/pivot.ts";
import { runCommandLine } from "../../../api/cli/run.ts";
import { propose } from "../../../api/control/propose.ts";
import { systemClock } from "../../../api/service/system-clock.ts";
import { loadSite } from "../../../api/site/load.ts";
import { openStorage } from "../../../api/storage/open-storage.ts";
import { DataFolders } from "../../support/data-folder.ts";

const folders = new DataFolders();
const hour_ms = 3_600_000;
let [data, siteFile] = ["", ""];

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
  const code = await runCommandLine([pivotVerb], "1.2.3", ["pivot", ...argv], terminal, new AbortController().signal);
  return { code, out, err };
}

/** The sample street with detectors before its stop lines, its plans in force, and an hour of vehicles, one every 35 seconds. */
beforeAll(async () => {
  data = await folders.withDatabase();
  siteFile = `${data}.yaml`;
  const sample = await readFile("docs/sample-site.yaml", "utf8");
  await writeFile(siteFile, sample.replace(/length_m: (\d+) }/g, "length_m: $1, detector_setback_m: 7 }"));
  const loaded = await loadSite(siteFile);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  const { site } = loaded.value;
  const [corridor] = site.corridors;
  if (corridor === undefined) throw new Error("the sample has a corridor");
  const proposal = propose(site, corridor, { intervals: [], plans: [] }, 0);
  if (!proposal.ok) throw new Error(JSON.stringify(proposal.problems));
  const storage = await openStorage({ dataDir: data, databaseUrl: undefined, clock: systemClock });
  if (!storage.ok) throw new Error("a database is there");
  const now_ms = systemClock.nowMs();
  for (const plan of proposal.value.plans) {
    const id = await storage.value.plans.add(plan, null, now_ms - 2 * hour_ms);
    await storage.value.plans.setState(id, "active", now_ms - 2 * hour_ms);
  }
  const channels = site.intersections.flatMap(({ approaches, id }) =>
    approaches.flatMap(({ lanes }) => lanes.map((lane) => ({ intersection: id, channel: lane.detector_channel }))),
  );
  const events = channels.flatMap((channel) =>
    Array.from({ length: 100 }, (_, number) => {
      return { ...channel, at_ms: now_ms - hour_ms + 35_000 * number, on: true, origin: "camera" as const };
    }),
  );
  await storage.value.events.append(events);
  await storage.value.close();
}, 120_000);
afterAll(() => folders.remove());

it("makes offsets of stored events and plans in force, and no share on green becomes less", async () => {
  const { code, out } = await asked(siteFile, "--data", data, "--json");
  expect(code).toBe(0);
  const { links, plans } = JSON.parse(out) as {
    plans: unknown[];
    links: { arrivals: number; on_green_before: number; on_green_after: number }[];
  };
  expect(plans).toHaveLength(6);
  expect(links).toHaveLength(5);
  for (const { arrivals, on_green_after, on_green_before } of links) {
    expect(arrivals).toBeGreaterThan(180);
    expect(on_green_after).toBeGreaterThanOrEqual(on_green_before);
  }
}, 60_000);

it("says what is missing: the folder, plans in force, detectors before the stop lines", async () => {
  expect((await asked(siteFile)).err).toContain("--data");
  expect((await asked(siteFile, "--data", await folders.withDatabase())).err).toContain("plan in force");
  expect((await asked("docs/sample-site.yaml", "--data", data)).err).toContain("detector_setback_m");
}, 60_000);
