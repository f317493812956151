/** Answers to a search for a plate. */
import type { Journey } from "../../../../core/plates/journeys.ts";
import type { PlatePassage } from "../../../../core/ports/passages.ts";

export interface TraceAnswer {
  readonly passages: readonly PlatePassage[];
  readonly journeys: readonly Journey[];
  /** There are more passages than are shown. */
  readonly more: boolean;
}
