/** What a file says and nothing came of, told once for each kind of thing: where it first stands, and how often. */
import { type Place, type Problem, type ProblemWords, problem } from "../../core/problems/problem.ts";

type Code = Problem["code"];

interface Note {
  readonly code: Code;
  readonly words: ProblemWords;
  readonly at: Place;
  count: number;
}

/** More kinds than these tell nobody anything. */
const mostKinds = 50;

export class Notes {
  readonly #notes = new Map<string, Note>();

  /** `words` gets `count` beside. */
  add(
    code: Code,
    words: ProblemWords,
    { file, line, column }: Required<Pick<Place, "file" | "line" | "column">>,
  ): void {
    const at = { file, line, column };
    const key = `${code} ${JSON.stringify(words)}`;
    const known = this.#notes.get(key);
    if (known !== undefined) known.count += 1;
    else if (this.#notes.size < mostKinds) this.#notes.set(key, { code, words, at, count: 1 });
  }

  /** In the order in which they came up. */
  get problems(): readonly Problem[] {
    return [...this.#notes.values()].map(({ code, words, at, count }) => problem(code, { ...words, count }, at));
  }
}
