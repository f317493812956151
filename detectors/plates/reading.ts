/** What a reading of one plate says. */
import type { ReadingEvidence } from "../../core/plates/confidence.ts";
import type { PlateLayout } from "../../core/plates/format.ts";

export interface PlateReading {
  /** Without separators. */
  readonly text: string;
  /** False: a plate is there, but nobody should act on this text. */
  readonly readable: boolean;
  /** What the reader saw before any grammar, rows separated by a space. */
  readonly raw: string;
  /** Chance that `text` is right, 0 to 1. */
  readonly confidence: number;
  /** What the confidence was worked out from. */
  readonly evidence: ReadingEvidence;
  readonly country: string;
  readonly layout: PlateLayout;
  /** x, y, w, h of the characters' upright rectangle, pixels of the picture. */
  readonly box: readonly [number, number, number, number];
}
