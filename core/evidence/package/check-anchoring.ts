/**
 * A package against the published roots of days. Everything inside a package can be put back together to an older
 * state; what was published on that day cannot.
 */
import { localDay, nextDay } from "../../keeping/calendar.ts";
import type { Hasher } from "../../ports/hasher.ts";
import type { LedgerEntry } from "../../ports/storage.ts";
import { type Problem, problem } from "../../problems/problem.ts";
import { caseMark, type DayRoot, digestOf, type Inclusion, leafText } from "../day-root.ts";
import { rootByPath } from "../merkle-tree.ts";
import type { Manifest } from "./manifest.ts";
import { sealOf } from "./seals.ts";

/** `roots` in the order of their days: each follows from the one before. */
export function checkRootsFollow(roots: readonly DayRoot[], hash: Hasher): readonly Problem[] {
  return roots.flatMap((root, index) => {
    const before = roots[index - 1];
    if (before === undefined) return [];
    if (root.previous === digestOf(before, hash) && root.day === nextDay(before.day)) return [];
    return [problem("ROOTS_BROKEN", { day: root.day, before: before.day })];
  });
}

/** A day on which the log of the package's case grew. */
interface Growth {
  readonly day: string;
  readonly timezone: string;
  readonly grown: DayRoot["cases"][number];
}

export interface Anchored {
  readonly manifest: Manifest;
  readonly manifestHash: string;
  readonly custody: readonly LedgerEntry[];
  /** What was handed out with the package, and the file it came in. */
  readonly proof: { readonly file: string; readonly inclusion: Inclusion } | null;
  /** In the order of their days. */
  readonly roots: readonly DayRoot[];
}

function proofLeads({ proof, roots }: Anchored, mark: string, seal: LedgerEntry, hash: Hasher): boolean {
  if (proof === null) return false;
  const { day, chain, seq, hash: entryHash, path } = proof.inclusion;
  const root = roots.find((each) => each.day === day);
  if (root === undefined || chain !== mark || seq !== seal.seq || entryHash !== seal.hash) return false;
  return rootByPath(leafText({ chain, seq, hash: entryHash }), path, hash) === root.merkle_root;
}

/** Where a day's root and the package's log speak of the same entry, they must mean the same one. */
function rewritten(custody: readonly LedgerEntry[], growths: readonly Growth[], caseId: string): readonly Problem[] {
  const differs = growths.find(({ grown }) => {
    const entry = custody.find(({ seq }) => seq === grown.to_seq);
    return entry !== undefined && entry.hash !== grown.hash;
  });
  if (differs === undefined) return [];
  return [problem("PACKAGE_LOG_REWRITTEN", { case: caseId, day: differs.day, entry: differs.grown.to_seq })];
}

function superseded({ manifest, manifestHash }: Anchored, growths: readonly Growth[]): readonly Problem[] {
  const newest = growths.findLast(({ grown }) => grown.sealed !== null);
  const sealed = newest?.grown.sealed ?? null;
  if (newest === undefined || sealed === null) return [];
  const { case_id, edition } = manifest;
  const words = { case: case_id, day: newest.day };
  if (sealed.edition > edition) {
    return [problem("PACKAGE_REPLAYED", { ...words, found: edition, newest: sealed.edition })];
  }
  const other = sealed.edition === edition && sealed.manifest_sha256 !== manifestHash;
  return other ? [problem("PACKAGE_FORKED", { ...words, edition })] : [];
}

/** A day is closed soon after its end, so what is sealed on a day is in its root, or in that of the day after. */
function backdated({ manifest }: Anchored, seal: LedgerEntry, { day, timezone }: Growth): readonly Problem[] {
  const sealed = localDay(Math.min(seal.at_ms, manifest.sealed_at_ms), timezone);
  return nextDay(sealed) < day ? [problem("PACKAGE_BACKDATED", { case: manifest.case_id, sealed, day })] : [];
}

/** Every way in which the package disagrees with `roots`; empty when they know it, and know nothing newer. */
export function checkAnchoring(anchored: Anchored, hash: Hasher): readonly Problem[] {
  const { manifest, manifestHash, custody, proof, roots } = anchored;
  const { case_id } = manifest;
  const unknown = problem("PACKAGE_NOT_ANCHORED", { case: case_id, day: roots.at(-1)?.day ?? "-" });
  const seal = sealOf(custody, case_id, manifestHash);
  const first = custody[0];
  if (seal === null || first === undefined) return [unknown];
  const mark = caseMark(case_id, first.hash, hash);
  const growths = roots.flatMap(({ day, timezone, cases }): readonly Growth[] => {
    const grown = cases.find(({ chain }) => chain === mark);
    return grown === undefined ? [] : [{ day, timezone, grown }];
  });
  const home = growths.find(({ grown }) => grown.from_seq <= seal.seq && seal.seq <= grown.to_seq);
  if (home === undefined) return [unknown];
  const changed = [...rewritten(custody, growths, case_id), ...superseded(anchored, growths)];
  if (proof !== null && !proofLeads(anchored, mark, seal, hash)) {
    return [...changed, problem("PROOF_WRONG", { file: proof.file, day: proof.inclusion.day })];
  }
  const named = growths.some(({ grown }) => grown.sealed?.manifest_sha256 === manifestHash);
  if (proof === null && !named && changed.length === 0) return [unknown];
  return [...changed, ...backdated(anchored, seal, home)];
}
