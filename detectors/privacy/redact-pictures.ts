/** Pictures that bystanders may be shown in: their plates, and everybody's head, erased in a child process. */
import type { Result } from "../../core/problems/problem.ts";
import { type Redacted, redactInChild } from "./redact-in-child.ts";
import type { Box } from "./region.ts";

export interface PicturesToRedact {
  readonly pictures: readonly {
    /** Left as it is. */
    readonly in: string;
    /** JPEG, PNG or WebP by its name; in place only when it is whole, without any metadata. */
    readonly out: string;
    /** x, y, w, h as shares of the picture: the vehicle whose plate stays readable. Null: no plate does. */
    readonly subject: Box | null;
  }[];
  readonly onProgress?: (share: number) => void;
}

/** Fails with PICTURE_…, MODEL_…, PLATE_MODEL_… or REDACTION_STOPPED. A picture that failed has no `out`. */
export function redactPictures(work: PicturesToRedact, stop?: AbortSignal): Promise<Result<Redacted>> {
  return redactInChild({ kind: "pictures", pictures: work.pictures }, work.onProgress, stop);
}
