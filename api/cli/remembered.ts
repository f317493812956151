/** What a data folder knows of a site's demand, for verbs that make plans of it. */
import { ok, type Result } from "../../core/problems/problem.ts";
import type { Known } from "../control/propose.ts";
import { recentFlow } from "../control/recent-flow.ts";
import { storagePlace } from "../service/settings.ts";
import { systemClock } from "../service/system-clock.ts";
import type { Site } from "../site/schema.ts";
import { openStorage } from "../storage/open-storage.ts";

/** What the data folder remembers; nothing without one. */
export async function remembered(site: Site, dataDir: string | undefined): Promise<Result<Known>> {
  if (dataDir === undefined) return ok({ intervals: [], plans: [] });
  const storage = await openStorage({ ...storagePlace(dataDir), clock: systemClock });
  if (!storage.ok) return storage;
  try {
    const intervals = await recentFlow(storage.value.flows, site.intersections, systemClock.nowMs());
    const plans = (await storage.value.plans.inForce()).map(({ plan }) => plan);
    return ok({ intervals, plans });
  } finally {
    await storage.value.close();
  }
}
