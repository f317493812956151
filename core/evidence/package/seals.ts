/** The entries of a custody log that say which manifests were sealed. */
import { z } from "zod";
import type { LedgerEntry } from "../../ports/storage.ts";

/** `body` of the custody entry that is written when a manifest is sealed. */
const sealedBodySchema = z.object({
  case_id: z.string(),
  edition: z.number().int(),
  manifest_sha256: z.string(),
});

/** Kind of that entry. */
export const SEALED = "sealed";

export interface Seal {
  readonly entry: LedgerEntry;
  readonly edition: number;
  readonly manifest_sha256: string;
}

/** The seals of one case, oldest first. */
export function sealsOf(entries: readonly LedgerEntry[], caseId: string): readonly Seal[] {
  return entries.flatMap((entry) => {
    const read = entry.kind === SEALED ? sealedBodySchema.safeParse(entry.body) : undefined;
    return read?.success === true && read.data.case_id === caseId ? [{ entry, ...read.data }] : [];
  });
}

/** The newest entry that seals this manifest; null when there is none. */
export function sealOf(entries: readonly LedgerEntry[], caseId: string, manifestHash: string): LedgerEntry | null {
  return sealsOf(entries, caseId).findLast(({ manifest_sha256 }) => manifest_sha256 === manifestHash)?.entry ?? null;
}
