/** The flow that is stored of a site's lanes, as quarters of an hour. */
import { type SlotSeries, slot_ms, slotSeries, slotsOfWeek } from "../../core/forecast/slot-series.ts";
import type { FlowStore } from "../../core/ports/storage.ts";
import { ok, type Result } from "../../core/problems/problem.ts";
import { storagePlace } from "../service/settings.ts";
import { systemClock } from "../service/system-clock.ts";
import type { Site } from "../site/schema.ts";
import { openStorage } from "../storage/open-storage.ts";

const weeks = 8;
/** Of a lane: intervals are a minute long or longer, and two feeds may see it. */
const mostRows = 2 * weeks * 7 * 24 * 60;

async function seriesOf(site: Site, flows: FlowStore, now_ms: number): Promise<readonly SlotSeries[]> {
  const found: SlotSeries[] = [];
  for (const { approaches } of site.intersections) {
    for (const { id } of approaches.flatMap(({ lanes }) => lanes)) {
      const since_ms = now_ms - weeks * slotsOfWeek * slot_ms;
      const series = slotSeries(id, await flows.recent({ lane: id, since_ms, limit: mostRows }), now_ms);
      if (series !== null) found.push(series);
    }
  }
  return found;
}

export async function storedSeries(site: Site, dataDir: string): Promise<Result<readonly SlotSeries[]>> {
  const storage = await openStorage({ ...storagePlace(dataDir), clock: systemClock });
  if (!storage.ok) return storage;
  try {
    return ok(await seriesOf(site, storage.value.flows, systemClock.nowMs()));
  } finally {
    await storage.value.close();
  }
}
