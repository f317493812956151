/** A case with a really sealed package, its files under the names that the service gives them. */
import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { signingKey } from "../../api/evidence/keys.ts";
import { type FileToSeal, sealPackage } from "../../api/evidence/seal-package.ts";
import type { CasePlate, CaseStore } from "../../core/ports/cases.ts";
import { ffmpeg } from "../api/evidence/sealed-case.ts";
import { need } from "./data-folder.ts";
import { act_ms, detection } from "./detections.ts";

const clip_s = 2;
const actInClip_s = 1;
const first_ms = act_ms - actInClip_s * 1000;
const opened_ms = act_ms + 300;
/** When the last of the service's own steps was taken. */
export const ready_ms = act_ms + 6000;

export const plate: CasePlate = {
  text: "43A12345",
  confidence: 0.98,
  country: "vn",
  frames: 5,
  agreeing: 4,
  votes: [..."43A12345"].map((symbol) => ({ symbol, share: 0.9 })),
};

/** Draws the files of every package once: a moving pattern, three stills of it, and what is cut and copied from them. */
export function drawCase(folder: string): readonly FileToSeal[] {
  mkdirSync(folder, { recursive: true });
  const path = (name: string): string => join(folder, name);
  const source = `testsrc2=size=320x180:rate=25:duration=${clip_s}`;
  ffmpeg("-f", "lavfi", "-i", source, "-c:v", "libx264", "-g", "25", path("clip.mp4"));
  for (const [label, frame] of [["a", 5] as const, ["b", 25] as const, ["c", 45] as const]) {
    ffmpeg("-i", path("clip.mp4"), "-vf", `select=eq(n\\,${frame})`, "-frames:v", "1", path(`still-${label}.jpg`));
    ffmpeg("-i", path(`still-${label}.jpg`), "-vf", "boxblur=4", path(`view-${label}.jpg`));
  }
  ffmpeg("-i", path("still-b.jpg"), "-vf", "crop=60:30:100:80", path("plate.jpg"));
  copyFileSync(path("clip.mp4"), path("view.mp4"));
  const of = (name: string, role: FileToSeal["role"], from: string | null): FileToSeal => {
    const made_from = from === null ? null : { name: from, frame: 25, steps: ["for a test"] };
    return { path: path(name), name, role, made_from };
  };
  return [
    of("clip.mp4", "clip", null),
    ...["a", "b", "c"].map((label) => of(`still-${label}.jpg`, "still", "clip.mp4")),
    of("plate.jpg", "plate", "still-b.jpg"),
    of("view.mp4", "derived", "clip.mp4"),
    ...["a", "b", "c"].map((label) => of(`view-${label}.jpg`, "derived", `still-${label}.jpg`)),
  ];
}

export interface CasePlace {
  readonly cases: CaseStore;
  /** Packages go below it. */
  readonly evidence: string;
  readonly keys: string;
  readonly files: readonly FileToSeal[];
}

export interface PackagedCase {
  readonly id: string;
  readonly sampled?: boolean;
  readonly change?: Parameters<typeof detection>[0];
  readonly protectedAs?: "diplomatic" | null;
}

/** Opens, seals and screens a case: it waits for its first review. */
export async function packageCase(place: CasePlace, { id, sampled = false, change, protectedAs }: PackagedCase) {
  const { cases, evidence, keys, files } = place;
  mkdirSync(keys, { recursive: true });
  mkdirSync(evidence, { recursive: true });
  const seen = detection({ camera: id, ...change });
  await cases.open(id, seen, sampled, opened_ms);
  const { camera, intersection, lane, rule, models, calibration, clock, measured, staged } = seen;
  const sealed = need(
    await sealPackage({
      folder: join(evidence, id),
      files,
      clip: "clip.mp4",
      atOfPts: (pts_s) => first_ms + pts_s * 1000,
      gaps: [],
      about: {
        case_id: id,
        edition: 1,
        supersedes: null,
        site: "da-nang",
        camera: { id: camera, intersection, lane },
        rule: { ...rule, id: rule.id },
        models,
        calibration,
        event: { at_ms: act_ms, uncertainty_ms: 20, measured, staged },
        clock,
        signal: null,
        track: { class: seen.class, points: [{ at_ms: act_ms, x: 0.5, y: 0.5 }] },
        plate: { text: plate.text, confidence: plate.confidence },
        sealed_at_ms: ready_ms,
      },
      keys: [await signingKey(keys)],
      record: async (manifest_sha256) => {
        await cases.record(id, "sealed", { case_id: id, edition: 1, manifest_sha256 }, ready_ms);
        return cases.log(id);
      },
    }),
  );
  const bytes = sealed.files.reduce((sum, file) => sum + file.bytes, 0);
  await cases.setEvidence(id, { state: "ready", manifest_sha256: "c".repeat(64), edition: 1, bytes }, plate, ready_ms);
  const step = { kind: "screened", by: "(service)", at_ms: ready_ms, protected_as: protectedAs ?? null } as const;
  need(await cases.step(id, step, 1));
}
