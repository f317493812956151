/** A picture file as the detector wants it: RGB bytes, upright. */
import { existsSync } from "node:fs";
import sharp from "sharp";
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";

export interface Picture {
  /** height x width x 3 bytes, row major. */
  readonly rgb: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Turned as its EXIF orientation says; transparent parts on white. Fails with PICTURE_MISSING or PICTURE_UNREADABLE. */
export async function readPicture(file: string): Promise<Result<Picture>> {
  if (!existsSync(file)) return failed(problem("PICTURE_MISSING", { file }));
  try {
    const upright = sharp(file).autoOrient().flatten({ background: "white" }).toColourspace("srgb").removeAlpha();
    const { data, info } = await upright.raw({ depth: "uchar" }).toBuffer({ resolveWithObject: true });
    return ok({ rgb: data, width: info.width, height: info.height });
  } catch (cause) {
    const reason = cause instanceof Error ? (cause.message.split("\n")[0] ?? "") : String(cause);
    return failed(problem("PICTURE_UNREADABLE", { file, reason }));
  }
}
