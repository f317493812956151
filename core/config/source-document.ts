/** A YAML file that was read: its data, and where in the text every part of it stands. */
import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  type Node,
  parseDocument,
} from "yaml";
import { failed, ok, type Place, type Problem, problem, type Result } from "../problems/problem.ts";
import { keyOf, type Path, type Position } from "./path.ts";
import { keyText, plainData, startOf } from "./plain-data.ts";
import { yamlProblems } from "./yaml-problems.ts";

export interface SourceDocument {
  readonly file: string;
  readonly data: unknown;
  /** Keys that stand twice: the data is usable, the file is not right. */
  readonly problems: readonly Problem[];
  /**
   * Where a person looks for this part: a value stands at itself, a section, a list or nothing at all at its key.
   * A part that is not written (a default) stands at the nearest part around it that is.
   */
  place(path: Path): Place;
  /** The key itself rather than its value. */
  placeOfKey(path: Path): Place;
}

const LONGEST_TEXT = 16_000_000;
/** The parser recurses: without a bound, a file of brackets ends the process. */
const DEEPEST = 64;

/** Offset of the first place nested too deeply, or null. Lexing needs no recursion, so any text may be asked about. */
function tooDeepAt(text: string): number | null {
  let depth = 0;
  let offset = 0;
  for (const token of new Lexer().lex(text)) {
    if (token === "[" || token === "{") depth += 1;
    else if (token === "]" || token === "}") depth -= 1;
    if (depth > DEEPEST) return offset;
    // The lexer marks document starts and scalars with control characters that are not in the text.
    if (token !== "\u0002" && token !== "\u001f" && token !== "\u0018") offset += token.length;
  }
  // Blocks nest by at least a column a level, or by one "- " a level on a line.
  const block = new RegExp(`^(?:[-?]?[ \\t]){${DEEPEST * 2},}(?![ #\\n])`, "m").exec(text);
  return block === null ? null : block.index;
}

interface Found {
  readonly key: Node | null;
  readonly value: Node | null;
}

function step(within: Node | null, part: string | number): Found | null {
  if (isMap(within)) {
    const pair = within.items.find((item) => keyText(item) === String(part));
    return pair === undefined ? null : { key: pair.key as Node, value: pair.value as Node | null };
  }
  if (!isSeq(within)) return null;
  const value = within.items[Number(part)];
  return value === undefined ? null : { key: null, value: value as Node };
}

function find(document: Document.Parsed, targets: ReadonlyMap<Alias, Node>, path: Path): Found {
  let found: Found = { key: null, value: document.contents };
  for (const part of path) {
    const value = found.value;
    const next = step(isAlias(value) ? (targets.get(value) ?? null) : value, part);
    if (next === null) return found;
    found = next;
  }
  return found;
}

function valueOffset({ key, value }: Found): number {
  const written = isAlias(value) || (isScalar(value) && value.value !== null);
  return key === null || written ? startOf(value) : startOf(key);
}

/** Reads one YAML document. Fails on text that is not YAML; what the document says is not looked at. */
export function readSource(text: string, file: string): Result<SourceDocument> {
  const counter = new LineCounter();
  const positionAt = (offset: number): Position => {
    const { line, col } = counter.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  if (text.length > LONGEST_TEXT) {
    return failed(problem("FILE_TOO_LARGE", { size: text.length, limit: LONGEST_TEXT }, { file }));
  }
  const deep = tooDeepAt(text);
  if (deep !== null) {
    const line = text.slice(0, deep).split("\n").length;
    return failed(problem("YAML_TOO_DEEP", { limit: DEEPEST }, { file, line, column: 1 }));
  }
  const options = { lineCounter: counter, prettyErrors: false, uniqueKeys: false, stringKeys: true } as const;
  const document = parseDocument(text, options);
  // A warning is a tag nobody knows, whose value would be taken as plain text.
  const complaints = [...document.errors, ...document.warnings];
  if (complaints.length > 0) return failed(...yamlProblems(complaints, file, positionAt));
  const { data, targets, slips } = plainData(document);
  const problems = slips.map(({ code, offset, key, words, first }) =>
    problem(code, first === undefined ? words : { ...words, line: positionAt(first).line }, {
      file,
      ...positionAt(offset),
      ...(key === null ? {} : { key }),
    }),
  );
  if (problems.some(({ code }) => code !== "DUPLICATE_KEY")) return failed(...problems);
  if (data === null) return failed(problem("FILE_EMPTY", {}, { file, line: 1, column: 1 }));
  const placed = (path: Path, offset: number): Place => ({
    file,
    ...positionAt(offset),
    path: path.join("."),
    ...(path.length === 0 ? {} : { key: keyOf(path) }),
  });
  return ok({
    file,
    data,
    problems,
    place: (path) => placed(path, valueOffset(find(document, targets, path))),
    placeOfKey: (path) => {
      const { key, value } = find(document, targets, path);
      return placed(path, startOf(key ?? value));
    },
  });
}
