/** From arguments to exit code: finds the verb, runs it, prints one document or the problems in plain words. */
import { nearest } from "../../core/config/nearest.ts";
import { listed, type Problem, ProblemError, problem, sentence } from "../../core/problems/problem.ts";
import { readArguments } from "./arguments.ts";
import { generalHelp, verbHelp } from "./help.ts";
import type { Outcome, Verb, VerbContext } from "./verb.ts";

export interface Terminal {
  out(text: string): void;
  err(text: string): void;
}

const FAILED = 1;
const MISUSED = 2;

function printProblems(terminal: Terminal, json: boolean, problems: readonly Problem[], document?: unknown): void {
  const placed = problems.some((p) => p.at?.file !== undefined);
  terminal.err(placed ? `${listed(problems)}\n` : problems.map((p) => `greenwave: ${sentence(p)}\n`).join(""));
  if (!json) return;
  const told = problems.map((p) => ({ code: p.code, message: sentence(p), at: p.at ?? null }));
  const extra = typeof document === "object" && document !== null ? document : {};
  terminal.out(`${JSON.stringify({ ...extra, ok: false, problems: told })}\n`);
}

function findVerb(verbs: readonly Verb[], name: string): Verb | Problem {
  const verb = verbs.find((v) => v.name === name);
  if (verb !== undefined) return verb;
  const names = verbs.map((v) => v.name);
  const near = nearest(name, names);
  const hint = near === null ? `verbs: ${names.join(", ")}` : `did you mean ${near}?`;
  return problem("UNKNOWN_VERB", { verb: name, hint });
}

/** A bug must not cost the user the sentence: the stack is shown only on request. */
function unexpected(error: unknown): readonly Problem[] {
  if (error instanceof ProblemError) return error.problems;
  if (process.env["GREENWAVE_DEBUG"] !== undefined) throw error;
  return [problem("INTERNAL", { reason: error instanceof Error ? error.message : String(error) })];
}

async function outcomeOf(work: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await work();
  } catch (error) {
    return { ok: false, problems: unexpected(error) };
  }
}

export async function runCommandLine(
  verbs: readonly Verb[],
  version: string,
  argv: readonly string[],
  terminal: Terminal,
  stop: AbortSignal,
): Promise<number> {
  const [name, ...rest] = argv;
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    terminal.out(generalHelp(verbs, version));
    return name === undefined ? MISUSED : 0;
  }
  if (name === "--version") {
    terminal.out(`${version}\n`);
    return 0;
  }
  const wantsJson = rest.includes("--json");
  const verb = findVerb(verbs, name);
  if ("code" in verb) {
    printProblems(terminal, wantsJson, [verb]);
    return MISUSED;
  }
  const call = readArguments(verb, rest);
  if (!call.ok) {
    printProblems(terminal, wantsJson, call.problems);
    return MISUSED;
  }
  if (call.value.help) {
    terminal.out(verbHelp(verb));
    return 0;
  }
  const { json, args } = call.value;
  const announce = (document: unknown, text: string): void =>
    terminal.out(json ? `${JSON.stringify(document)}\n` : `${text}\n`);
  const context: VerbContext = { stop, json, announce, tell: (line) => terminal.err(`${line}\n`) };
  const outcome = await outcomeOf(() => verb.run(args, context));
  if (!outcome.ok) {
    if (!json && outcome.text !== undefined) terminal.out(`${outcome.text}\n`);
    printProblems(terminal, json, outcome.problems, outcome.document);
    return FAILED;
  }
  if (outcome.document !== undefined) announce(outcome.document, outcome.text);
  return 0;
}
