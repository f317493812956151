/** `greenwave events`: the stored detector events as a hi-res log. */
import { hiresCsv, hiresOf, inOrder, localTimestamps } from "../../core/events/hires.ts";
import type { DetectorEvent } from "../../core/ports/detection-feed.ts";
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";
import { defaultDataDir, defaultSiteFile } from "../service/settings.ts";
import { systemClock } from "../service/system-clock.ts";
import { loadSite } from "../site/load.ts";
import { openStorage } from "../storage/open-storage.ts";
import { numberOption } from "./arguments.ts";
import type { Verb, VerbArguments } from "./verb.ts";

const MOST_EVENTS = 1_000_000;
const USUAL_EVENTS = 10_000;

interface Wanted {
  readonly since_ms: number;
  readonly limit: number;
  readonly intersection?: string;
  readonly origin?: "camera";
}

function wanted(args: VerbArguments): Result<Wanted> {
  const limit = numberOption(args, "limit", { min: 1, max: MOST_EVENTS });
  if (!limit.ok) return limit;
  const since = args.text("since");
  const since_ms = since === undefined ? 0 : Date.parse(since);
  if (Number.isNaN(since_ms)) return failed(problem("BAD_INSTANT", { option: "--since", got: since ?? "" }));
  const intersection = args.text("intersection");
  return ok({
    since_ms,
    limit: Math.round(limit.value ?? USUAL_EVENTS),
    ...(intersection === undefined ? {} : { intersection }),
    ...(args.flag("simulated") ? {} : { origin: "camera" as const }),
  });
}

async function stored(dataDir: string, query: Wanted): Promise<Result<readonly DetectorEvent[]>> {
  const storage = await openStorage({ dataDir, clock: systemClock });
  if (!storage.ok) return storage;
  try {
    return ok(await storage.value.events.recent(query));
  } finally {
    await storage.value.close();
  }
}

export const eventsVerb: Verb = {
  name: "events",
  summary: "print stored detector events as a hi-res log (Indiana codes 81 and 82)",
  positionals: "[site.yaml]",
  maxPositionals: 1,
  options: {
    data: { type: "string", placeholder: "<folder>", help: "the data folder (the service must be stopped)" },
    since: { type: "string", placeholder: "<instant>", help: "from here on, such as 2026-03-02T07:00:00+07:00" },
    intersection: { type: "string", placeholder: "<id>", help: "only this one (all by default)" },
    limit: { type: "string", placeholder: "<n>", help: `at most so many, the newest (${USUAL_EVENTS} by default)` },
    simulated: { type: "boolean", help: "also those of simulated traffic" },
  },
  more:
    "Text is CSV with the columns TimeStamp (local time of the site file's zone), DeviceId (the intersection), EventId\n" +
    "(82 on, 81 off) and Parameter (the detector channel). While the service runs, ask it: GET /api/events.",
  async run(args) {
    const query = wanted(args);
    if (!query.ok) return query;
    const loaded = await loadSite(args.positionals[0] ?? defaultSiteFile());
    if (!loaded.ok) return loaded;
    const found = await stored(args.text("data") ?? defaultDataDir(), query.value);
    if (!found.ok) return found;
    const timestamp = localTimestamps(loaded.value.site.site.timezone);
    const events = inOrder(found.value).map(hiresOf);
    return {
      ok: true,
      document: { events: events.map((event) => ({ timestamp: timestamp(event.at_ms), ...event })) },
      text: hiresCsv(events, timestamp),
    };
  },
};
