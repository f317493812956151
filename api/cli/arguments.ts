/** Reads a verb's arguments with Node's own parser and turns its complaints into problems. */
import { parseArgs } from "node:util";
import { nearest } from "../../core/config/nearest.ts";
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";
import type { Verb, VerbArguments } from "./verb.ts";

export interface ParsedCall {
  readonly args: VerbArguments;
  readonly help: boolean;
  readonly json: boolean;
}

const everyVerb = { help: { type: "boolean", short: "h" }, json: { type: "boolean" } } as const;

/** `--port=80` and `--port 80` are the same; what follows the name decides. */
function optionName(argument: string): string {
  return argument.replace(/^--?(no-)?/, "").replace(/=.*$/s, "");
}

function unknownOption(verb: Verb, argv: readonly string[]): Result<never> | null {
  const known = [...Object.keys(verb.options), "help", "json"];
  const end = argv.indexOf("--");
  const given = (end === -1 ? argv : argv.slice(0, end)).filter((a) => a.startsWith("--"));
  const unknown = given.map(optionName).find((name) => !known.includes(name));
  if (unknown === undefined) return null;
  const near = nearest(unknown, known);
  const hint = near === null ? `see: greenwave ${verb.name} --help` : `did you mean --${near}?`;
  return failed(problem("UNKNOWN_OPTION", { verb: verb.name, option: `--${unknown}`, hint }));
}

export function readArguments(verb: Verb, argv: readonly string[]): Result<ParsedCall> {
  const unknown = unknownOption(verb, argv);
  if (unknown !== null) return unknown;
  try {
    const options = Object.fromEntries(Object.entries(verb.options).map(([name, { type }]) => [name, { type }]));
    const { values, positionals } = parseArgs({
      args: [...argv],
      options: { ...options, ...everyVerb },
      allowPositionals: true,
      strict: true,
    });
    const value = (name: string): unknown => (values as Record<string, unknown>)[name];
    if (positionals.length > verb.maxPositionals) {
      return failed(problem("TOO_MANY_ARGUMENTS", { verb: verb.name, extra: positionals[verb.maxPositionals] ?? "" }));
    }
    const args: VerbArguments = {
      positionals,
      text: (name) => (typeof value(name) === "string" ? (value(name) as string) : undefined),
      flag: (name) => value(name) === true,
    };
    return ok({ args, help: value("help") === true, json: value("json") === true });
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split(". ")[0] ?? error.message) : String(error);
    return failed(problem("BAD_ARGUMENT", { verb: verb.name, reason: reason.replaceAll("\n", " ") }));
  }
}

/** A number option: absent is the default; anything but a number inside the bounds is a problem. */
export function numberOption(
  args: VerbArguments,
  option: string,
  bounds: { readonly min: number; readonly max: number },
): Result<number | undefined> {
  const text = args.text(option);
  if (text === undefined) return ok(undefined);
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (Number.isFinite(value) && value >= bounds.min && value <= bounds.max) return ok(value);
  return failed(problem("BAD_NUMBER", { option: `--${option}`, got: text, min: bounds.min, max: bounds.max }));
}
