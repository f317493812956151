/** Copies for people: bystanders hidden, facts burned in. The originals beside them stay as they are. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { failed, ok, type Problem, type Result } from "../../../core/problems/problem.ts";
import { burnFilter, burnIn, overlayDocument, pictureAt } from "../../../detectors/index.ts";
import type { FileToSeal } from "../seal-package.ts";
import type { ChosenPicture } from "./choose-pictures.ts";
import type { ActClip } from "./cut-act.ts";
import { overlayText, type Scene } from "./overlay-text.ts";
import { actPts_s, type Box, boxAt } from "./stream-time.ts";
import type { EvidenceTools } from "./tools.ts";

export interface Still extends ChosenPicture {
  readonly label: "a" | "b" | "c";
  readonly path: string;
}

/** Of all the work on the copies, the clip is this part. */
const clipShare = 0.9;
/** The text of the last picture, and of a still, stays as long as anybody looks. */
const forever_s = 3600;

const done = ["decoded", "bystanders hidden", "overlay burned in"] as const;

const madeFrom = (frame: number, ...more: readonly string[]): FileToSeal["made_from"] => ({
  name: "clip.mp4",
  frame,
  steps: [...done, ...more],
});

/** The vehicle's box over the time of the clip. */
function subjectOf(
  { pictures }: ActClip,
  { detection }: Scene,
): readonly { readonly pts_s: number; readonly box: Box }[] {
  const { session_ms, points } = detection;
  const known = pictures[pictureAt(pictures, session_ms, actPts_s(detection))];
  if (known === undefined) return [];
  return points.map(({ pts_s, box }) => ({ pts_s: pts_s - known.pts_s + known.clip_s, box }));
}

/** The vehicle is marked in every copy: among twenty others nobody would know whose act it was. */
function marked(box: Box | null, { width_px, height_px }: ActClip): Box | null {
  if (box === null) return null;
  const [x, y, w, h] = box;
  return [x * width_px, y * height_px, w * width_px, h * height_px];
}

async function view(
  folder: string,
  clip: ActClip,
  scene: Scene,
  tools: EvidenceTools,
  told: (share: number) => void,
  stop: AbortSignal,
) {
  const { pictures, at_ms, width_px, height_px } = clip;
  const { session_ms: session, points } = scene.detection;
  const texts = pictures.map(({ clip_s, session_ms, pts_s }, n) => ({
    from_s: clip_s,
    to_s: pictures[n + 1]?.clip_s ?? clip_s + forever_s,
    text: overlayText(scene, at_ms[n] as number),
    mark: marked(session_ms === session ? boxAt(points, pts_s) : null, clip),
  }));
  const overlay = join(folder, "clip.ass");
  await writeFile(overlay, overlayDocument(texts, { width_px, height_px }));
  const out = join(folder, "view.mp4");
  const order = { clip: clip.path, out, subject: subjectOf(clip, scene), burn: burnFilter(overlay), onProgress: told };
  const redacted = await tools.redactClip(order, stop);
  if (!redacted.ok) return redacted;
  const file: FileToSeal = { path: out, name: "view.mp4", role: "derived", made_from: madeFrom(0, "coded as H.264") };
  return ok(file);
}

async function viewOfStill(
  folder: string,
  clip: ActClip,
  scene: Scene,
  { label, index, box }: Still,
  redacted: string,
  stop: AbortSignal,
) {
  const text = overlayText(scene, clip.at_ms[index] as number);
  const overlay = join(folder, `${label}.ass`);
  await writeFile(overlay, overlayDocument([{ from_s: 0, to_s: forever_s, text, mark: marked(box, clip) }], clip));
  const name = `view-${label}.jpg`;
  const burned = await burnIn({ file: redacted, out: join(folder, name), overlay }, stop);
  if (!burned.ok) return burned;
  const file: FileToSeal = { path: join(folder, name), name, role: "derived", made_from: madeFrom(index) };
  return ok(file);
}

/** `told` hears the share that is done. A view that cannot be redacted is not made in any other way. */
export async function deriveViews(
  folder: string,
  clip: ActClip,
  stills: readonly Still[],
  scene: Scene,
  tools: EvidenceTools,
  told: (share: number) => void,
  stop: AbortSignal,
): Promise<Result<readonly FileToSeal[]>> {
  const redactedName = (label: string): string => join(folder, `redacted-${label}.png`);
  const pictures = stills.map(({ path, label, box }) => ({ in: path, out: redactedName(label), subject: box }));
  const redacted = await tools.redactPictures({ pictures }, stop);
  if (!redacted.ok) return redacted;
  const files: FileToSeal[] = [];
  const problems: Problem[] = [];
  for (const still of stills) {
    const made = await viewOfStill(folder, clip, scene, still, redactedName(still.label), stop);
    if (made.ok) files.push(made.value);
    else problems.push(...made.problems);
  }
  if (problems.length > 0) return failed(...problems);
  told(1 - clipShare);
  const film = await view(folder, clip, scene, tools, (share) => told(1 - clipShare + clipShare * share), stop);
  return film.ok ? ok([...files, film.value]) : film;
}
