/** A file that holds the database of one controller: YAML with a row to a line, or JSON. */
import { readFile, writeFile } from "node:fs/promises";
import { parse, stringify } from "yaml";
import { z } from "zod";
import { type DatabaseDocument, databaseSchema } from "../../controllers/index.ts";
import { failed, ok, problem, type Result, reasonOf } from "../../core/problems/problem.ts";

const MOST_TOLD = 5;

const bad = (file: string, reason: string): Result<never> => failed(problem("DATABASE_FILE_BAD", { file, reason }));

async function parsed(file: string): Promise<Result<unknown>> {
  try {
    const text = await readFile(file, "utf8");
    return ok(file.endsWith(".json") ? JSON.parse(text) : parse(text));
  } catch (error) {
    return bad(file, reasonOf(error).split("\n")[0] ?? "it cannot be read");
  }
}

const kindSchema = z.looseObject({ kind: z.literal("ntcip-1202-database") });

/** Null for a file that is something else, such as plans. */
export async function databaseIn(file: string): Promise<Result<unknown>> {
  const document = await parsed(file);
  if (!document.ok) return document;
  return ok(kindSchema.safeParse(document.value).success ? document.value : null);
}

export async function readDatabaseFile(file: string): Promise<Result<DatabaseDocument>> {
  const document = await parsed(file);
  if (!document.ok) return document;
  const read = databaseSchema.safeParse(document.value);
  if (read.success) return ok(read.data as DatabaseDocument);
  const told = read.error.issues.slice(0, MOST_TOLD).map(({ path, message }) => `${path.join(".")} ${message}`.trim());
  return bad(file, told.join("; "));
}

/** A row of a table stands on one line, so that a change is a line in a comparison of two files. */
function yamlOf(document: DatabaseDocument): string {
  const sections = Object.entries(document).map(([name, value]) => {
    if (!Array.isArray(value)) return stringify({ [name]: value });
    if (value.length === 0) return `${name}: []\n`;
    const rows = value.map((row) => `  - ${stringify(row, { collectionStyle: "flow", lineWidth: 0 }).trim()}\n`);
    return `${name}:\n${rows.join("")}`;
  });
  return sections.join("");
}

export async function writeDatabaseFile(file: string, document: DatabaseDocument): Promise<Result<void>> {
  try {
    await writeFile(file, file.endsWith(".json") ? `${JSON.stringify(document, null, 1)}\n` : yamlOf(document));
    return ok(undefined);
  } catch (error) {
    return bad(file, reasonOf(error));
  }
}
