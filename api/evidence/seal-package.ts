/**
 * Seals a package so that a power cut at any moment leaves either no package or a whole one: everything is written and
 * flushed in a folder of another name, which takes its own name in the last step.
 */
import { copyFile, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { canonicalJson } from "../../core/evidence/canonical-json.ts";
import type { Manifest } from "../../core/evidence/package/manifest.ts";
import type { LedgerEntry } from "../../core/ports/storage.ts";
import { ok, type Result } from "../../core/problems/problem.ts";
import { readCodedPictures } from "../../detectors/index.ts";
import { syncPath } from "../storage/disk-sync.ts";
import { sha256 } from "../storage/sha256.ts";
import { hashFile } from "./file-hash.ts";
import type { SigningKey } from "./keys.ts";
import { CUSTODY, CUSTODY_SIGNATURE, MANIFEST, MANIFEST_SIGNATURE } from "./package-files.ts";
import { signText } from "./signed-text.ts";

export interface FileToSeal {
  readonly path: string;
  readonly name: string;
  readonly role: Manifest["files"][number]["role"];
  readonly made_from: Manifest["files"][number]["made_from"];
}

export interface SealRequest {
  /** Where the package is to lie; must not be there yet. */
  readonly folder: string;
  readonly files: readonly FileToSeal[];
  /** Name of the clip among `files`. */
  readonly clip: string;
  /** When the camera saw the picture with this time. */
  readonly atOfPts: (pts_s: number) => number;
  readonly gaps: Manifest["clip"]["gaps"];
  readonly about: Omit<Manifest, "version" | "files" | "clip">;
  readonly keys: readonly SigningKey[];
  /** Called once the manifest is final: writes the `sealed` entry and hands back the case's log up to it. */
  readonly record: (manifest_sha256: string) => Promise<readonly LedgerEntry[]>;
}

const writeFlushed = (path: string, text: string): Promise<void> => writeFile(path, text, { flag: "wx", flush: true });

async function clipOf({ clip, atOfPts, gaps }: SealRequest, path: string): Promise<Result<Manifest["clip"]>> {
  const read = await readCodedPictures(path);
  if (!read.ok) return read;
  const { time_base_hz, pictures } = read.value;
  const frames = pictures.map(({ pts, sha256: hash }) => ({ pts, at_ms: atOfPts(pts / time_base_hz), sha256: hash }));
  return ok({ name: clip, time_base_hz, frames, gaps });
}

async function fill(request: SealRequest, staging: string): Promise<Result<Manifest>> {
  const files: Manifest["files"] = [];
  for (const { path, name, role, made_from } of request.files) {
    const target = join(staging, name);
    await copyFile(path, target);
    await syncPath(target);
    files.push({ ...(await hashFile(target, name)), role, made_from });
  }
  const clip = await clipOf(request, join(staging, request.clip));
  if (!clip.ok) return clip;
  const manifest: Manifest = { version: 1, ...request.about, clip: clip.value, files };
  const text = canonicalJson(manifest);
  const hash = sha256(text);
  await writeFlushed(join(staging, MANIFEST), text);
  const signature = { version: 1, manifest_sha256: hash, signatures: signText(hash, request.keys) };
  await writeFlushed(join(staging, MANIFEST_SIGNATURE), canonicalJson(signature));
  const log = await request.record(hash);
  await writeFlushed(join(staging, CUSTODY), log.map((entry) => `${canonicalJson(entry)}\n`).join(""));
  const last = log.at(-1);
  if (last === undefined) throw new Error("a sealed case has a log");
  const tail = { seq: last.seq, hash: last.hash };
  const custody = { version: 1, tail, signatures: signText(canonicalJson(tail), request.keys) };
  await writeFlushed(join(staging, CUSTODY_SIGNATURE), canonicalJson(custody));
  return ok(manifest);
}

/** Fails when the clip cannot be read; rejects when the disk fails. Either way nothing is left behind but by a power cut. */
export async function sealPackage(request: SealRequest): Promise<Result<Manifest>> {
  const staging = `${request.folder}.part`;
  await rm(staging, { recursive: true, force: true });
  await mkdir(staging, { recursive: true });
  try {
    const sealed = await fill(request, staging);
    if (!sealed.ok) return sealed;
    await syncPath(staging);
    await rename(staging, request.folder);
    await syncPath(dirname(request.folder));
    return sealed;
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}
