/** `greenwave trace`: where a vehicle was, asked of the running service by an account that may. */
import { z } from "zod";
import { traceMatches } from "../../core/plates/wanted.ts";
import { problem } from "../../core/problems/problem.ts";
import { DEFAULT_PORT } from "../service/settings.ts";
import { instantOption } from "./instant.ts";
import { askAs, PASSWORD_VARIABLE } from "./service-session.ts";
import type { Outcome, Verb, VerbArguments } from "./verb.ts";

const DAY_MS = 86_400_000;

const passageSchema = z.object({
  at_ms: z.number(),
  camera: z.string(),
  intersection: z.string(),
  class: z.string(),
  plate: z.string(),
  confidence: z.number(),
});

const answerSchema = z.object({
  passages: z.array(passageSchema),
  journeys: z.array(
    z.object({
      plate: z.string(),
      began: z.enum(["first", "pause", "too_fast"]),
      passages: z.array(passageSchema),
      duration_s: z.number(),
    }),
  ),
  more: z.boolean(),
});

type Answer = z.infer<typeof answerSchema>;

const refused = (reason: string): Outcome => ({
  ok: false,
  problems: [problem("BAD_ARGUMENT", { verb: "trace", reason })],
});

function journey({ plate, began, passages, duration_s }: Answer["journeys"][number]): string {
  const stops = passages.map(
    ({ at_ms, camera, confidence }) =>
      `  ${new Date(at_ms).toISOString()}  ${camera}  ${Math.floor(confidence * 100)} %`,
  );
  const how = began === "too_fast" ? ", which no vehicle reaches so fast: misread, or two bear this plate" : "";
  return [`${plate}: ${passages.length} passages in ${Math.round(duration_s)} s${how}`, ...stops].join("\n");
}

const told = ({ journeys, more }: Answer): string =>
  [...journeys.map(journey), ...(more ? ["there are more: ask for less time"] : [])].join("\n") || "not seen";

/** The whole question, or what is missing in it. */
function questionOf(args: VerbArguments, plate: string): { readonly body: object } | Outcome {
  const from = instantOption(args, "from");
  const to = instantOption(args, "to");
  if (!from.ok) return from;
  if (!to.ok) return to;
  const match = args.text("match") ?? "exact";
  if (!traceMatches.some((each) => each === match)) return refused(`--match is one of ${traceMatches.join(", ")}`);
  const purpose = args.text("purpose");
  if (purpose === undefined) return refused("--purpose is needed: the service writes down why you ask");
  const to_ms = to.value ?? Date.now();
  const case_id = args.text("case");
  const forCase = case_id === undefined ? {} : { case_id };
  return { body: { plate, match, from_ms: from.value ?? to_ms - DAY_MS, to_ms, purpose, ...forCase } };
}

export const traceVerb: Verb = {
  name: "trace",
  summary: "where a vehicle was, for a purpose that is written down",
  positionals: "<plate>",
  maxPositionals: 1,
  options: {
    match: {
      type: "string",
      placeholder: "<how>",
      help: "exact, near (one character off) or partial (* for any characters, ? for one); default exact",
    },
    from: {
      type: "string",
      placeholder: "<time>",
      help: "such as 2026-03-02T07:00:00+07:00 (default: a day before --to)",
    },
    to: { type: "string", placeholder: "<time>", help: "default: now" },
    purpose: { type: "string", placeholder: "<words>", help: "why, in words that another person understands" },
    case: { type: "string", placeholder: "<id>", help: "the case that it is for" },
    account: {
      type: "string",
      placeholder: "<name>",
      help: `who asks; the password is read from ${PASSWORD_VARIABLE}`,
    },
    url: {
      type: "string",
      placeholder: "<url>",
      help: `where the service is (default http://127.0.0.1:${DEFAULT_PORT})`,
    },
  },
  more: "With --json: { passages, journeys, more }, as POST /api/trace answers. Who asked what and why is in the audit.",
  async run(args, { stop }): Promise<Outcome> {
    const [plate] = args.positionals;
    if (plate === undefined)
      return { ok: false, problems: [problem("MISSING_ARGUMENT", { verb: "trace", what: "a plate" })] };
    const base = args.text("url") ?? `http://127.0.0.1:${DEFAULT_PORT}`;
    if (!URL.canParse(base)) return refused(`${base} is no URL`);
    const account = args.text("account");
    if (account === undefined) return refused("--account is needed: the service writes down who asks");
    const question = questionOf(args, plate);
    if (!("body" in question)) return question;
    const answer = await askAs(account, { base, path: "/api/trace", body: question.body }, answerSchema, stop);
    return answer.ok ? { ok: true, document: answer.value, text: told(answer.value) } : answer;
  },
};
