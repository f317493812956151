/**
 * One output, as SUMO's XML or as CSV. A record is an element with attributes, or a row under the same names; what stands
 * around it in XML (an interval, a moment) leads each of its rows.
 */
import { join } from "node:path";
import { TextFile } from "./text-file.ts";

export type OutputFormat = "xml" | "csv";

export interface SheetShape {
  /** Of the file, without ending. */
  readonly name: string;
  /** Root element, and SUMO's schema of it. */
  readonly root: string;
  readonly schema: string;
  readonly element: string;
  /** How deep the element stands below the root. */
  readonly depth: number;
  readonly columns: readonly string[];
  /** Columns that lead a row of CSV, set by `lead`. */
  readonly leading: readonly string[];
}

const inXml: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
export const escapedXml = (text: string): string =>
  /[&<>"]/.test(text) ? text.replace(/[&<>"]/g, (c) => inXml[c] ?? c) : text;
export const csvField = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

export class Sheet {
  readonly xml: boolean;
  readonly #shape: SheetShape;
  readonly #file: TextFile;
  readonly #lead: (string | number)[] = [];
  readonly #names: readonly string[];
  readonly #open: string;
  #column = 0;

  constructor(folder: string, format: OutputFormat, shape: SheetShape) {
    this.xml = format === "xml";
    this.#shape = shape;
    this.#file = new TextFile(join(folder, `${shape.name}.${format}`));
    this.#names = shape.columns.map((column) => ` ${column}="`);
    this.#open = `${"    ".repeat(shape.depth)}<${shape.element}`;
    this.#file.text(this.xml ? this.#head() : `${[...shape.leading, ...shape.columns].join(",")}\n`);
  }

  #head(): string {
    const { root, schema } = this.#shape;
    const names = `xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="http://sumo.dlr.de/xsd/${schema}"`;
    return `<?xml version="1.0" encoding="UTF-8"?>\n\n<${root} ${names}>\n`;
  }

  /** A line of XML around records; nothing in CSV. */
  around(line: string): void {
    if (!this.xml) return;
    this.#file.text(line);
    this.#file.text("\n");
  }

  /** Text and a whole number of XML within a line around records; `around` ends it. */
  within(text: string, value: number): void {
    if (!this.xml) return;
    this.#file.text(text);
    this.#file.number(value, 0);
  }

  /** What leads the following rows of CSV; numbers with two decimals. */
  lead(at: number, value: string | number): void {
    this.#lead[at] = value;
  }

  begin(): void {
    this.#column = 0;
    if (this.xml) {
      this.#file.text(this.#open);
      return;
    }
    for (const value of this.#lead) {
      if (typeof value === "number") this.#file.number(value, 2);
      else this.#file.text(csvField(value));
      this.#file.text(",");
    }
  }

  text(value: string): void {
    this.#name();
    this.#file.text(this.xml ? escapedXml(value) : csvField(value));
    this.#after();
  }

  number(value: number, decimals = 2): void {
    this.#name();
    this.#file.number(value, decimals);
    this.#after();
  }

  /** A column that this record has not: no attribute in XML, empty in CSV. */
  skip(): void {
    if (!this.xml && this.#column > 0) this.#file.text(",");
    this.#column += 1;
  }

  /** `inner`: in XML, what stands inside the element comes next, and its end by `around`. */
  end(inner = false): void {
    this.#file.text(this.xml ? (inner ? ">\n" : "/>\n") : "\n");
  }

  close(): void {
    if (this.xml) this.#file.text(`</${this.#shape.root}>\n`);
    this.#file.close();
  }

  #name(): void {
    if (this.xml) this.#file.text(this.#names[this.#column] as string);
    else if (this.#column > 0) this.#file.text(",");
    this.#column += 1;
  }

  #after(): void {
    if (this.xml) this.#file.text('"');
  }
}

export const indented = (depth: number, text: string): string => "    ".repeat(depth) + text;
export const seconds = (value: number): string => value.toFixed(2);
