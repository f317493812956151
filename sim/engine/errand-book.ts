/** What the world and those who look at it know of halts and of ends of trips: `errands.ts` keeps it. */
import type { Halt } from "../demand/demand.ts";

export interface ErrandBook {
  /** Stood at halts, by vehicle, s. */
  readonly halted_s: Float64Array;
  /** What `v`, not yet on the road, has to do; `ways`: to each of its halts, and to its end. */
  give(v: number, halts: readonly Halt[], ways: readonly number[], end_m: number): void;
  /** `v` has just come onto the road. */
  begin(v: number): void;
  /** Where the trip of a vehicle ends on its last edge; infinite at the end. */
  end_m(v: number): number;
  /** Before anybody plans: who has a halt ahead asks himself to be slow enough for it. */
  ask(): void;
  /** After all have moved. */
  settle(): void;
}
