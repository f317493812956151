/** A JSON file against a schema; whatever is wrong is told with its line. */
import { LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import { findingOf } from "../../core/config/value-problems.ts";
import { failed, ok, type Place, type Problem, problem, type Result, reasonOf } from "../../core/problems/problem.ts";

/** Told at once; a wrong kind of file has something wrong in every line. */
const mostTold = 5;
/** Finding the line of a value means to parse all once more; beyond so many characters only its path is told. */
const longestSearched = 3_000_000;

function lineOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset);
  return { line: before.split("\n").length, column: offset - before.lastIndexOf("\n") - 1 };
}

/** V8 says `Unexpected token 'x', ..."what stands there"... is not valid JSON`, or `… at position 123`. */
const excerpt = /^(?<what>[^,]*), (?:\.\.\.)?"(?<there>[\s\S]*?)"(?:\.\.\.)? is not valid JSON$/;
const excerptBefore = 10;

function syntaxProblem(file: string, text: string, reason: string): Problem {
  const { what, there } = excerpt.exec(reason)?.groups ?? {};
  const position = /at position (?<offset>\d+)/.exec(reason)?.groups?.["offset"];
  const begins = there === undefined ? -1 : text.indexOf(there);
  const offset = begins === -1 ? Number(position ?? text.length) : begins + Math.min(excerptBefore, begins);
  return problem("SCENARIO_JSON_BROKEN", { reason: what ?? reason.slice(0, 60) }, { file, ...lineOf(text, offset) });
}

type Path = readonly (string | number)[];

/** Where the value at a path stands, or the nearest around it that is there. */
function placesIn(text: string, file: string): (path: Path) => Place {
  if (text.length > longestSearched) return () => ({ file });
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, keepSourceTokens: false });
  return (path) => {
    for (let depth = path.length; depth >= 0; depth -= 1) {
      const node = depth === 0 ? document.contents : document.getIn(path.slice(0, depth), true);
      const range = (node as { range?: readonly number[] | null } | null | undefined)?.range;
      if (!range) continue;
      const { line, col } = lines.linePos(range[0] as number);
      return { file, line, column: col };
    }
    return { file };
  };
}

const valueAt = (data: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (value, key) => (typeof value === "object" && value !== null ? (value as never)[key] : undefined),
    data,
  );

export function parseJson<T>(file: string, text: string, schema: z.ZodType<T>): Result<T> {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    return failed(syntaxProblem(file, text, reasonOf(error)));
  }
  const parsed = schema.safeParse(data);
  if (parsed.success) return ok(parsed.data);
  const place = placesIn(text, file);
  return failed(
    ...parsed.error.issues.slice(0, mostTold).map((issue) => {
      const path = issue.path.map((key) => (typeof key === "symbol" ? key.toString() : key));
      const value = valueAt(data, path);
      const at = { ...place(path), path: path.join("."), key: path.join(".") };
      if (value === undefined) return problem("MISSING_KEY", { missing: String(path.at(-1) ?? "") }, at);
      const { code, words } = findingOf(issue, value);
      return problem(code, words, at);
    }),
  );
}
