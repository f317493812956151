/** `greenwave schedule`: which plan of a corridor when, from the flow that is stored; sends nothing. */
import type { SlotSeries } from "../../core/forecast/slot-series.ts";
import { assumedPcuIn } from "../../core/network/class-mix.ts";
import type { Corridor } from "../../core/network/schema.ts";
import { ok, problem, type Result } from "../../core/problems/problem.ts";
import { corridorSchedule } from "../../core/retime/corridor-schedule.ts";
import { laneSlots } from "../../core/retime/lane-slots.ts";
import { type CorridorDayPlans, dayPlansOf } from "../../core/retime/schedule-document.ts";
import { membersOf } from "../control/propose.ts";
import { defaultSiteFile } from "../service/settings.ts";
import { loadSite } from "../site/load.ts";
import type { Site } from "../site/schema.ts";
import { numberOption } from "./arguments.ts";
import { chosenCorridors } from "./chosen-corridors.ts";
import { storedSeries } from "./stored-series.ts";
import type { Outcome, Verb, VerbArguments } from "./verb.ts";

const usualPlans = 4;
const percentile = 0.85;

function scheduleOf(
  site: Site,
  corridor: Corridor,
  series: readonly SlotSeries[],
  mostPlans: number,
): Result<CorridorDayPlans> {
  const intersections = membersOf(site, corridor);
  const lanes = intersections.flatMap(({ approaches }) => approaches.flatMap((each) => each.lanes.map(({ id }) => id)));
  const known = series.filter(({ lane }) => lanes.includes(lane));
  if (known.length === 0) return { ok: false, problems: [problem("SCHEDULE_WITHOUT_FLOW", { corridor: corridor.id })] };
  const volumes = new Map(site.volumes.map(({ flow_veh_h, lane }) => [lane, flow_veh_h]));
  const seen = laneSlots({
    lanes,
    series: known,
    zone: site.site.timezone,
    pcuPerVehicle: assumedPcuIn(site.pcu),
    assumed_veh_h: (lane) => volumes.get(lane) ?? 0,
  });
  const made = corridorSchedule({ corridor, intersections, lanes, seen, mostPlans, percentile });
  if (made === null) return { ok: false, problems: [problem("SCHEDULE_TOO_SHORT", { corridor: corridor.id })] };
  return ok(dayPlansOf(corridor.id, made));
}

function textOf({ corridor, day_plans, patterns, plan_days, week_pcu_h }: CorridorDayPlans): string {
  const cycles = new Map(patterns.map(({ cycle_s, pattern }) => [pattern, cycle_s]));
  const rows = day_plans.map(({ events, number }) => {
    const days = plan_days.filter(({ day_plan }) => day_plan === number).flatMap((each) => each.days);
    const times = events.map(({ at, pattern }) => `${at} plan ${pattern} (${cycles.get(pattern)} s)`);
    return `  ${days.join(" ")}: ${times.join(", ")}`;
  });
  const { one_plan, schedule } = week_pcu_h;
  const saved = `delay ${schedule.toFixed(0)} PCU-hours a week, ${one_plan.toFixed(0)} with one plan at all times`;
  return [`${corridor}: ${patterns.length} plans, ${saved}`, ...rows].join("\n");
}

async function run(args: VerbArguments): Promise<Outcome> {
  const data = args.text("data");
  if (data === undefined) return { ok: false, problems: [problem("SCHEDULE_WITHOUT_DATA", {})] };
  const plans = numberOption(args, "plans", { min: 1, max: 12 });
  if (!plans.ok) return plans;
  const loaded = await loadSite(args.positionals[0] ?? defaultSiteFile());
  if (!loaded.ok) return loaded;
  const { site } = loaded.value;
  const corridors = chosenCorridors(site, args.text("corridor"));
  if (!corridors.ok) return corridors;
  const series = await storedSeries(site, data);
  if (!series.ok) return series;
  const made: CorridorDayPlans[] = [];
  for (const corridor of corridors.value) {
    const schedule = scheduleOf(site, corridor, series.value, plans.value ?? usualPlans);
    if (!schedule.ok) return schedule;
    made.push(schedule.value);
  }
  return { ok: true, document: { corridors: made }, text: made.map(textOf).join("\n") };
}

export const scheduleVerb: Verb = {
  name: "schedule",
  summary: "say which plan of a corridor is best on which days and when; sends nothing",
  positionals: "[site.yaml]",
  maxPositionals: 1,
  options: {
    data: { type: "string", placeholder: "<folder>", help: "the flow stored here (the service must be stopped)" },
    corridor: { type: "string", placeholder: "<id>", help: "only this corridor (all by default)" },
    plans: { type: "string", placeholder: "<n>", help: "at most so many plans for one kind of day (4)" },
  },
  more:
    "Needs every quarter of the day seen at least once; uses eight weeks. Plans hold the 85th percentile of what their times saw.\n" +
    "`patterns`, `day_plans` and `plan_days` of the document are written as the site file has them.",
  run,
};
