/** Reads a SUMO file as a stream of elements; whatever is wrong is told with its line and column. */
import { SaxesParser } from "saxes";
import {
  failed,
  ok,
  type Place,
  type Problem,
  ProblemError,
  problem,
  type Result,
} from "../../core/problems/problem.ts";
import { parseTime_s } from "./sumo-time.ts";

export interface XmlElement {
  readonly name: string;
  /** Names of the elements around it, outermost first. */
  readonly within: readonly string[];
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Of all attributes. */
  readonly names: readonly string[];
  text(attribute: string): string;
  optional(attribute: string): string | undefined;
  /** Finite. */
  number(attribute: string, otherwise?: number): number;
  /** Seconds; `hours:minutes:seconds` too. */
  time_s(attribute: string, otherwise?: number): number;
  /** By white space; empty without the attribute. */
  list(attribute: string): string[];
  /** A problem at this element. */
  wrong(code: Problem["code"], words: Problem["words"], key?: string): ProblemError;
}

export interface XmlReader {
  open(element: XmlElement): void;
  close?(name: string): void;
}

/** SUMO's own files have six levels. */
const deepest = 60;
/** A value is told in its sentence up to here. */
const told = 60;

class Element implements XmlElement {
  readonly name: string;
  readonly within: readonly string[];
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly #attributes: Readonly<Record<string, string>>;

  constructor(
    tag: { readonly name: string; readonly attributes: Readonly<Record<string, string>> },
    within: readonly string[],
    at: { readonly file: string; readonly line: number; readonly column: number },
  ) {
    this.name = tag.name;
    this.within = within;
    this.file = at.file;
    this.line = at.line;
    this.column = at.column;
    this.#attributes = tag.attributes;
  }

  get names(): readonly string[] {
    return Object.keys(this.#attributes);
  }

  optional(attribute: string): string | undefined {
    return Object.hasOwn(this.#attributes, attribute) ? this.#attributes[attribute] : undefined;
  }

  text(attribute: string): string {
    const value = this.optional(attribute);
    if (value !== undefined) return value;
    throw this.wrong("SCENARIO_ATTRIBUTE_MISSING", { element: this.name, attribute }, attribute);
  }

  number(attribute: string, otherwise?: number): number {
    return this.#read(
      attribute,
      otherwise,
      (text) => (text.trim() === "" ? null : Number(text)),
      "SCENARIO_NUMBER_BAD",
    );
  }

  time_s(attribute: string, otherwise?: number): number {
    return this.#read(attribute, otherwise, parseTime_s, "SCENARIO_TIME_BAD");
  }

  list(attribute: string): string[] {
    return (this.optional(attribute) ?? "").split(/\s+/).filter((part) => part !== "");
  }

  wrong(code: Problem["code"], words: Problem["words"], key?: string): ProblemError {
    const { file, line, column } = this;
    const at: Place = { file, line, column };
    return new ProblemError([problem(code, words, key === undefined ? at : { ...at, key })]);
  }

  #read(
    attribute: string,
    otherwise: number | undefined,
    parse: (text: string) => number | null,
    code: Problem["code"],
  ): number {
    const text = otherwise === undefined ? this.text(attribute) : this.optional(attribute);
    if (text === undefined) return otherwise as number;
    const value = parse(text);
    if (value !== null && Number.isFinite(value)) return value;
    throw this.wrong(code, { element: this.name, attribute, value: text.slice(0, told) }, attribute);
  }
}

/** `chunks`: the file's text in parts, so that a network of a million edges is never one string. `roots`: how such a file may begin. */
export async function readXml(
  file: string,
  chunks: AsyncIterable<string> | Iterable<string>,
  roots: string | readonly string[],
  reader: XmlReader,
): Promise<Result<void>> {
  const wanted = typeof roots === "string" ? [roots] : roots;
  const parser = new SaxesParser();
  const within: string[] = [];
  const here = () => ({ file, line: parser.line, column: parser.column });
  const stop = (code: Problem["code"], words: Problem["words"]): never => {
    throw new ProblemError([problem(code, words, here())]);
  };
  parser.on("error", (error) => stop("SCENARIO_XML_BROKEN", { reason: error.message.replace(/^\d+:\d+: /, "") }));
  parser.on("opentag", (tag) => {
    if (within.length === 0 && !wanted.includes(tag.name)) {
      stop("SCENARIO_XML_OTHER", { found: tag.name.slice(0, told), wanted: wanted[0] ?? "" });
    }
    if (within.length === deepest) stop("SCENARIO_XML_DEEP", { most: deepest });
    reader.open(new Element(tag as { name: string; attributes: Record<string, string> }, [...within], here()));
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
    // One value alone is longer than any string, or there is no memory for what was read.
    if (error instanceof RangeError) return failed(problem("SCENARIO_TOO_LARGE", { reason: error.message }, here()));
    throw error;
  }
}
