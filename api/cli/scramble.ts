/** `greenwave scramble`: would it be worth while at an intersection of the site to let all people walk at once? */
import type { Intersection } from "../../core/network/schema.ts";
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";
import { assess } from "../../core/retime/intersection-plan.ts";
import { type SiteScramble, type SiteScrambleOptions, siteScramble } from "../../core/retime/site-scramble.ts";
import type { ScrambleWay } from "../../core/timing/scramble.ts";
import { demandAt, type Known } from "../control/propose.ts";
import { defaultSiteFile } from "../service/settings.ts";
import { systemClock } from "../service/system-clock.ts";
import { loadSite } from "../site/load.ts";
import type { Site } from "../site/schema.ts";
import { numberOption } from "./arguments.ts";
import { remembered } from "./remembered.ts";
import type { Outcome, Verb, VerbArguments } from "./verb.ts";

const usual = { people_h: 500, diagonal_share: 0.2 };

function chosen({ intersections }: Site, id: string | undefined): Result<readonly Intersection[]> {
  if (id === undefined) return ok(intersections);
  const one = intersections.filter((each) => each.id === id);
  return one.length > 0
    ? ok(one)
    : failed(problem("UNKNOWN_INTERSECTION", { id, known: intersections.map((each) => each.id).join(", ") }));
}

const wayText = (name: string, way: ScrambleWay | null): string =>
  way === null
    ? `  ${name}: does not fit into the longest cycle`
    : `  ${name}: cycle ${way.cycle_s} s, ${way.vehicle_delay_s.toFixed(1)} s a vehicle, ` +
      `${way.person_delay_s.toFixed(1)} s a person on foot, ${way.waiting_h.toFixed(1)} person-hours an hour`;

const hours = (value: number | null): string => (value === null ? "none" : value.toFixed(1));

function textOf({ beside, better, by_people, diagonal_m, intersection, people_h, scramble }: SiteScramble): string {
  const row = by_people.map((at) => `${at.people_h}: ${hours(at.beside_h)} or ${hours(at.scramble_h)}`);
  return [
    `${intersection}: ${people_h} people an hour, ${diagonal_m} m from corner to corner: ${better ?? "neither fits"}`,
    wayText("beside vehicles", beside),
    wayText("scramble", scramble),
    `  person-hours beside vehicles or by a scramble, by people an hour: ${row.join(", ")}`,
  ].join("\n");
}

function answerAt(
  site: Site,
  intersection: Intersection,
  known: Known,
  options: Omit<SiteScrambleOptions, "assessment">,
): Result<SiteScramble> {
  const demand = demandAt(site, [intersection], known, systemClock.nowMs());
  const assessed = assess(intersection, new Map(demand.map((each) => [each.lane, each])));
  if (!assessed.ok) return assessed;
  const answer = siteScramble({ assessment: assessed.value, ...options });
  return answer === null ? failed(problem("SCRAMBLE_NOBODY", { intersection: intersection.id })) : ok(answer);
}

async function run(args: VerbArguments): Promise<Outcome> {
  const people = numberOption(args, "people", { min: 0, max: 20_000 });
  if (!people.ok) return people;
  const share = numberOption(args, "diagonal-share", { min: 0, max: 1 });
  if (!share.ok) return share;
  const loaded = await loadSite(args.positionals[0] ?? defaultSiteFile());
  if (!loaded.ok) return loaded;
  const { site } = loaded.value;
  const intersections = chosen(site, args.text("intersection"));
  if (!intersections.ok) return intersections;
  const known = await remembered(site, args.text("data"));
  if (!known.ok) return known;
  const options = {
    people_h: people.value ?? usual.people_h,
    diagonal_share: share.value ?? usual.diagonal_share,
  };
  const answers = intersections.value.map((intersection) => answerAt(site, intersection, known.value, options));
  const made = answers.flatMap((answer) => (answer.ok ? [answer.value] : []));
  const problems = answers.flatMap((answer) => (answer.ok ? [] : answer.problems));
  if (made.length === 0) return { ok: false, problems };
  const found = { document: { intersections: made }, text: made.map(textOf).join("\n") };
  return problems.length === 0 ? { ok: true, ...found } : { ok: false, problems, ...found };
}

export const scrambleVerb: Verb = {
  name: "scramble",
  summary: "whether all people should walk at once at an intersection, by what everybody waits",
  positionals: "[site.yaml]",
  maxPositionals: 1,
  options: {
    intersection: { type: "string", placeholder: "<id>", help: "only this one (all by default)" },
    people: {
      type: "string",
      placeholder: "<n>",
      help: `who cross in an hour, all together (${usual.people_h} by default)`,
    },
    "diagonal-share": {
      type: "string",
      placeholder: "<x>",
      help: `of them to the opposite corner (${usual.diagonal_share})`,
    },
    data: { type: "string", placeholder: "<folder>", help: "use the flow stored here (the service must be stopped)" },
  },
  more: "Vehicles by HCM's control delay, people by HCM 2000, eq. 18-5; crossings as long as the site file's clearances say.",
  run,
};
