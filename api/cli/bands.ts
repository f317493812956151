/** `greenwave bands`: the widest green bands of a street, with proof. */
import { z } from "zod";
import { answerBands, type BandAnswer, type BandMeans, type BandResult, needsSolver } from "../../core/bands/answer.ts";
import { answerLinks, type LinkBands } from "../../core/bands/answer-links.ts";
import { type BandInstance, bandInstanceSchema, checkedInstance } from "../../core/bands/instance.ts";
import { parseDocument } from "../../core/config/parse-document.ts";
import { failed, ok, type Problem, problem, type Result } from "../../core/problems/problem.ts";
import { readText } from "../site/read-text.ts";
import { highsSolver } from "../solver/highs.ts";
import { numberOption } from "./arguments.ts";
import type { Verb, VerbArguments } from "./verb.ts";

/** Of search for each program. */
export const usualLimit_s = 10;

/** One instance, or a list of them. `file` is where the text came from. */
export function instancesIn(text: string, file: string): Result<readonly BandInstance[]> {
  if (text.trim() === "" || isScalar(text)) return failed(problem("BANDS_EMPTY", {}, { file }));
  const list = text.trimStart().startsWith("[");
  const read: Result<readonly BandInstance[]> = list
    ? parseDocument(z.array(bandInstanceSchema).min(1).max(100), text, file)
    : one(parseDocument(bandInstanceSchema, text, file));
  if (!read.ok) return read;
  const problems = read.value.flatMap((instance) => {
    const checked = checkedInstance(instance);
    return checked.ok ? [] : checked.problems.map((found) => ({ ...found, at: { file, ...found.at } }));
  });
  return problems.length > 0 ? failed(...problems) : read;
}

/** JSON, but neither a street nor a list. */
function isScalar(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value !== "object" || value === null;
  } catch {
    return false;
  }
}

const one = <T>(read: Result<T>): Result<readonly T[]> => (read.ok ? ok([read.value]) : read);

async function meansOf(args: VerbArguments, instances: readonly BandInstance[]): Promise<Result<BandMeans>> {
  const limit = numberOption(args, "limit", { min: 0.1, max: 3600 });
  if (!limit.ok) return limit;
  const named = args.text("solver") ?? "auto";
  if (named !== "auto" && named !== "highs") return failed(problem("BANDS_SOLVER", { found: named }));
  const always = named === "highs";
  const solver = always || instances.some(needsSolver) ? await highsSolver() : null;
  return ok({ solver, limit_s: limit.value ?? usualLimit_s, always });
}

function answerOf(instance: BandInstance, means: BandMeans): Result<Omit<Told, "seconds">> {
  const answer = answerBands(instance, means);
  const links = answerLinks(instance, means);
  if (!answer.ok || links === undefined) return answer;
  return links.ok ? ok({ ...answer.value, multiband: links.value }) : links;
}

interface Told extends BandAnswer {
  readonly multiband?: LinkBands;
  /** That the search took. */
  readonly seconds: number;
}

function line(name: string, result: BandResult): string {
  const { bandwidth_out_s, bandwidth_in_s, total_s, one_optimal_offset_set_s, proved, gap } = result;
  const proof = proved ? "proved" : `at most ${(100 * gap).toFixed(2)} % below the best`;
  const widths = `${bandwidth_out_s.toFixed(2)} s out, ${bandwidth_in_s.toFixed(2)} s in, ${total_s.toFixed(2)} s together`;
  const offsets = one_optimal_offset_set_s.map((offset) => offset.toFixed(1)).join(" ");
  return `  ${name}: ${widths} (${proof})\n    cycle ${result.cycle_s} s, offsets ${offsets}`;
}

function textOf(answer: Told): string {
  const links = answer.multiband;
  return [
    answer.id ?? "bands",
    line("widest sum", answer.max_sum),
    line("widest equal", answer.max_equal),
    ...(links === undefined
      ? []
      : [`  per link: out ${links.bandwidth_out_s.join(" ")}, in ${links.bandwidth_in_s.join(" ")} s`]),
  ].join("\n");
}

export const bandsVerb: Verb = {
  name: "bands",
  summary: "the widest green bands of a street both ways, with proof",
  positionals: "<file.json>",
  maxPositionals: 1,
  options: {
    solver: { type: "string", placeholder: "<name>", help: "auto (as told below), or highs: always the program" },
    limit: {
      type: "string",
      placeholder: "<seconds>",
      help: `of search for each program; ${usualLimit_s} unless said`,
    },
  },
  more:
    "The file holds one street, or a list: cycle_s, positions_m, coord_green_s, speed_out_mps, speed_in_mps; more keys in\n" +
    "docs/reference/timing.md. With fixed speeds every case is looked at; with open ones a mixed-integer program is\n" +
    "solved by HiGHS. Every answer is driven through once more at every departure before it is told.",
  async run(args) {
    const [file] = args.positionals;
    if (file === undefined) {
      return { ok: false, problems: [problem("MISSING_ARGUMENT", { verb: "bands", what: "a file" })] };
    }
    const text = await readText(file);
    if (!text.ok) return text;
    const instances = instancesIn(text.value, file);
    if (!instances.ok) return instances;
    const means = await meansOf(args, instances.value);
    if (!means.ok) return means;
    const told: Told[] = [];
    const problems: Problem[] = [];
    for (const instance of instances.value) {
      const begun_ms = performance.now();
      const answer = answerOf(instance, means.value);
      if (answer.ok) told.push({ ...answer.value, seconds: Math.round(performance.now() - begun_ms) / 1000 });
      else problems.push(...answer.problems.map((found) => ({ ...found, at: { file } })));
    }
    if (problems.length > 0) return { ok: false, problems };
    const [only] = told;
    return { ok: true, document: told.length === 1 ? only : told, text: told.map(textOf).join("\n") };
  },
};
