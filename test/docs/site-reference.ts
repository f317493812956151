/** Writes docs/reference/site.md out of the schema, so that the page cannot say anything else than the checker does. */
import { z } from "zod";
import { siteSchema } from "../../api/site/schema.ts";
import { siteKeyTexts } from "./site-key-texts.ts";

interface Shape {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly multipleOf?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly items?: Shape | false;
  readonly prefixItems?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
  readonly anyOf?: readonly Shape[];
}

export interface KeyRow {
  readonly path: string;
  readonly shapes: readonly Shape[];
  readonly needed: "yes" | "no" | "some";
}

const units: readonly (readonly [string, string])[] = [
  ["_veh_h", "veh/h"],
  ["_pcu_h", "PCU/h"],
  ["_kmh", "km/h"],
  ["_per_s", "1/s"],
  ["_speed_ms", "m/s"],
  ["_px", "px"],
  ["_pct", "%"],
  ["_deg", "°"],
  ["_ms", "ms"],
  ["_s", "s"],
  ["_m", "m"],
  ["_h", "h"],
  ["_gb", "GB"],
];

const unitOf = (key: string): string => units.find(([ending]) => key.endsWith(ending))?.[1] ?? "";

/** A list stands for its entries: their keys are the list's. */
function sectionsOf(shape: Shape): readonly Shape[] {
  if (shape.oneOf !== undefined) return shape.oneOf.flatMap(sectionsOf);
  if (shape.properties !== undefined) return [shape];
  return shape.items ? sectionsOf(shape.items) : [];
}

/** Every key with its dotted path, in schema order; a key of several kinds is one row. */
function keyRows(shape: Shape, prefix = ""): readonly KeyRow[] {
  const sections = sectionsOf(shape);
  const keys = [...new Set(sections.flatMap((section) => Object.keys(section.properties ?? {})))];
  return keys.flatMap((key) => {
    const holders = sections.filter((section) => section.properties?.[key] !== undefined);
    const shapes = holders.map((section) => section.properties?.[key] ?? {});
    const demanding = holders.filter((section) => section.required?.includes(key)).length;
    const needed = demanding === 0 ? "no" : demanding === sections.length ? "yes" : "some";
    const path = prefix + key;
    return [{ path, shapes, needed } as const, ...shapes.flatMap((each) => keyRows(each, `${path}.`))];
  });
}

const siteShape = (): Shape => z.toJSONSchema(siteSchema, { io: "input" }) as Shape;

export const siteKeys = (): readonly KeyRow[] => keyRows(siteShape());

const code = (value: unknown): string => `\`${String(value)}\``;

function entries({ minItems = 0, maxItems }: Shape): string {
  if (maxItems === undefined) return minItems === 0 ? "list" : `list of ${minItems} or more`;
  return minItems === maxItems ? `list of ${maxItems}` : `list of ${minItems} to ${maxItems}`;
}

function numbers({ type, minimum, exclusiveMinimum, maximum, multipleOf }: Shape): string {
  const kind = type === "integer" ? "whole, " : "";
  const step = multipleOf === undefined ? "" : `, steps of ${multipleOf}`;
  if (exclusiveMinimum !== undefined) return `${kind}above ${exclusiveMinimum}${step}`;
  return `${kind}${minimum} to ${maximum}${step}`;
}

function values(shape: Shape): string {
  if (shape.anyOf !== undefined) return [...new Set(shape.anyOf.map(values))].join(" or ");
  if (shape.const !== undefined) return code(shape.const);
  if (shape.enum !== undefined) return shape.enum.map(code).join(", ");
  if (shape.type === "array") {
    const inner = shape.items && sectionsOf(shape.items).length === 0 ? values(shape.items) : "";
    return inner === "" || inner.startsWith("list") ? entries(shape) : `${entries(shape)}: ${inner}`;
  }
  if (shape.type === "string") return "text";
  if (shape.type === "boolean") return "`true`, `false`";
  if (shape.type === "null") return code(null);
  return shape.type === "number" || shape.type === "integer" ? numbers(shape) : "section";
}

export const allowedValues = ({ shapes }: KeyRow): string => [...new Set(shapes.map(values))].join(" or ");

function row(keyRow: KeyRow): string {
  const { path, shapes, needed } = keyRow;
  const key = path.split(".").at(-1) ?? path;
  const defaults = shapes.filter((s) => s.default !== undefined).map((s) => code(JSON.stringify(s.default)));
  const absent = needed === "yes" ? "needed" : needed === "some" ? "needed by some kinds" : "may be absent";
  const fallback = defaults.length === 0 ? absent : [...new Set(defaults)].join(" or ");
  return `| ${code(key)} | ${allowedValues(keyRow)} | ${unitOf(key)} | ${fallback} | ${siteKeyTexts[path] ?? ""} |`;
}

const parentOf = (path: string): string => path.split(".").slice(0, -1).join(".");

const heading = (section: string): string =>
  section === "" ? "## The file" : `## ${section}\n\n${siteKeyTexts[section] ?? ""}`;

export function siteReference(): string {
  const rows = [...new Map(siteKeys().map((each) => [each.path, each])).values()];
  const sections = [...new Set(rows.map(({ path }) => parentOf(path)))];
  const tables = sections.map((section) => {
    const lines = rows.filter(({ path }) => parentOf(path) === section).map(row);
    return [
      heading(section),
      "",
      "| key | values | unit | default | meaning |",
      "| --- | --- | --- | --- | --- |",
      ...lines,
    ].join("\n");
  });
  return `# The site file

One YAML 1.2 file describes a site. docs/sample-site.yaml is a whole one, explained; \`greenwave check <file>\` reports
every mistake of a file at once, each with line and column. This page is generated from the schemas
(\`UPDATE_DOCS=1 npx vitest run --config test/vitest.config.ts test/docs\`).

A key that is not listed here is a mistake. Secrets never stand in the file: keys ending in \`_env\` name environment
variables. Ids are lower-case letters, digits, \`-\` and \`_\`, at most 63 characters. Anchors and aliases work;
merge keys (\`<<\`) do not.

${tables.join("\n\n")}
`;
}
