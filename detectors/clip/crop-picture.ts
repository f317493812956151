/** A part of a picture file as a file of its own, at its own size. */
import sharp from "sharp";
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";

/** x, y, width and height in pixels. */
export type PixelBox = readonly [number, number, number, number];

const finest = 100;

/** What of the box lies in the picture, in whole pixels. */
function within([x, y, width, height]: PixelBox, across: number, down: number): PixelBox {
  const [left, top] = [Math.max(0, Math.floor(x)), Math.max(0, Math.floor(y))];
  return [left, top, Math.min(across, Math.ceil(x + width)) - left, Math.min(down, Math.ceil(y + height)) - top];
}

/** The box that was cut out. Fails with `PICTURE_UNREADABLE`. */
export async function cropPicture(file: string, box: PixelBox, out: string): Promise<Result<PixelBox>> {
  try {
    const picture = sharp(file);
    const { width: across, height: down } = await picture.metadata();
    const [left, top, width, height] = within(box, across, down);
    await picture
      .extract({ left, top, width, height })
      .jpeg({ quality: finest, chromaSubsampling: "4:4:4" })
      .toFile(out);
    return ok([left, top, width, height]);
  } catch (cause) {
    return failed(problem("PICTURE_UNREADABLE", { file, reason: (cause as Error).message }));
  }
}
