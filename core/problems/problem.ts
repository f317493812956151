/** What went wrong, as a value: a code from the catalogue, where it is, and the words that fill its template. */
import { type ProblemCode, templates } from "./catalogue.ts";

export type Language = "en" | "vi";

export interface Place {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** Dotted path inside a document, such as `intersections.0.phases.2`. */
  readonly path?: string;
  /** What a person looks for on the line, such as `min_green_s` or `from[0]`. */
  readonly key?: string;
}

export type ProblemWords = Readonly<Record<string, string | number>>;

export interface Problem {
  readonly code: ProblemCode;
  readonly words: ProblemWords;
  readonly at?: Place;
}

export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem[] };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });

export const failed = (...problems: readonly Problem[]): Result<never> => ({ ok: false, problems });

export function problem(code: ProblemCode, words: ProblemWords = {}, at?: Place): Problem {
  return at === undefined ? { code, words } : { code, words, at };
}

/**
 * The sentence a person reads. A missing word stays visible as `{word}`, so a test can find it. A word that is a whole
 * sentence, as other programs' reasons are, brings its own full stop.
 */
export function sentence(p: Problem, language: Language = "en"): string {
  return templates[p.code][language].replace(/\{(\w+)\}(\.?)/g, (whole, word: string, stop: string) => {
    const value = p.words[word];
    if (value === undefined) return whole;
    return /[.?!]$/.test(String(value)) ? String(value) : `${value}${stop}`;
  });
}

const placeOf = ({ file, line, column }: Place = {}): string =>
  [file, line, column].filter((part) => part !== undefined).join(":");

/** `file:line:column  key  sentence`, with the parts that are known. */
export function positioned(p: Problem, language: Language = "en"): string {
  return [placeOf(p.at), p.at?.key, sentence(p, language)].filter((part) => part).join("  ");
}

/** `positioned`, one line for each problem, with the places and keys in columns. */
export function listed(problems: readonly Problem[], language: Language = "en"): string {
  const rows = problems.map((p) => [placeOf(p.at), p.at?.key ?? "", sentence(p, language)] as const);
  const width = (column: 0 | 1): number => Math.max(0, ...rows.map((row) => row[column].length));
  const widths = [width(0), width(1)] as const;
  const cell = (text: string, wide: number): string => (wide === 0 ? "" : `${text.padEnd(wide)}  `);
  return rows.map(([place, key, text]) => cell(place, widths[0]) + cell(key, widths[1]) + text).join("\n");
}

/** What was thrown, in its own words. */
export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The first problem that was thrown across a boundary; of anything else, what `otherwise` makes of its reason. */
export function thrownProblem(error: unknown, otherwise: (reason: string) => Problem): Problem {
  const [told] = error instanceof ProblemError ? error.problems : [];
  return told ?? otherwise(reasonOf(error));
}

/** Thrown only across a process or service boundary where a `Result` cannot travel. */
export class ProblemError extends Error {
  readonly problems: readonly Problem[];
  constructor(problems: readonly Problem[], options?: { cause?: unknown }) {
    super(problems.map((p) => positioned(p)).join("\n"), options);
    this.name = "ProblemError";
    this.problems = problems;
  }
}
