/** What reads plates and hides bystanders for the making of evidence: child processes of `detectors`, or stand-ins. */
import type { CasePlate } from "../../../core/ports/cases.ts";
import type { Result } from "../../../core/problems/problem.ts";
import type { Box } from "./stream-time.ts";

/** x, y, width and height in pixels. */
type PixelBox = readonly [number, number, number, number];

export interface FoundPlate {
  readonly plate: CasePlate;
  /** In which of the frames it shows best, and where. */
  readonly crop: { readonly frame: number; readonly box: PixelBox };
}

export interface EvidenceTools {
  /** Null when no frame shows a plate. Boxes: shares of the picture. */
  readPlate(
    order: { readonly country: string; readonly frames: readonly { readonly path: string; readonly box: Box }[] },
    stop: AbortSignal,
  ): Promise<Result<FoundPlate | null>>;
  /** Hides every head, and every plate but the subject's. `subject`: times from the clip's first picture. */
  redactClip(
    order: {
      readonly clip: string;
      readonly out: string;
      readonly subject: readonly { readonly pts_s: number; readonly box: Box }[];
      /** An ffmpeg filter to draw with in the same pass. */
      readonly burn: string | null;
      readonly onProgress?: (share: number) => void;
    },
    stop: AbortSignal,
  ): Promise<Result<unknown>>;
  redactPictures(
    order: {
      readonly pictures: readonly { readonly in: string; readonly out: string; readonly subject: Box | null }[];
      readonly onProgress?: (share: number) => void;
    },
    stop: AbortSignal,
  ): Promise<Result<unknown>>;
}
