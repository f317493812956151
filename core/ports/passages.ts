/** Vehicles that passed a camera with a plate that could be read, remembered so that nobody reads plates in the tables. */
import type { VehicleClass } from "../traffic/vehicle-class.ts";

export interface PlatePassage {
  readonly at_ms: number;
  readonly camera: string;
  readonly intersection: string;
  readonly class: VehicleClass;
  readonly plate: string;
  /** Chance that the plate is right, 0 to 1. */
  readonly confidence: number;
}

/** Both included. */
export interface TimeSpan {
  readonly from_ms: number;
  readonly to_ms: number;
}

export interface PassageStore {
  /** `until_ms`: when it is to be forgotten. The same camera, moment and plate told again is one passage. */
  add(passage: PlatePassage, until_ms: number): Promise<void>;
  /** In order of time, at most `limit`: those of any of these plates, without reading any other. */
  ofPlates(plates: ReadonlySet<string>, span: TimeSpan, limit: number): Promise<readonly PlatePassage[]>;
  count(span: TimeSpan): Promise<number>;
  /** Every passage in order of time, some at once: each of their plates is revealed. */
  between(span: TimeSpan): AsyncIterable<readonly PlatePassage[]>;
  /** Forgets what is over by then; how many that was. */
  forget(now_ms: number): Promise<number>;
}
