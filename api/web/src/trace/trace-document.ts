/** Answers to a search for a plate. */
import type { VehicleClass } from "../../../../core/traffic/vehicle-class.ts";

export interface Passage {
  readonly at_ms: number;
  readonly camera: string;
  readonly intersection: string;
  readonly plate: string;
  readonly confidence: number;
  readonly class: VehicleClass;
}

export interface TraceAnswer {
  readonly passages: readonly Passage[];
  readonly journeys: readonly {
    readonly plate: string;
    /** Why it is not the one before going on. */
    readonly began: "first" | "pause" | "too_fast";
    readonly passages: readonly Passage[];
    readonly duration_s: number;
  }[];
  /** There are more passages than are shown. */
  readonly more: boolean;
}
