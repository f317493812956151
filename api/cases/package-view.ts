/** What of a case's sealed package can be shown: names, sizes, and the times of its clip. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Manifest, manifestSchema } from "../../core/evidence/package/manifest.ts";
import { MANIFEST } from "../evidence/package-files.ts";

export interface MediaFile {
  readonly name: string;
  readonly kind: "clip" | "still";
  /** Before the act, the act, after it; null for the clip. */
  readonly label: "a" | "b" | "c" | null;
  readonly bytes: number;
}

export interface ClipTimes {
  readonly starts_ms: number;
  readonly frames_per_s: number;
  /** Seconds from the clip's first picture to the act. */
  readonly act_s: number;
  /** Every picture in the order in which it is shown: seconds from the first, and the moment the camera saw it. */
  readonly pictures: readonly { readonly media_s: number; readonly at_ms: number }[];
}

export interface PackageView {
  readonly folder: string;
  readonly manifest: Manifest;
}

/** Rejects when the manifest of a sealed package is no manifest: somebody was at it, which `verify` names. */
export async function readPackageView(folder: string): Promise<PackageView> {
  const manifest = manifestSchema.parse(JSON.parse(await readFile(join(folder, MANIFEST), "utf8")));
  return { folder, manifest };
}

const namesOf = ({ manifest }: PackageView, roles: readonly Manifest["files"][number]["role"][]): readonly string[] =>
  manifest.files.filter(({ role }) => roles.includes(role)).map(({ name }) => name);

/** Made for being looked at: bystanders are blurred. */
export const derivedNames = (view: PackageView): readonly string[] => namesOf(view, ["derived"]);
/** As the camera sent them. */
export const originalNames = (view: PackageView): readonly string[] => namesOf(view, ["clip", "still"]);
export const plateName = (view: PackageView): string | null => namesOf(view, ["plate"])[0] ?? null;

const labelOf = (name: string): MediaFile["label"] =>
  (/-([abc])\.[a-z]+$/.exec(name)?.[1] as MediaFile["label"] | undefined) ?? null;

export function mediaOf({ manifest }: PackageView): readonly MediaFile[] {
  return manifest.files
    .filter(({ role }) => role === "derived")
    .map(({ name, bytes }) => ({
      name,
      bytes,
      kind: name.endsWith(".mp4") ? ("clip" as const) : ("still" as const),
      label: labelOf(name),
    }));
}

/** The middle of the pauses between pictures says how many there are a second, whatever gaps there are. */
export function clipTimes({ manifest: { clip, event } }: PackageView): ClipTimes {
  const shown = clip.frames.toSorted((a, b) => a.pts - b.pts);
  const starts_ms = shown[0]?.at_ms ?? event.at_ms;
  const pauses = shown.slice(1).map(({ pts }, index) => pts - (shown[index]?.pts ?? pts));
  const typical = pauses.toSorted((a, b) => a - b)[Math.floor(pauses.length / 2)];
  const frames_per_s = typical === undefined || typical <= 0 ? 1 : clip.time_base_hz / typical;
  const first_pts = shown[0]?.pts ?? 0;
  const pictures = shown.map(({ pts, at_ms }) => ({ media_s: (pts - first_pts) / clip.time_base_hz, at_ms }));
  return { starts_ms, frames_per_s, act_s: (event.at_ms - starts_ms) / 1000, pictures };
}
