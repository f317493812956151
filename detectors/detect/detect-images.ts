/** Road users in picture files, found in a child process. */
import { askPictureChild, type PictureReport } from "../pictures/ask-child.ts";
import { type DetectOrder, fromChild, type PictureDetections } from "./messages.ts";

export interface DetectOptions {
  /** Picture files, in the order of the answer. */
  readonly images: readonly string[];
  /** Ends the child; what was seen until then is the answer. */
  readonly stop?: AbortSignal;
}

/** Never rejects for a picture or a model: whatever could not be done is among the problems. */
export function detectImages({ images, stop }: DetectOptions): Promise<PictureReport<PictureDetections>> {
  const order: DetectOrder = { images: [...images] };
  const read = (message: unknown) => fromChild.parse(message);
  return askPictureChild({ entry: "detect/detect.child.js", order, read, stopped: "DETECTION_STOPPED", stop });
}
