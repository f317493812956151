/** What a reading of one plate says. */
import type { PlateLayout } from "../../core/plates/format.ts";

export interface PlateReading {
  /** Without separators; absent text means that a plate is there that nobody should act on. */
  readonly text: string | null;
  /** What the reader saw before any grammar, rows separated by a space. */
  readonly raw: string;
  /** Chance that `text` is right, 0 to 1. */
  readonly confidence: number;
  readonly country: string;
  readonly layout: PlateLayout;
  /** x, y, w, h of the characters' upright rectangle, pixels of the picture. */
  readonly box: readonly [number, number, number, number];
}
