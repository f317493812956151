/** A sealed case for tests: a clip of a moving pattern, a still and a crop of it, and a custody log. */
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { signingKey } from "../../../api/evidence/keys.ts";
import { type FileToSeal, sealPackage } from "../../../api/evidence/seal-package.ts";
import { sha256 } from "../../../api/storage/sha256.ts";
import { chainEntry, emptyChain } from "../../../core/evidence/ledger-chain.ts";
import type { Manifest } from "../../../core/evidence/package/manifest.ts";
import type { LedgerEntry } from "../../../core/ports/storage.ts";

export const seen_ms = Date.UTC(2026, 10, 22, 7, 0, 0);

export const ffmpeg = (...args: string[]): void => {
  execFileSync("ffmpeg", ["-hide_banner", "-loglevel", "error", "-y", ...args]);
};

/** 2 s at 25 pictures a second, with B-frames and two keyframe groups; a still of it, and a crop of that. */
export function record(folder: string): readonly FileToSeal[] {
  mkdirSync(folder, { recursive: true });
  const path = (name: string): string => join(folder, name);
  ffmpeg(
    "-f",
    "lavfi",
    "-i",
    "testsrc2=size=320x180:rate=25",
    "-t",
    "2",
    "-c:v",
    "libx264",
    "-g",
    "25",
    path("clip.mp4"),
  );
  ffmpeg("-i", path("clip.mp4"), "-vf", "select=eq(n\\,25)", "-frames:v", "1", path("still.png"));
  ffmpeg("-i", path("still.png"), "-vf", "crop=60:30:100:80", path("plate.png"));
  const of = (name: string, role: FileToSeal["role"], made_from: FileToSeal["made_from"]): FileToSeal => ({
    path: path(name),
    name,
    role,
    made_from,
  });
  return [
    of("clip.mp4", "clip", null),
    of("still.png", "still", { name: "clip.mp4", frame: 25, steps: ["decoded"] }),
    of("plate.png", "plate", { name: "clip.mp4", frame: 25, steps: ["decoded", "cropped 60x30+100+80"] }),
  ];
}

const about = (edition: number, supersedes: string | null): Omit<Manifest, "version" | "files" | "clip"> => ({
  case_id: caseId,
  edition,
  supersedes,
  site: "da-nang",
  camera: { id: "cam-1", intersection: "ham-nghi", lane: "hn-eb-1" },
  rule: { id: "red-light", place: "eastbound", version: 1, thresholds: { grace_s: 0.5 } },
  models: [],
  calibration: null,
  event: { at_ms: seen_ms + 1000, uncertainty_ms: 20, measured: { red_for_s: 3.2 }, staged: true },
  clock: { source: "ntp", offset_ms: 2, uncertainty_ms: 5, checked_at_ms: seen_ms - 60_000 },
  signal: null,
  track: { class: "car", points: [{ at_ms: seen_ms + 1000, x: 0.5, y: 0.5 }] },
  plate: { text: "43A12345", confidence: 0.98 },
  sealed_at_ms: seen_ms + 5000 + edition,
});

/** The log of one case: appends, and hands back all of it. */
export class CaseLog {
  readonly entries: LedgerEntry[] = [];

  append(kind: string, body: unknown, at_ms: number): readonly LedgerEntry[] {
    this.entries.push(chainEntry(this.entries.at(-1) ?? emptyChain, kind, body, at_ms, sha256));
    return [...this.entries];
  }
}

/** A log that is somewhere else, such as in a database. */
export interface AppendingLog {
  append(kind: string, body: unknown, at_ms: number): readonly LedgerEntry[] | Promise<readonly LedgerEntry[]>;
}

export const caseId = "da-nang-2026-11-22-0001";

export interface SealedCase {
  readonly folder: string;
  readonly manifest: Manifest;
}

/** Seals edition `edition` of the case in `folder`, with the key in `keys`. */
export async function sealCase(
  folder: string,
  keys: string,
  files: readonly FileToSeal[],
  log: AppendingLog = new CaseLog(),
  edition = 1,
): Promise<SealedCase> {
  const key = await signingKey(keys);
  if (edition === 1) await log.append("detected", { case_id: caseId }, seen_ms + 1100);
  const sealed = await sealPackage({
    folder,
    files,
    clip: "clip.mp4",
    atOfPts: (pts_s) => seen_ms + pts_s * 1000,
    gaps: [],
    about: about(edition, edition === 1 ? null : "0".repeat(64)),
    keys: [key],
    record: async (manifest_sha256) => {
      const body = { case_id: caseId, edition, manifest_sha256 };
      return log.append("sealed", body, seen_ms + 5000 + edition);
    },
  });
  if (!sealed.ok) throw new Error(JSON.stringify(sealed.problems));
  return { folder, manifest: sealed.value };
}
