/** The custody log of a package: whole, unchanged, not cut, and in agreement with the manifest beside it. */
import type { Hasher } from "../../ports/hasher.ts";
import type { LedgerEntry } from "../../ports/storage.ts";
import { type Problem, problem } from "../../problems/problem.ts";
import { type ChainTail, verifyChain } from "../ledger-chain.ts";
import type { Manifest } from "./manifest.ts";
import { sealsOf } from "./seals.ts";

function brokenChain(entries: readonly LedgerEntry[], file: string, hash: Hasher): readonly Problem[] {
  const { broken_at, fault } = verifyChain(entries, hash);
  if (broken_at === null) return [];
  const code = fault === "wrong_hash" ? "CUSTODY_ROW_ALTERED" : "CUSTODY_ROW_DELETED";
  return [problem(code, { file, entry: broken_at })];
}

function agreement(entries: readonly LedgerEntry[], manifest: Manifest, manifestHash: string): readonly Problem[] {
  const seals = sealsOf(entries, manifest.case_id);
  const file = "manifest.json";
  const newest = seals.at(-1);
  if (newest === undefined || !seals.some(({ manifest_sha256 }) => manifest_sha256 === manifestHash)) {
    return [problem("MANIFEST_OF_OTHER_CASE", { file })];
  }
  if (newest.manifest_sha256 === manifestHash) return [];
  return [
    problem("MANIFEST_REPLAYED", {
      file,
      case: manifest.case_id,
      found: manifest.edition,
      newest: newest.edition,
    }),
  ];
}

/** `sealedTail`: the last entry when the log was handed out, from its own signature. */
export function checkCustody(
  file: string,
  entries: readonly LedgerEntry[],
  sealedTail: ChainTail,
  manifest: Manifest,
  manifestHash: string,
  hash: Hasher,
): readonly Problem[] {
  const broken = brokenChain(entries, file, hash);
  if (broken.length > 0) return broken;
  const last = entries.at(-1);
  if (last?.hash !== sealedTail.hash) {
    return [problem("CUSTODY_CUT", { file, found: last?.seq ?? 0, sealed: sealedTail.seq })];
  }
  return agreement(entries, manifest, manifestHash);
}
