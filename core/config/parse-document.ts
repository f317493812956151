/** Text to checked data: every problem at once, each at its line and column. */
import type { z } from "zod";
import { failed, ok, type Problem, problem, type Result } from "../problems/problem.ts";
import { nearest } from "./nearest.ts";
import type { Path } from "./path.ts";
import { homesOf, keysAt, type Shape, shapeOf } from "./schema-shape.ts";
import { readSource, type SourceDocument } from "./source-document.ts";
import { findingOf } from "./value-problems.ts";

type Issue = z.core.$ZodIssue;

export interface Checked<T> {
  /** Undefined when there are problems. */
  readonly value: T | undefined;
  readonly problems: readonly Problem[];
  /**
   * The data with unknown keys renamed to what they most likely meant, or left out: good enough to look further
   * for problems in, never to run on.
   */
  readonly mended: unknown;
}

interface UnknownKey {
  readonly section: Path;
  readonly key: string;
  readonly guess: string | null;
}

const valueAt = (data: unknown, path: Path): unknown =>
  path.reduce<unknown>((value, part) => (value as Record<string | number, unknown> | null)?.[part], data);

const sectionHas = (data: unknown, path: Path): boolean => {
  const section = valueAt(data, path.slice(0, -1));
  const last = path.at(-1);
  return typeof section === "object" && section !== null && last !== undefined && Object.hasOwn(section, last);
};

const pathOf = (issue: Issue): Path => issue.path.map((part) => (typeof part === "number" ? part : String(part)));

/** Misspelt keys, each with the absent key it most likely stands for; two slips never share a guess. */
function unknownKeys(issues: readonly Issue[], shape: Shape, data: unknown): readonly UnknownKey[] {
  const found: UnknownKey[] = [];
  for (const issue of issues) {
    if (issue.code !== "unrecognized_keys") continue;
    const section = pathOf(issue);
    const absent = new Set(keysAt(shape, data, section).filter((key) => !sectionHas(data, [...section, key])));
    for (const key of issue.keys) {
      const guess = nearest(key, [...absent]);
      if (guess !== null) absent.delete(guess);
      found.push({ section, key, guess });
    }
  }
  return found;
}

function unknownKeyProblem({ section, key, guess }: UnknownKey, shape: Shape, document: SourceDocument): Problem {
  const at = document.placeOfKey([...section, key]);
  if (guess !== null) return problem("UNKNOWN_KEY_NEAR", { guess }, at);
  const homes = [...(homesOf(shape).get(key) ?? [])].filter((home) => home !== "");
  if (homes.length > 0 && homes.length <= 3) return problem("MISPLACED_KEY", { home: homes.join(", ") }, at);
  const absent = keysAt(shape, document.data, section).filter((each) => !sectionHas(document.data, [...section, each]));
  return problem("UNKNOWN_KEY", { allowed: absent.join(", ") || "-" }, at);
}

/** Nobody reads more: a document of many strange keys is another kind of document. */
const mostUnknownKeys = 100;

function unknownKeyProblems(
  unknown: readonly UnknownKey[],
  shape: Shape,
  document: SourceDocument,
): readonly Problem[] {
  const told = unknown.slice(0, mostUnknownKeys).map((each) => unknownKeyProblem(each, shape, document));
  const next = unknown[mostUnknownKeys];
  if (next === undefined) return told;
  const at = document.placeOfKey([...next.section, next.key]);
  return [...told, problem("MORE_UNKNOWN_KEYS", { count: unknown.length - mostUnknownKeys }, at)];
}

function copied(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copied);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copied(part)]));
}

function mend(data: unknown, unknown: readonly UnknownKey[]): unknown {
  const mended: unknown = copied(data);
  for (const { section, key, guess } of unknown) {
    const holder = valueAt(mended, section) as Record<string, unknown>;
    if (guess !== null) holder[guess] = holder[key];
    delete holder[key];
  }
  return mended;
}

/** The first finding at each path: after a wrong type, zod still measures the wrong value. */
function valueProblems(issues: readonly Issue[], document: SourceDocument, guessed: ReadonlySet<string>): Problem[] {
  const seen = new Set<string>();
  const problems: Problem[] = [];
  for (const issue of issues) {
    const path = pathOf(issue);
    const name = path.join(".");
    if (issue.code === "unrecognized_keys" || seen.has(name)) continue;
    seen.add(name);
    const missing = path.length > 0 && !sectionHas(document.data, path);
    if (missing && guessed.has(name)) continue;
    if (missing) {
      const words = { missing: String(path.at(-1)) };
      problems.push(problem("MISSING_KEY", words, document.place(path.slice(0, -1))));
    } else {
      const { code, words } = findingOf(issue, valueAt(document.data, path));
      problems.push(problem(code, words, document.place(path)));
    }
  }
  return problems;
}

/** In reading order. */
export const inOrder = (problems: readonly Problem[]): readonly Problem[] =>
  [...problems].sort((p, q) => (p.at?.line ?? 0) - (q.at?.line ?? 0) || (p.at?.column ?? 0) - (q.at?.column ?? 0));

/** Holds a document that was read against a schema. */
export function checkDocument<T>(schema: z.ZodType<T>, document: SourceDocument): Checked<T> {
  const parsed = schema.safeParse(document.data);
  if (parsed.success && document.problems.length === 0) {
    return { value: parsed.data, problems: [], mended: document.data };
  }
  const issues = parsed.error?.issues ?? [];
  const shape = shapeOf(schema);
  const unknown = unknownKeys(issues, shape, document.data);
  const guessed = new Set(unknown.map(({ section, guess }) => [...section, guess].join(".")));
  const problems = [
    ...document.problems,
    ...unknownKeyProblems(unknown, shape, document),
    ...valueProblems(issues, document, guessed),
  ];
  return { value: undefined, problems: inOrder(problems), mended: mend(document.data, unknown) };
}

/**
 * Parses one YAML (or JSON) document strictly. `fileName` is only repeated in the problems.
 * Problems carry file, line, column, the dotted path and the key; `listed` prints them.
 */
export function parseDocument<T>(schema: z.ZodType<T>, text: string, fileName: string): Result<T> {
  const source = readSource(text, fileName);
  if (!source.ok) return source;
  const { value, problems } = checkDocument(schema, source.value);
  return value === undefined ? failed(...problems) : ok(value);
}
