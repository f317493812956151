/** `greenwave diagram`: the time-space picture of a street, of plans, or of a corridor of the site. */
import { writeFile } from "node:fs/promises";
import { extname } from "node:path";
import { z } from "zod";
import { answerBands, type BandResult, needsSolver } from "../../core/bands/answer.ts";
import { type BandInstance, corridorOf } from "../../core/bands/instance.ts";
import { bandPicture } from "../../core/diagram/from-bands.ts";
import { plansPicture } from "../../core/diagram/from-plans.ts";
import { roadDocumentSchema, roadPicture } from "../../core/diagram/from-road.ts";
import type { TimeSpacePicture } from "../../core/diagram/picture.ts";
import { timeSpaceSvg } from "../../core/diagram/time-space.ts";
import { failed, ok, problem, type Result, reasonOf } from "../../core/problems/problem.ts";
import { type Plan, planSchema } from "../../core/signal/plan.ts";
import { drawingToPng } from "../../detectors/index.ts";
import { propose } from "../control/propose.ts";
import { systemClock } from "../service/system-clock.ts";
import { loadSite } from "../site/load.ts";
import { readText } from "../site/read-text.ts";
import { highsSolver } from "../solver/highs.ts";
import { numberOption } from "./arguments.ts";
import { instancesIn, usualLimit_s } from "./bands.ts";
import { chosenCorridors } from "./chosen-corridors.ts";
import type { Verb, VerbArguments } from "./verb.ts";

const goals = ["max_sum", "max_equal"] as const;
const languages = ["en", "vi"] as const;

const one = <T extends string>(choices: readonly T[], given: string): T | undefined =>
  choices.find((choice) => choice === given);

/** What `retime --json` wrote: one proposal, several, or plans alone. */
const plansFile = z.union([
  z.looseObject({ plans: z.array(planSchema).min(1) }).transform(({ plans }) => plans),
  z.array(z.looseObject({ plans: z.array(planSchema).min(1) })).transform((all) => all.flatMap(({ plans }) => plans)),
  z.array(planSchema).min(1),
]);

async function pictureOf(file: string, args: VerbArguments): Promise<Result<TimeSpacePicture>> {
  if (extname(file) !== ".json") return sitePicture(file, args, null);
  const text = await readText(file);
  if (!text.ok) return text;
  const document = documentIn(text.value);
  const road = roadDocumentSchema.safeParse(document);
  if (road.success) return ok(roadPicture(road.data));
  const { data: plans } = plansFile.safeParse(document);
  if (plans === undefined) return streetPicture(text.value, file, args);
  const site = args.text("site");
  if (site === undefined) return failed(problem("DIAGRAM_NEEDS_SITE", { file }));
  return sitePicture(site, args, { plans, file });
}

function documentIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // No JSON: what is wrong with it is told by whoever reads it as a street.
    return null;
  }
}

/** The answer that is in the file, or else one that is found now. */
async function streetPicture(text: string, file: string, args: VerbArguments): Promise<Result<TimeSpacePicture>> {
  const named = args.text("goal") ?? "max_equal";
  const goal = one(goals, named);
  if (goal === undefined) return failed(problem("DIAGRAM_GOAL", { found: named }));
  const read = instancesIn(text, file);
  if (!read.ok) return read;
  const [instance] = read.value;
  if (instance === undefined) throw new Error("a list of streets holds one at least");
  const given = answerSchema.safeParse(instance[goal]);
  if (given.success && given.data.one_optimal_offset_set_s.length === instance.positions_m.length) {
    return ok(drawn(instance, given.data));
  }
  const solver = needsSolver(instance) ? await highsSolver() : null;
  const answer = answerBands(instance, { solver, limit_s: usualLimit_s });
  return answer.ok ? ok(drawn(instance, answer.value[goal])) : answer;
}

/** What a picture needs of an answer; the bands are measured anew. */
const answerSchema = z.looseObject({
  cycle_s: z.number().positive().optional(),
  one_optimal_offset_set_s: z.array(z.number()),
  left_turns: z.array(z.string().nullable()).optional(),
  speed_out_mps: z.array(z.number().positive().nullable()).optional(),
  speed_in_mps: z.array(z.number().positive().nullable()).optional(),
});

