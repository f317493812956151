/**
 * From a case to its sealed package. Every step either ends or leaves what the next try throws away; only the last one
 * makes a package, and it makes a whole one.
 */
import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import type { Detection } from "../../../core/cases/detection.ts";
import { withSignalSeen } from "../../../core/cases/signal-seen.ts";
import { canonicalJson } from "../../../core/evidence/canonical-json.ts";
import { type Manifest, manifestSchema } from "../../../core/evidence/package/manifest.ts";
import { SEALED } from "../../../core/evidence/package/seals.ts";
import type { CasePlate, CaseRecord, CaseStore } from "../../../core/ports/cases.ts";
import type { Clock } from "../../../core/ports/clock.ts";
import { failed, ok, problem, type Result } from "../../../core/problems/problem.ts";
import { cropPicture, examineClip, type Ring } from "../../../detectors/index.ts";
import { sha256 } from "../../storage/sha256.ts";
import type { SigningKey } from "../keys.ts";
import { type FileToSeal, sealPackage } from "../seal-package.ts";
import { aboutCase } from "./about-case.ts";
import { type ChosenPictures, choosePictures } from "./choose-pictures.ts";
import { type ActClip, cutAct, notRecorded, type RecordedSpan, type Span, unsound } from "./cut-act.ts";
import { deriveViews, type Still } from "./derive.ts";
import { nextEdition } from "./editions.ts";
import { actPts_s } from "./stream-time.ts";
import type { EvidenceTools } from "./tools.ts";
import { newWork, notePlate, packageFolder } from "./work-folder.ts";

/** In this order; `noted` comes after the package stands. */
export const makingSteps = ["cutting", "examining", "reading", "hiding", "sealing", "noting"] as const;
export type MakingStep = (typeof makingSteps)[number];

export interface MakingSite {
  /** Of the site file. */
  readonly id: string;
  readonly timezone: string;
  /** Whose plates are expected: `vn`, `eu`, … */
  readonly country: string;
  /** Where it was, for a person. */
  readonly place: (detection: Pick<Detection, "intersection" | "rule">) => string;
}

export interface MakingParts {
  readonly ring: Ring;
  readonly cases: CaseStore;
  /** Of all packages. */
  readonly folder: string;
  readonly keys: readonly SigningKey[];
  readonly tools: EvidenceTools;
  readonly site: MakingSite;
  readonly span: Span;
  readonly clock: Clock;
  readonly stop: AbortSignal;
  /** Hears each step as it begins, and the share of it that is done. */
  readonly told: (id: string, step: MakingStep, share: number) => void;
}

export interface MadePackage {
  readonly manifest_sha256: string;
  readonly edition: number;
  readonly bytes: number;
  readonly plate: CasePlate | null;
}

export const bytesOf = ({ files }: Manifest): number => files.reduce((sum, { bytes }) => sum + bytes, 0);

/** Without a plate from the third try on: a case without one can be reviewed, a case that waits for ever cannot. */
const triesForPlate = 3;

/** Clocks are corrected by so much without anybody having set them back. */
const trembles_ms = 1000;

interface Seen {
  readonly clip: ActClip;
  readonly chosen: ChosenPictures;
  /** Path of each picture that was written, by its number in the clip. */
  readonly paths: ReadonlyMap<number, string>;
}

async function see(
  id: string,
  detection: Detection,
  clip: ActClip,
  work: string,
  stop: AbortSignal,
): Promise<Result<Seen>> {
  const chosen = choosePictures(clip.pictures, clip.at_ms, detection, actPts_s(detection));
  if (chosen === null) return failed(notRecorded(id, detection));
  const indexes = [chosen.a, chosen.b, chosen.c, ...chosen.plate].map(({ index }) => index);
  const examined = await examineClip(
    clip.path,
    indexes.map((index) => clip.pts[index] as number),
    work,
    stop,
  );
  if (!examined.ok) return examined;
  const { pts, complaints, pictures } = examined.value;
  const [decoded, recorded] = [pts.length, clip.pts.length];
  if (clip.flawless && (decoded < recorded || complaints > 0)) {
    return failed(
      unsound(id, work, `${decoded} of ${recorded} pictures can be decoded, with ${complaints} complaints`),
    );
  }
  const paths = new Map(
    indexes.flatMap((index) => {
      const path = pictures.get(clip.pts[index] as number);
      return path === undefined ? [] : [[index, path] as const];
    }),
  );
  const lost = [chosen.a, chosen.b, chosen.c].find(({ index }) => !paths.has(index));
  if (lost !== undefined) return failed(unsound(id, work, `picture ${lost.index + 1} cannot be decoded`));
  return ok({ clip, chosen, paths });
}

interface ReadPlate {
  readonly plate: CasePlate | null;
  readonly files: readonly FileToSeal[];
}

