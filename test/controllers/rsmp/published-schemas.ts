/**
 * The published JSON schemas of RSMP in ajv. Four things are put right while loading: `$id` from the path (their references are
 * relative), no `$schema` (two drafts are mixed), no unicode flag (`\-` is an escape), and Ruby's `(?-mix:` groups. Patterns that
 * call themselves (`\g<item>`) cannot be said in JavaScript and are left out.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { sharedFolder } from "../../support/peers.ts";
import type { Json } from "./raw-peer.ts";

const root = join(sharedFolder, "data/rsmp");

function mended(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(mended);
  if (typeof schema !== "object" || schema === null) return schema;
  const entries = Object.entries(schema).flatMap(([key, value]): [string, unknown][] => {
    if (key === "$schema") return [];
    if (key !== "pattern" || typeof value !== "string") return [[key, mended(value)]];
    return value.includes("\\g<") ? [] : [[key, value.replaceAll("(?-mix:", "(?:")]];
  });
  return Object.fromEntries(entries);
}

const filesOf = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".json") && !file.endsWith("sxl_index.json"))
    .map((file) => join(root, folder, file));

export type Complaints = (message: Json) => readonly string[];

/** What the schemas of a core and a list have against a message. 3.2.1 has none of its own; 3.2.0 has the same words. */
export function publishedSchemas(core: string, sxl: string): Complaints {
  const ajv = new Ajv2020({ strict: false, unicodeRegExp: false, allErrors: true });
  const folders = [`core/${core}`, `tlc/${sxl}`];
  for (const file of folders.flatMap(filesOf)) {
    const schema = mended(JSON.parse(readFileSync(file, "utf8"))) as object;
    ajv.addSchema({ ...schema, $id: `rsmp:/${relative(root, file)}` });
  }
  const checks = folders.map((folder) => ajv.getSchema(`rsmp:/${folder}/rsmp.json`));
  return (message) =>
    checks.flatMap((check) => {
      if (check === undefined) throw new Error(`no schema of core ${core} or list ${sxl}`);
      if (check(message) === true) return [];
      return [`${String(message["type"])}: ${ajv.errorsText(check.errors)} in ${JSON.stringify(message)}`];
    });
}
