/** Which edition of a case's package comes next, by what its log says was sealed. */
import { sealsOf } from "../../../core/evidence/package/seals.ts";
import type { LedgerEntry } from "../../../core/ports/storage.ts";
import type { Edition } from "./about-case.ts";

/**
 * An edition that was sealed and never became a package, since power went in between, is superseded: there are never two
 * manifests of the same edition.
 */
export function nextEdition(log: readonly LedgerEntry[], caseId: string): Edition {
  const newest = sealsOf(log, caseId).at(-1);
  if (newest === undefined) return { edition: 1, supersedes: null };
  return { edition: newest.edition + 1, supersedes: newest.manifest_sha256 };
}
