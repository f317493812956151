import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openPlateVault } from "../../api/plates/plate-vault.ts";
import { openStorage } from "../../api/storage/open-storage.ts";
import type { CaseRecord } from "../../core/ports/cases.ts";
import { systemClock } from "../../detectors/system-clock.ts";
import { need } from "../support/data-folder.ts";
import { eventually, startGreenwave, temporaryFolder } from "../support/greenwave-service.ts";
import { missing } from "../support/peers.ts";
import { stagedPictures_per_s, stagedSite } from "../support/staged-junction.ts";
import { stagedReading_s, stagedTruth } from "../support/staged-truth.ts";

async function casesIn(dataDir: string): Promise<readonly CaseRecord[]> {
  // The evidence of some is ready by now, with a plate that the service's own key conceals.
  const vault = need(await openPlateVault(dataDir, systemClock));
  const storage = await openStorage({ dataDir, clock: systemClock, vault });
  if (!storage.ok) throw new Error(JSON.stringify(storage.problems));
  try {
    return await storage.value.cases.list({ limit: 500 });
  } finally {
    await storage.value.close();
  }
}

/** The act by the video's own clock: a case tells it by the wall clock, and the points of its track tell both. */
function actOf({ detection }: CaseRecord): { readonly t_s: number; readonly x_px: number } {
  const { at_ms, points } = detection;
  const near = points.toSorted((a, b) => Math.abs(a.at_ms - at_ms) - Math.abs(b.at_ms - at_ms))[0];
  if (near === undefined) throw new Error("a case without a track");
  return { t_s: near.pts_s + (at_ms - near.at_ms) / 1000, x_px: (near.box[0] + near.box[2] / 2) * 640 };
}

/** How far the act is from the nearest one that was read off the pictures, of the same lane. */
const offBy_s = (record: CaseRecord): number => {
  const { t_s, x_px } = actOf(record);
  return Math.min(
    ...stagedTruth.filter((each) => Math.abs(each.x_px - x_px) < 30).map((each) => Math.abs(each.t_s - t_s)),
  );
};

const shownAt = ({ detection }: CaseRecord): string | undefined =>
  detection.signal?.samples.findLast(({ at_ms }) => at_ms <= detection.at_ms)?.state;

interface State {
  readonly signals: readonly { readonly greens: readonly number[] }[];
}

describe.skipIf(missing("ffmpeg", "shared data"))("a staged junction", () => {
  test("who drives over the stop line on red becomes a case, and who does so on green none", async () => {
    const folder = temporaryFolder();
    const [site, data] = [join(folder.path, "site.json"), join(folder.path, "data")];
    writeFileSync(site, stagedSite());
    const greenwave = await startGreenwave(data, [site]);
    const opened = () => greenwave.log().match(/on-red.*case opened/g)?.length ?? 0;
    let green_ms = 0;
    try {
      const green = (state: State) => state.signals.some(({ greens }) => greens.includes(2));
      await eventually("green", () => greenwave.json<State>("/api/state"), green, 60_000);
      green_ms = Date.now();
      const before = opened();
      await eventually(
        "cases",
        async () => opened() - before,
        // A case is opened a second or two after its act: the first ones crossed before green was seen.
        (count) => count >= 6,
        60_000,
      );
    } finally {
      await greenwave.stop();
    }
    const cases = (await casesIn(data)).filter(({ detection }) => detection.at_ms > green_ms);
    folder.remove();
    expect(cases.length).toBeGreaterThanOrEqual(3);
    for (const record of cases) {
      const { detection, id } = record;
      expect(detection.rule).toMatchObject({ id: "red_light", place: "on-red" });
      expect(detection).toMatchObject({ lane: "n-through", staged: true, signal: { controller: "cabinet", phase: 4 } });
      expect(shownAt(record)).toBe("red");
      expect(id).toMatch(/^camera-junction-\d{8}-\d{6}-\d+-on-red$/);
    }
    const offs = cases.map(offBy_s).toSorted((a, b) => a - b);
    const picture_s = 1 / stagedPictures_per_s;
    expect(offs[offs.length >> 1]).toBeLessThan(picture_s);
    // A loaded machine looks at fewer pictures, never below five a second.
    expect(offs.at(-1)).toBeLessThan(1 / 5 + stagedReading_s);
  }, 120_000);
});
