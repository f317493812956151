/** The published roots of days, as they lie in a folder, and the proof that came with a package. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { z } from "zod";
import { canonicalJson } from "../../core/evidence/canonical-json.ts";
import { type DayRoot, type Inclusion, inclusionSchema, signedDayRootSchema } from "../../core/evidence/day-root.ts";
import { checkRootsFollow } from "../../core/evidence/package/check-anchoring.ts";
import { failed, ok, type Problem, problem, type Result } from "../../core/problems/problem.ts";
import { sha256 } from "../storage/sha256.ts";
import type { PublicKey } from "./keys.ts";
import { checkSignatures } from "./signed-text.ts";

const rootFile = /^\d{4}-\d{2}-\d{2}\.json$/;

interface ReadRoots {
  /** In the order of their days. */
  readonly roots: readonly DayRoot[];
  /** What is wrong with them: a signature, or one that does not follow from the day before. */
  readonly findings: readonly Problem[];
}

async function documentAt<T>(
  path: string,
  schema: z.ZodType<T>,
  code: "ROOT_UNREADABLE" | "PROOF_UNREADABLE",
): Promise<Result<T>> {
  try {
    const read = schema.safeParse(JSON.parse(await readFile(path, "utf8")));
    if (read.success) return ok(read.data);
    const [issue] = read.error.issues;
    return failed(
      problem(code, { file: path, reason: `${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`.trim() }),
    );
  } catch (cause) {
    return failed(problem(code, { file: path, reason: (cause as Error).message }));
  }
}

export async function readRoots(folder: string, keys: readonly PublicKey[]): Promise<Result<ReadRoots>> {
  const names = await readdir(folder).catch((): string[] => []);
  const files = names.filter((name) => rootFile.test(name)).sort();
  if (files.length === 0) return failed(problem("ROOTS_MISSING", { folder }));
  const roots: DayRoot[] = [];
  const findings: Problem[] = [];
  for (const name of files) {
    const read = await documentAt(join(folder, name), signedDayRootSchema, "ROOT_UNREADABLE");
    if (!read.ok) return read;
    const { root, signatures } = read.value;
    if (`${root.day}.json` !== name) {
      return failed(problem("ROOT_UNREADABLE", { file: join(folder, name), reason: `it is of ${root.day}` }));
    }
    roots.push(root);
    findings.push(...checkSignatures(canonicalJson(root), signatures, keys, name));
  }
  return ok({ roots, findings: [...findings, ...checkRootsFollow(roots, sha256)] });
}

/** The proof beside a package: `<package>.proof.json`. Null when there is none. */
export async function readProof(file: string): Promise<Result<Inclusion | null>> {
  const read = await documentAt(file, inclusionSchema, "PROOF_UNREADABLE");
  if (read.ok) return read;
  const there = await readFile(file).then(
    () => true,
    () => false,
  );
  return there ? read : ok(null);
}
