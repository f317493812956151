/** `greenwave pivot`: offsets of a site's corridors from the arrivals that its detectors recorded; sends nothing. */
import type { Corridor } from "../../core/network/schema.ts";
import type { DetectorEvent } from "../../core/ports/detection-feed.ts";
import { failed, ok, type Problem, problem, type Result } from "../../core/problems/problem.ts";
import { type PivotedStreet, pivotCorridor } from "../../core/retime/pivot-corridor.ts";
import type { Plan } from "../../core/signal/plan.ts";
import { membersOf } from "../control/propose.ts";
import { defaultSiteFile, storagePlace } from "../service/settings.ts";
import { systemClock } from "../service/system-clock.ts";
import { loadSite } from "../site/load.ts";
import type { Site } from "../site/schema.ts";
import { openStorage } from "../storage/open-storage.ts";
import { numberOption } from "./arguments.ts";
import { chosenCorridors } from "./chosen-corridors.ts";
import type { Outcome, Verb, VerbArguments } from "./verb.ts";

const usualHours = 2;
const mostEvents = 1_000_000;
/** A plan that came into force is not yet in step for so long. */
const settling_ms = 5 * 60_000;

interface Recorded {
  readonly plans: readonly Plan[];
  readonly events: readonly DetectorEvent[];
}

/** Events of the last hours of each intersection's record, from when its plan was in step on. */
async function recorded(site: Site, dataDir: string, hours: number, simulated: boolean): Promise<Result<Recorded>> {
  const storage = await openStorage({ ...storagePlace(dataDir), clock: systemClock });
  if (!storage.ok) return storage;
  try {
    const inForce = await storage.value.plans.inForce();
    const origin = simulated ? {} : { origin: "camera" as const };
    const events: DetectorEvent[] = [];
    for (const { id } of site.intersections) {
      const plan = inForce.find(({ plan: { intersection } }) => intersection === id);
      const [last] = await storage.value.events.recent({ intersection: id, limit: 1, ...origin });
      if (plan === undefined || last === undefined) continue;
      const since_ms = Math.max(plan.at_ms + settling_ms, last.at_ms - hours * 3_600_000);
      events.push(...(await storage.value.events.recent({ intersection: id, since_ms, limit: mostEvents, ...origin })));
    }
    return ok({ plans: inForce.map(({ plan }) => plan), events });
  } finally {
    await storage.value.close();
  }
}

function pivoted(site: Site, corridors: readonly Corridor[], known: Recorded): Result<readonly PivotedStreet[]> {
  const made: PivotedStreet[] = [];
  const problems: Problem[] = [];
  for (const corridor of corridors) {
    const street = pivotCorridor({ corridor, intersections: membersOf(site, corridor), ...known });
    if (street.ok) made.push(street.value);
    else problems.push(...street.problems);
  }
  return problems.length > 0 ? failed(...problems) : ok(made);
}

const percent = (share: number): string => `${Math.round(100 * share)} %`;

function textOf({ corridor, cycle_s, links, plans }: PivotedStreet): string {
  const offsets = plans.map(({ intersection, offset_s }) => `  ${intersection}: offset ${offset_s} s`);
  const told = links.map(
    ({ arrivals, from, later_s, on_green_after, on_green_before, to }) =>
      `  ${from} to ${to}: ${later_s} s later, ${percent(on_green_before)} of ${arrivals} on green, then ${percent(on_green_after)}`,
  );
  return [`${corridor}: cycle ${cycle_s} s`, ...offsets, ...told].join("\n");
}

async function run(args: VerbArguments): Promise<Outcome> {
  const data = args.text("data");
  if (data === undefined) return { ok: false, problems: [problem("PIVOT_WITHOUT_DATA", {})] };
  const hours = numberOption(args, "hours", { min: 0.25, max: 168 });
  if (!hours.ok) return hours;
  const loaded = await loadSite(args.positionals[0] ?? defaultSiteFile());
  if (!loaded.ok) return loaded;
  const { site } = loaded.value;
  const corridors = chosenCorridors(site, args.text("corridor"));
  if (!corridors.ok) return corridors;
  const known = await recorded(site, data, hours.value ?? usualHours, args.flag("simulated"));
  if (!known.ok) return known;
  const made = pivoted(site, corridors.value, known.value);
  if (!made.ok) return made;
  const [only] = made.value;
  const document = made.value.length === 1 ? only : made.value;
  return { ok: true, document, text: made.value.map(textOf).join("\n") };
}

export const pivotVerb: Verb = {
  name: "pivot",
  summary: "new offsets of a corridor from recorded arrivals, without a model of traffic; sends nothing",
  positionals: "[site.yaml]",
  maxPositionals: 1,
  options: {
    data: { type: "string", placeholder: "<folder>", help: "the data folder (the service must be stopped)" },
    corridor: { type: "string", placeholder: "<id>", help: "only this corridor (all by default)" },
    hours: { type: "string", placeholder: "<n>", help: `of the record, its last so many (${usualHours} by default)` },
    simulated: { type: "boolean", help: "also count simulated traffic" },
  },
  more:
    "Needs plans in force of one cycle, and on each link a detector before the stop line (`detector_setback_m`). The document\n" +
    "goes into `greenwave push`.",
  run,
};
