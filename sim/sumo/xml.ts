/** Reads a SUMO file as a stream of elements; whatever is wrong is told with its line and column. */
import { SaxesParser } from "saxes";
import { failed, ok, type Problem, ProblemError, problem, type Result } from "../../core/problems/problem.ts";

export interface XmlElement {
  readonly name: string;
  /** Names of the elements around it, outermost first. */
  readonly within: readonly string[];
  readonly line: number;
  readonly column: number;
  text(attribute: string): string;
  optional(attribute: string): string | undefined;
  /** Finite. */
  number(attribute: string, otherwise?: number): number;
}

export interface XmlReader {
  open(element: XmlElement): void;
  close?(name: string): void;
}

class Element implements XmlElement {
  readonly name: string;
  readonly within: readonly string[];
  readonly line: number;
  readonly column: number;
  readonly #attributes: Readonly<Record<string, string>>;
  readonly #file: string;

  constructor(
    tag: { readonly name: string; readonly attributes: Readonly<Record<string, string>> },
    within: readonly string[],
    at: { readonly file: string; readonly line: number; readonly column: number },
  ) {
    this.name = tag.name;
    this.within = within;
    this.line = at.line;
    this.column = at.column;
    this.#file = at.file;
    this.#attributes = tag.attributes;
  }

  optional(attribute: string): string | undefined {
    return Object.hasOwn(this.#attributes, attribute) ? this.#attributes[attribute] : undefined;
  }

  text(attribute: string): string {
    const value = this.optional(attribute);
    if (value !== undefined) return value;
    throw this.wrong(problem("SCENARIO_ATTRIBUTE_MISSING", { element: this.name, attribute }, this.#place(attribute)));
  }

  number(attribute: string, otherwise?: number): number {
    const text = otherwise === undefined ? this.text(attribute) : this.optional(attribute);
    if (text === undefined) return otherwise as number;
    const value = text.trim() === "" ? Number.NaN : Number(text);
    if (Number.isFinite(value)) return value;
    const words = { element: this.name, attribute, value: text.slice(0, 60) };
    throw this.wrong(problem("SCENARIO_NUMBER_BAD", words, this.#place(attribute)));
  }

  wrong(found: Problem): ProblemError {
    return new ProblemError([found]);
  }

  #place(key: string) {
    return { file: this.#file, line: this.line, column: this.column, key };
  }
}

/** `chunks`: the file's text in parts, so that a network of a million edges is never one string. */
export async function readXml(
  file: string,
  chunks: AsyncIterable<string> | Iterable<string>,
  root: string,
  reader: XmlReader,
): Promise<Result<void>> {
  const parser = new SaxesParser();
  const within: string[] = [];
  parser.on("error", (error) => {
    const reason = error.message.replace(/^\d+:\d+: /, "");
    throw new ProblemError([
      problem("SCENARIO_XML_BROKEN", { reason }, { file, line: parser.line, column: parser.column }),
    ]);
  });
  parser.on("opentag", (tag) => {
    const at = { file, line: parser.line, column: parser.column };
    if (within.length === 0 && tag.name !== root) {
      throw new ProblemError([problem("SCENARIO_XML_OTHER", { found: tag.name, wanted: root }, at)]);
    }
    reader.open(new Element(tag as { name: string; attributes: Record<string, string> }, [...within], at));
    within.push(tag.name);
  });
  parser.on("closetag", ({ name }) => {
    within.pop();
    reader.close?.(name);
  });
  try {
    for await (const chunk of chunks) parser.write(chunk);
    parser.close();
    return ok(undefined);
  } catch (error) {
    if (error instanceof ProblemError) return failed(...error.problems);
    throw error;
  }
}
