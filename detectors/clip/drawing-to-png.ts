/** A drawing (SVG) as a picture file. */
import sharp from "sharp";
import { failed, ok, problem, type Result, reasonOf } from "../../core/problems/problem.ts";

/** Twice as fine as a screen shows, for print. */
const density = 144;

/** Fails with `PICTURE_UNWRITABLE`. */
export async function drawingToPng(svg: string, file: string): Promise<Result<void>> {
  try {
    await sharp(Buffer.from(svg), { density }).png().toFile(file);
    return ok(undefined);
  } catch (cause) {
    return failed(problem("PICTURE_UNWRITABLE", { file, reason: reasonOf(cause) }));
  }
}
