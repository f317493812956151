/**
 * Is a package what the traffic centre sealed? Needs the package and public keys, and nothing else: no service, no
 * database, no network. ffmpeg, where it is installed, tells which pictures of an altered clip were touched.
 */
import { join } from "node:path";
import { canonicalJson } from "../../core/evidence/canonical-json.ts";
import { checkAnchoring } from "../../core/evidence/package/check-anchoring.ts";
import { checkCustody } from "../../core/evidence/package/check-custody.ts";
import { checkFiles } from "../../core/evidence/package/check-files.ts";
import { checkTimes } from "../../core/evidence/package/check-times.ts";
import { compareFrames } from "../../core/evidence/package/compare-frames.ts";
import type { Manifest } from "../../core/evidence/package/manifest.ts";
import { ok, type Problem, problem, type Result, sentence } from "../../core/problems/problem.ts";
import { readCodedPictures } from "../../detectors/index.ts";
import { sha256 } from "../storage/sha256.ts";
import type { PublicKey } from "./keys.ts";
import { CUSTODY, CUSTODY_SIGNATURE, MANIFEST, MANIFEST_SIGNATURE, proofFile } from "./package-files.ts";
import { type Package, readPackage } from "./read-package.ts";
import { readProof, readRoots } from "./read-roots.ts";
import { checkSignatures } from "./signed-text.ts";

export interface Verdict {
  readonly manifest: Manifest;
  readonly manifest_sha256: string;
  /** Empty for a genuine package. */
  readonly findings: readonly Problem[];
}

function checkManifest({ manifestText, signature }: Package, keys: readonly PublicKey[]): readonly Problem[] {
  if (!signature.ok) return signature.problems;
  const { manifest_sha256: sealed, signatures } = signature.value;
  const strange = checkSignatures(sealed, signatures, keys, MANIFEST_SIGNATURE);
  const found = sha256(manifestText);
  if (found === sealed) return strange;
  return [...strange, problem("MANIFEST_ALTERED", { file: MANIFEST, found, sealed })];
}

function custodyFindings(contents: Package, keys: readonly PublicKey[]): readonly Problem[] {
  const { custody, manifest, manifestText } = contents;
  if (!custody.ok) return custody.problems;
  const { entries, tail, signatures } = custody.value;
  return [
    ...checkSignatures(canonicalJson(tail), signatures, keys, CUSTODY_SIGNATURE),
    ...checkCustody(CUSTODY, entries, tail, manifest, sha256(manifestText), sha256),
  ];
}

/** What was done to an altered clip, picture by picture. */
async function clipFindings(folder: string, { clip }: Manifest): Promise<readonly Problem[]> {
  const { name, time_base_hz, frames } = clip;
  const read = await readCodedPictures(join(folder, name));
  if (!read.ok) {
    const [first] = read.problems;
    if (first === undefined || first.code === "FFMPEG_MISSING") return [problem("FRAMES_NOT_COMPARED", { name })];
    return [problem("FRAMES_UNREADABLE", { name, reason: sentence(first).replace(/[.\s]+$/, "") })];
  }
  const scale = time_base_hz / read.value.time_base_hz;
  const found = read.value.pictures.map(({ pts, sha256: hash }) => ({ pts: Math.round(pts * scale), sha256: hash }));
  return compareFrames(name, frames, found);
}

/** The package against the daily roots in `rootsFolder`, with the proof beside it where there is one. */
async function anchoringFindings(
  folder: string,
  { manifest, manifestText, custody }: Package,
  keys: readonly PublicKey[],
  rootsFolder: string,
): Promise<Result<readonly Problem[]>> {
  const read = await readRoots(rootsFolder, keys);
  if (!read.ok) return read;
  const file = proofFile(folder);
  const proof = await readProof(file);
  if (!proof.ok) return proof;
  const anchored = {
    manifest,
    manifestHash: sha256(manifestText),
    custody: custody.ok ? custody.value.entries : [],
    proof: proof.value === null ? null : { file, inclusion: proof.value },
    roots: read.value.roots,
  };
  return ok([...read.value.findings, ...checkAnchoring(anchored, sha256)]);
}

/**
 * Fails where there is no package to judge, or no roots where `rootsFolder` is given; a package that was tampered with
 * is a verdict.
 */
export async function verifyPackage(
  folder: string,
  keys: readonly PublicKey[],
  rootsFolder?: string,
): Promise<Result<Verdict>> {
  const read = await readPackage(folder);
  if (!read.ok) return read;
  const { manifest, manifestText, custody, files } = read.value;
  const anchoring = rootsFolder === undefined ? ok([]) : await anchoringFindings(folder, read.value, keys, rootsFolder);
  if (!anchoring.ok) return anchoring;
  const altered = checkFiles(manifest, files);
  const clipAltered = altered.some((p) => p.code === "FILE_ALTERED" && p.words["name"] === manifest.clip.name);
  const findings = [
    ...checkManifest(read.value, keys),
    ...altered,
    ...(clipAltered ? await clipFindings(folder, manifest) : []),
    ...custodyFindings(read.value, keys),
    ...checkTimes(manifest, custody.ok ? custody.value.entries : []),
    ...anchoring.value,
  ];
  return ok({ manifest, manifest_sha256: sha256(manifestText), findings });
}
