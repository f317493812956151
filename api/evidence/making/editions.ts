/** Which edition of a case's package comes next, by what its log says was sealed. */
import { z } from "zod";
import type { LedgerEntry } from "../../../core/ports/storage.ts";
import type { Edition } from "./about-case.ts";

/** Kind of the entry that the verifier looks for in the custody log. */
export const SEALED = "sealed";

const sealedBody = z.object({ edition: z.number().int(), manifest_sha256: z.string() });

/**
 * An edition that was sealed and never became a package, since power went in between, is superseded: there are never two
 * manifests of the same edition.
 */
export function nextEdition(log: readonly LedgerEntry[]): Edition {
  const seals = log.flatMap(({ kind, body }) => {
    const seal = kind === SEALED ? sealedBody.safeParse(body) : undefined;
    return seal?.success === true ? [seal.data] : [];
  });
  const newest = seals.at(-1);
  if (newest === undefined) return { edition: 1, supersedes: null };
  return { edition: newest.edition + 1, supersedes: newest.manifest_sha256 };
}
