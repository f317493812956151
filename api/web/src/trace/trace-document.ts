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
  readonly journeys: readonly { readonly plate: string; readonly passages: readonly Passage[] }[];
}
