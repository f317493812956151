/**
 * MOTChallenge text (Milan et al. 2016): one box a line, `frame, id, left, top, width, height, conf, class, visibility`,
 * frames counted from 1. In ground truth, `conf` 0 means that the box is not to be scored. In tracks, `conf` is the
 * detector's score and is not looked at. Class and later columns are read in neither.
 */
import type { TrackedBox } from "../../core/measures/tracking/paired-sequence.ts";
import { failed, ok, type Place, type Problem, problem, type Result } from "../../core/problems/problem.ts";

export type BoxTextKind = "ground truth" | "tracks";

const COLUMNS = ["frame", "id", "left", "top", "width", "height"] as const;
const CONF = COLUMNS.length;
const LEAST_WHOLE: ReadonlyMap<string, number> = new Map([
  ["frame", 1],
  ["id", 0],
]);
const SIZES: ReadonlySet<string> = new Set(["width", "height"]);

/** A file of another kind is wrong on every line; this many mistakes say so as well as all of them. */
const MISTAKES_TOLD = 100;

interface BoxLine {
  readonly box: TrackedBox;
  readonly scored: boolean;
}

/** Commas separate columns, or white space where there is no comma; a comma at the end starts no column. */
function cells(line: string): string[] {
  const text = line.trim();
  if (!text.includes(",")) return text.split(/\s+/);
  return text
    .replace(/,$/, "")
    .split(",")
    .map((cell) => cell.trim());
}

function numberIn(cell: string | undefined): number {
  return cell === undefined || cell === "" ? Number.NaN : Number(cell);
}

type At = Required<Pick<Place, "file" | "line" | "key">>;

/** What is wrong with one cell; `at.key` is its column. */
function mistakes(cell: string, value: number, at: At): readonly Problem[] {
  const got = cell;
  if (!Number.isFinite(value)) return [problem("BOX_NOT_NUMBER", { got }, at)];
  const min = LEAST_WHOLE.get(at.key);
  if (min !== undefined && !(Number.isSafeInteger(value) && value >= min)) {
    return [problem("BOX_NOT_WHOLE", { min, got }, at)];
  }
  if (SIZES.has(at.key) && value < 0) return [problem("BOX_NEGATIVE", { got }, at)];
  return [];
}

function readLine(line: string, kind: BoxTextKind, at: { file: string; line: number }): Result<BoxLine> {
  const columns = cells(line);
  if (columns.length < COLUMNS.length) return failed(problem("BOX_COLUMNS", { got: columns.length }, at));
  const flagged = kind === "ground truth" && columns.length > CONF;
  const keys = flagged ? [...COLUMNS, "conf"] : COLUMNS;
  const values = columns.map(numberIn);
  const problems = keys.flatMap((key, column) =>
    mistakes(columns[column] ?? "", values[column] ?? Number.NaN, { ...at, key }),
  );
  if (problems.length > 0) return { ok: false, problems };
  const [frame = 0, id = 0, left = 0, top = 0, width = 0, height = 0, conf = 1] = values;
  return ok({ box: { frame, id, box: [left, top, width, height] }, scored: !flagged || conf !== 0 });
}

function shortened(problems: readonly Problem[], file: string): readonly Problem[] {
  if (problems.length <= MISTAKES_TOLD) return problems;
  const count = problems.length - MISTAKES_TOLD;
  return [...problems.slice(0, MISTAKES_TOLD), problem("MORE_BAD_LINES", { count }, { file })];
}

/** The boxes to be scored, or the mistakes with file and line (the first hundred). Empty lines are passed over. */
export function parseBoxText(text: string, kind: BoxTextKind, file: string): Result<readonly TrackedBox[]> {
  const boxes: TrackedBox[] = [];
  const problems: Problem[] = [];
  const lineOf = new Map<string, number>();
  for (const [index, content] of text.split(/\r?\n/).entries()) {
    if (content.trim() === "") continue;
    const at = { file, line: index + 1 };
    const read = readLine(content, kind, at);
    if (!read.ok) {
      problems.push(...read.problems);
      continue;
    }
    const { frame, id } = read.value.box;
    const taken = lineOf.get(`${frame} ${id}`);
    if (taken !== undefined) problems.push(problem("BOX_ID_TWICE", { id, frame, line: taken }, { ...at, key: "id" }));
    lineOf.set(`${frame} ${id}`, taken ?? at.line);
    if (read.value.scored) boxes.push(read.value.box);
  }
  return problems.length > 0 ? { ok: false, problems: shortened(problems, file) } : ok(boxes);
}
