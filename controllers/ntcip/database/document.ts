/**
 * The whole parameter set of one controller as a document: what an upload makes, what a site keeps under its own roof, and
 * what the gate proves before it is downloaded. Numbers are the MIB's: enumerations and tenths are not translated.
 */
import { z } from "zod";
import { type ObjectSpec, objects } from "../oids.ts";
import { sizeNames } from "../sizes.ts";
import { type Field, type Section, type SectionName, sections } from "./sections.ts";

export type FieldValue = number | readonly number[] | string;
/** One row of a table by field name; its numbers (`phase`, `pattern`) stand first. */
export type Row = Readonly<Record<string, FieldValue>>;

const number = (least: number, most: number) => z.number().int().min(least).max(most);

/** In dots, as SNMP tools print it. */
const identifier = z.string().regex(/^\d+(\.\d+)+$/);

function valueSchema({ syntax, min, max }: ObjectSpec): z.ZodType<FieldValue> {
  switch (syntax) {
    case "integer":
    case "counter":
    case "gauge":
      return number(min, max);
    case "octets":
    case "opaque":
      return z.array(number(0, 255)).min(min).max(max);
    case "oid":
      return identifier;
    case "text":
      return z.string().min(min).max(max);
  }
}

const fieldSchemas = (fields: readonly Field[]) =>
  Object.fromEntries(fields.map(({ name, object }) => [name, valueSchema(objects[object]).optional()]));

const indexSchemas = ({ index }: Section) => Object.fromEntries(index.map((name) => [name, number(1, 65_535)]));

function sectionSchema(section: Section): z.ZodType {
  const row = z.strictObject({ ...indexSchemas(section), ...fieldSchemas(section.fields) });
  if (section.index.length === 0) return row.default({});
  const keyOf = (each: Row): string => section.index.map((name) => each[name]).join(".");
  return z
    .array(row)
    .default([])
    .refine((rows) => new Set((rows as Row[]).map(keyOf)).size === rows.length, "ROW_TWICE");
}

const parameterSchemas = Object.fromEntries(sections.map((section) => [section.name, sectionSchema(section)]));

const deviceSchema = z.strictObject({
  make: z.string(),
  model: z.string(),
  version: z.string(),
  sizes: z.record(z.enum(sizeNames), number(0, 65_535)),
});

export const databaseSchema = z.strictObject({
  kind: z.literal("ntcip-1202-database"),
  version: z.literal(1),
  controller: z.string().min(1),
  /** Where it was read from; of a document written by hand, null. */
  device: deviceSchema.nullable().default(null),
  /** `globalSetIDParameter` when it was read. */
  checksum: number(0, 65_535).nullable().default(null),
  ...parameterSchemas,
});

type OneRow = "unit" | "coordination" | "time_base";

/** The parameters alone. A field that is absent is not stated: it is neither compared nor written. */
export type DatabaseParameters = { readonly [S in SectionName]: S extends OneRow ? Row : readonly Row[] };

export interface DatabaseDocument extends DatabaseParameters {
  readonly kind: "ntcip-1202-database";
  readonly version: 1;
  readonly controller: string;
  readonly device: z.infer<typeof deviceSchema> | null;
  readonly checksum: number | null;
}

/** Rows of a section, one for a section without numbers. */
export function rowsIn(document: DatabaseParameters, { name }: Section): readonly Row[] {
  const held: Row | readonly Row[] = document[name];
  return Array.isArray(held) ? held : [held as Row];
}

/** What of a document is the device's own: the proof of a download is bound to it. */
export const parametersOf = (document: DatabaseDocument): DatabaseParameters =>
  Object.fromEntries(sections.map(({ name }) => [name, document[name]])) as unknown as DatabaseParameters;
