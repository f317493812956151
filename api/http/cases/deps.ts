/** What the routes about cases need, and what they have in common. */
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import type { Inclusion } from "../../../core/evidence/day-root.ts";
import type { CaseRecord, CaseStore } from "../../../core/ports/cases.ts";
import type { Clock } from "../../../core/ports/clock.ts";
import { failed, ok, problem, type Result } from "../../../core/problems/problem.ts";
import { type PackageView, readPackageView } from "../../cases/package-view.ts";
import type { Witness } from "../witness.ts";

/** Where sealed packages are. */
export interface PackageFolders {
  /** The case's package on this disk. Fails when it is nowhere, or cannot be had now. */
  folderOf(caseId: string): Promise<Result<string>>;
  /** That the package's seal is under the published root of its day; null while that day is not closed. */
  proofOf(caseId: string, manifest_sha256: string): Promise<Inclusion | null>;
}

export interface CaseDeps {
  readonly cases: CaseStore;
  readonly packages: PackageFolders;
  readonly witness: Witness;
  readonly clock: Clock;
}

/** Line breaks and tabs are all that a text may hold besides what is seen of it. */
const unseen = /\p{Surrogate}|[^\P{Cc}\n\t]/u;
const LONGEST_TEXT = 1000;

export const words = z
  .string()
  .max(LONGEST_TEXT)
  .refine((text) => !unseen.test(text), "holds characters that are no text");

/** A reason that must be there. */
export const reason = words.min(1);

/** For reasons in Vietnamese, whose letters take up to three bytes. */
export const roomForWords = { bodyLimit: 8192 } as const;

/** The case that a route names. Whoever asks for many that are not there is slowed. */
export async function namedCase(deps: CaseDeps, request: FastifyRequest, id: string): Promise<Result<CaseRecord>> {
  const record = await deps.cases.get(id);
  if (record !== null) return ok(record);
  deps.witness.missed(request);
  return failed(problem("CASE_UNKNOWN", { case: id }));
}

/** What of the case's sealed package can be shown; null when there is none, or none any more. */
export async function packageOf(deps: CaseDeps, { id, evidence }: CaseRecord): Promise<Result<PackageView | null>> {
  if (evidence.state !== "ready") return ok(null);
  const folder = await deps.packages.folderOf(id);
  return folder.ok ? ok(await readPackageView(folder.value)) : folder;
}

/** The case that a route names, with what of its package can be shown. */
export async function namedPackage(
  deps: CaseDeps,
  request: FastifyRequest,
  id: string,
): Promise<Result<{ readonly record: CaseRecord; readonly view: PackageView | null }>> {
  const record = await namedCase(deps, request, id);
  if (!record.ok) return record;
  const view = await packageOf(deps, record.value);
  return view.ok ? ok({ record: record.value, view: view.value }) : view;
}
