/** A package as it lies in its folder: its sealing documents parsed, its files hashed. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { canonicalJson } from "../../core/evidence/canonical-json.ts";
import type { ChainTail } from "../../core/evidence/ledger-chain.ts";
import type { FoundFile } from "../../core/evidence/package/check-files.ts";
import {
  type Manifest,
  manifestSchema,
  type SignatureDocument,
  signatureSchema,
} from "../../core/evidence/package/manifest.ts";
import type { LedgerEntry } from "../../core/ports/storage.ts";
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";
import { hashFile } from "./file-hash.ts";
import { CUSTODY, CUSTODY_SIGNATURE, MANIFEST, MANIFEST_SIGNATURE, sealing } from "./package-files.ts";

const entrySchema = z.strictObject({
  seq: z.number().int(),
  at_ms: z.number().int(),
  kind: z.string(),
  body: z.unknown(),
  previous: z.string(),
  hash: z.string(),
});

const custodySignatureSchema = z.strictObject({
  version: z.literal(1),
  tail: z.strictObject({ seq: z.number().int().min(1), hash: z.string() }),
  signatures: signatureSchema.shape.signatures,
});

type Unreadable = "MANIFEST_UNREADABLE" | "SIGNATURE_UNREADABLE" | "CUSTODY_UNREADABLE";

export interface CustodyLog {
  readonly entries: readonly LedgerEntry[];
  readonly tail: ChainTail;
  readonly signatures: SignatureDocument["signatures"];
}

export interface Package {
  readonly manifestText: string;
  readonly manifest: Manifest;
  readonly signature: Result<SignatureDocument>;
  readonly custody: Result<CustodyLog>;
  readonly files: readonly FoundFile[];
}

function firstComplaint(error: z.ZodError): string {
  const [issue] = error.issues;
  const path = issue?.path.join(".") ?? "";
  return path === "" ? (issue?.message ?? "") : `${path}: ${issue?.message ?? ""}`;
}

function parsed<T>(schema: z.ZodType<T>, text: string, file: string, code: Unreadable): Result<T> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    return failed(problem(code, { file, reason: (cause as Error).message }));
  }
  const read = schema.safeParse(value);
  if (!read.success) return failed(problem(code, { file, reason: firstComplaint(read.error) }));
  // Hashes and signatures are of texts. Another text of the same value is as suspicious as another value.
  if (canonicalJson(read.data) === text) return ok(read.data);
  return failed(problem(code, { file, reason: "it is not in canonical form" }));
}

async function textOf(folder: string, file: string, code: Unreadable): Promise<Result<string>> {
  try {
    return ok(await readFile(join(folder, file), "utf8"));
  } catch (cause) {
    return failed(problem(code, { file, reason: (cause as NodeJS.ErrnoException).code ?? String(cause) }));
  }
}

async function document<T>(folder: string, file: string, schema: z.ZodType<T>, code: Unreadable): Promise<Result<T>> {
  const text = await textOf(folder, file, code);
  return text.ok ? parsed(schema, text.value, file, code) : text;
}

async function custodyOf(folder: string): Promise<Result<CustodyLog>> {
  const text = await textOf(folder, CUSTODY, "CUSTODY_UNREADABLE");
  if (!text.ok) return text;
  const signed = await document(folder, CUSTODY_SIGNATURE, custodySignatureSchema, "CUSTODY_UNREADABLE");
  if (!signed.ok) return signed;
  const entries: LedgerEntry[] = [];
  const lines = text.value.split("\n");
  if (lines.pop() !== "") {
    return failed(problem("CUSTODY_UNREADABLE", { file: CUSTODY, reason: "its last line does not end" }));
  }
  for (const line of lines) {
    const entry = parsed(entrySchema, line, CUSTODY, "CUSTODY_UNREADABLE");
    if (!entry.ok) return entry;
    entries.push(entry.value);
  }
  return ok({ entries, tail: signed.value.tail, signatures: signed.value.signatures });
}

/** Fails only where there is no manifest to hold anything against; all else is in the parts. */
export async function readPackage(folder: string): Promise<Result<Package>> {
  const names = await readdir(folder, { withFileTypes: true }).catch(() => null);
  if (names === null || !names.some(({ name }) => name === MANIFEST)) {
    return failed(problem("PACKAGE_NOT_FOUND", { package: folder }));
  }
  const text = await textOf(folder, MANIFEST, "MANIFEST_UNREADABLE");
  if (!text.ok) return text;
  const manifest = parsed(manifestSchema, text.value, MANIFEST, "MANIFEST_UNREADABLE");
  if (!manifest.ok) return manifest;
  const others = names.filter(({ name }) => !sealing.includes(name)).map(({ name }) => name);
  return ok({
    manifestText: text.value,
    manifest: manifest.value,
    signature: await document(folder, MANIFEST_SIGNATURE, signatureSchema, "SIGNATURE_UNREADABLE"),
    custody: await custodyOf(folder),
    files: await Promise.all(others.sort().map((name) => hashFile(join(folder, name), name))),
  });
}
