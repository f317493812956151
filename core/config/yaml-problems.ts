/** What the YAML parser complains about, in our words. */
import type { ErrorCode } from "yaml";
import { type Problem, problem } from "../problems/problem.ts";
import type { Position } from "./path.ts";

const known: Partial<Record<ErrorCode, Problem["code"]>> = {
  TAB_AS_INDENT: "YAML_TAB",
  BAD_INDENT: "YAML_INDENT",
  MISSING_CHAR: "YAML_UNCLOSED",
  BAD_ALIAS: "YAML_ALIAS",
  MULTIPLE_DOCS: "YAML_DOCUMENTS",
  NON_STRING_KEY: "YAML_KEY_NOT_TEXT",
};

/** One problem a line at most: the parser often complains several times about the same slip. */
export function yamlProblems(
  errors: readonly { readonly code: ErrorCode; readonly pos: readonly [number, number] }[],
  file: string,
  positionAt: (offset: number) => Position,
): readonly Problem[] {
  const byLine = new Map<number, Problem>();
  for (const error of errors) {
    const { line, column } = positionAt(error.pos[0]);
    if (byLine.has(line)) continue;
    const code = known[error.code] ?? "YAML_SYNTAX";
    const words: Problem["words"] =
      code === "YAML_SYNTAX" ? { reason: error.code.toLowerCase().replaceAll("_", " ") } : {};
    byLine.set(line, problem(code, words, { file, line, column }));
  }
  return [...byLine.values()];
}
