/**
 * Tools for evidence that hide nothing and read nothing, for tests of everything else: a film of numbers has no faces, and
 * networks take seconds a clip. What the real ones do is tested where they are.
 */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import sharp from "sharp";
import type { EvidenceTools, FoundPlate } from "../../api/evidence/making/tools.ts";
import { ok } from "../../core/problems/problem.ts";

const run = promisify(execFile);

export const plainTools = (plate: FoundPlate | null = null): EvidenceTools => ({
  readPlate: () => Promise.resolve(ok(plate)),
  redactClip: async ({ clip, out, burn, onProgress }) => {
    const filter = burn === null ? [] : ["-vf", burn];
    await run("ffmpeg", ["-v", "error", "-y", "-i", clip, ...filter, "-c:v", "libx264", "-preset", "ultrafast", out]);
    onProgress?.(1);
    return ok(undefined);
  },
  redactPictures: async ({ pictures }) => {
    for (const { in: from, out } of pictures) await sharp(from).toFile(out);
    return ok(undefined);
  },
});