function drawn(instance: BandInstance, answer: z.infer<typeof answerSchema> | BandResult): TimeSpacePicture {
  const { speed_out_mps, speed_in_mps, left_turns, cycle_s, one_optimal_offset_set_s } = answer;
  const chosen = (given: readonly number[], speeds: readonly (number | null)[] | undefined): number[] =>
    given.map((mps, i) => speeds?.[i] ?? mps);
  const corridor = corridorOf(
    {
      ...instance,
      speed_out_mps: chosen(instance.speed_out_mps, speed_out_mps),
      speed_in_mps: chosen(instance.speed_in_mps, speed_in_mps),
    },
    cycle_s,
  );
  const phasings = corridor.signals.map(({ phasings: all }, i) =>
    Math.max(
      0,
      all.findIndex(({ name }) => name === (left_turns?.[i] ?? null)),
    ),
  );
  return bandPicture({
    title: instance.id ?? instance.note ?? "",
    corridor,
    names: corridor.signals.map((_, i) => `${i + 1}`),
    positions_m: instance.positions_m,
    offsets_s: one_optimal_offset_set_s,
    phasings,
  });
}

interface GivenPlans {
  readonly plans: readonly Plan[];
  readonly file: string;
}

async function sitePicture(
  file: string,
  args: VerbArguments,
  given: GivenPlans | null,
): Promise<Result<TimeSpacePicture>> {
  const loaded = await loadSite(file);
  if (!loaded.ok) return loaded;
  const { site } = loaded.value;
  const chosen = chosenCorridors(site, args.text("corridor"));
  if (!chosen.ok) return chosen;
  const [corridor, ...others] = chosen.value;
  if (corridor === undefined) throw new Error("one corridor is chosen at least");
  if (others.length > 0) {
    const known = chosen.value.map((each) => each.id).join(", ");
    return failed(problem("DIAGRAM_CORRIDOR", { file, count: chosen.value.length, known }));
  }
  if (given !== null) return plansPicture(corridor, site.intersections, given.plans, given.file);
  const proposal = propose(site, corridor, { intervals: [], plans: [] }, systemClock.nowMs());
  if (!proposal.ok) return proposal;
  return plansPicture(corridor, site.intersections, proposal.value.plans, file);
}

async function write(svg: string, out: string): Promise<Result<void>> {
  if (extname(out) === ".png") return drawingToPng(svg, out);
  try {
    await writeFile(out, svg);
    return ok(undefined);
  } catch (error) {
    return failed(problem("PICTURE_UNWRITABLE", { file: out, reason: reasonOf(error) }));
  }
}

interface Wishes {
  readonly file: string;
  readonly out: string;
  readonly language: (typeof languages)[number];
  readonly cycles: number;
}

function wishesOf(args: VerbArguments): Result<Wishes> {
  const [file] = args.positionals;
  if (file === undefined) return failed(problem("MISSING_ARGUMENT", { verb: "diagram", what: "a file" }));
  const out = args.text("out") ?? "";
  if (![".svg", ".png"].includes(extname(out))) return failed(problem("DIAGRAM_OUT", { found: out }));
  const named = args.text("language") ?? "en";
  const language = one(languages, named);
  if (language === undefined) return failed(problem("DIAGRAM_LANGUAGE", { found: named }));
  const cycles = numberOption(args, "cycles", { min: 1, max: 20 });
  if (!cycles.ok) return cycles;
  return ok({ file, out, language, cycles: cycles.value ?? 2 });
}

export const diagramVerb: Verb = {
  name: "diagram",
  summary: "draw a street's lights and green bands over time and distance",
  positionals: "<file>",
  maxPositionals: 1,
  options: {
    out: { type: "string", placeholder: "<file>", help: "where to draw; ends in .svg or .png" },
    corridor: { type: "string", placeholder: "<id>", help: "of a site with several" },
    site: { type: "string", placeholder: "<file>", help: "the site that plans belong to" },
    goal: { type: "string", placeholder: "<name>", help: "of a street: max_equal (unless said) or max_sum" },
    language: { type: "string", placeholder: "<code>", help: "en or vi" },
    cycles: { type: "string", placeholder: "<number>", help: "how often the cycle is shown; 2 unless said" },
  },
  more:
    "The file is a site (its corridor as `retime` would time it), what `retime --json` printed (of a site with --site; of a\n" +
    "scenario its main road), or a street as `bands` takes it, with or without its answer.",
  async run(args) {
    const wishes = wishesOf(args);
    if (!wishes.ok) return wishes;
    const { file, out, language, cycles } = wishes.value;
    const picture = await pictureOf(file, args);
    if (!picture.ok) return picture;
    const written = await write(timeSpaceSvg(picture.value, { language, cycles }), out);
    if (!written.ok) return written;
    const { cycle_s, outbound, inbound } = picture.value;
    const document = { file: out, cycle_s, outbound_s: outbound?.width_s ?? 0, inbound_s: inbound?.width_s ?? 0 };
    const widths = `bands ${document.outbound_s.toFixed(1)} s out and ${document.inbound_s.toFixed(1)} s in`;
    return { ok: true, document, text: `${out}: cycle ${cycle_s} s, ${widths}` };
  },
};