async function readPlate(
  { chosen, paths }: Seen,
  work: string,
  parts: MakingParts,
  tries: number,
): Promise<Result<ReadPlate>> {
  const none: ReadPlate = { plate: null, files: [] };
  const frames = chosen.plate.flatMap(({ index, box }) => {
    const path = paths.get(index);
    return path === undefined ? [] : [{ index, path, box }];
  });
  if (frames.length === 0) return ok(none);
  const order = { country: parts.site.country, frames: frames.map(({ path, box }) => ({ path, box })) };
  const read = await parts.tools.readPlate(order, parts.stop);
  if (!read.ok) return tries < triesForPlate ? read : ok(none);
  const frame = read.value === null ? undefined : frames[read.value.crop.frame];
  if (read.value === null || frame === undefined) return ok(none);
  const path = join(work, "plate.jpg");
  const cropped = await cropPicture(frame.path, read.value.crop.box, path);
  if (!cropped.ok) return cropped;
  const [x, y, w, h] = cropped.value;
  const made_from = { name: "clip.mp4", frame: frame.index, steps: ["decoded", `cropped ${w}x${h}+${x}+${y}`] };
  return ok({ plate: read.value.plate, files: [{ path, name: "plate.jpg", role: "plate", made_from }] });
}

async function stillsOf({ chosen, paths }: Seen, work: string): Promise<readonly Still[]> {
  const labels = ["a", "b", "c"] as const;
  return Promise.all(
    labels.map(async (label) => {
      const path = join(work, `still-${label}.jpg`);
      await copyFile(paths.get(chosen[label].index) as string, path);
      return { ...chosen[label], label, path };
    }),
  );
}

async function seal(
  { id, detection }: CaseRecord,
  files: readonly FileToSeal[],
  clip: ActClip,
  plate: CasePlate | null,
  parts: MakingParts,
): Promise<Result<MadePackage>> {
  const { cases, clock, folder, keys, site } = parts;
  const log = await cases.log(id);
  const newest_ms = log.at(-1)?.at_ms ?? 0;
  if (newest_ms - clock.nowMs() > trembles_ms) return failed(problem("EVIDENCE_CLOCK_BACK", { case: id }));
  const now_ms = Math.max(newest_ms, clock.nowMs());
  const edition = nextEdition(log, id);
  const about = aboutCase(id, detection, site.id, plate, edition, now_ms);
  const fit = manifestSchema.omit({ version: true, files: true, clip: true }).safeParse(about);
  if (!fit.success) {
    const [issue] = fit.error.issues;
    return failed(problem("EVIDENCE_UNFIT", { case: id, reason: `${issue?.path.join(".")}: ${issue?.message}` }));
  }
  const first = clip.pts[0] as number;
  const at_ms = new Map(clip.pts.map((pts, n) => [pts - first, clip.at_ms[n] as number]));
  const sealed = await sealPackage({
    folder: packageFolder(folder, id),
    files,
    clip: "clip.mp4",
    atOfPts: (pts_s) => at_ms.get(Math.round(pts_s * clip.time_base_hz) - first) as number,
    gaps: clip.gaps,
    about,
    keys,
    record: async (manifest_sha256) => {
      await cases.record(id, SEALED, { case_id: id, edition: edition.edition, manifest_sha256 }, now_ms);
      return cases.log(id);
    },
  });
  if (!sealed.ok) return sealed;
  const manifest_sha256 = sha256(canonicalJson(sealed.value));
  return ok({ manifest_sha256, edition: edition.edition, bytes: bytesOf(sealed.value), plate });
}

/** Rejects when the disk or the store fails. */
export async function makePackage(
  record: CaseRecord,
  recorded: RecordedSpan,
  tries: number,
  parts: MakingParts,
): Promise<Result<MadePackage>> {
  const { id, detection } = record;
  const { folder, ring, site, span, stop, tools } = parts;
  const told = (step: MakingStep, share = 0): void => parts.told(id, step, share);
  const work = await newWork(folder, id);
  told("cutting");
  const clip = await cutAct(ring, { id, detection, recorded, span, folder: work }, stop);
  if (!clip.ok) return clip;
  told("examining");
  const seen = await see(id, detection, clip.value, work, stop);
  if (!seen.ok) return seen;
  told("reading");
  const plate = await readPlate(seen.value, work, parts, tries);
  if (!plate.ok) return plate;
  await notePlate(work, plate.value.plate);
  told("hiding");
  const stills = await stillsOf(seen.value, work);
  const whole = withSignalSeen(detection, await parts.cases.log(id));
  const scene = { case_id: id, detection: whole, place: site.place(detection), timezone: site.timezone };
  const views = await deriveViews(work, clip.value, stills, scene, tools, (share) => told("hiding", share), stop);
  if (!views.ok) return views;
  told("sealing");
  const files: readonly FileToSeal[] = [
    { path: clip.value.path, name: "clip.mp4", role: "clip", made_from: null },
    ...stills.map(({ path, label, index }): FileToSeal => {
      const made_from = { name: "clip.mp4", frame: index, steps: ["decoded"] };
      return { path, name: `still-${label}.jpg`, role: "still", made_from };
    }),
    ...plate.value.files,
    ...views.value,
  ];
  return seal({ ...record, detection: whole }, files, clip.value, plate.value.plate, parts);
}
