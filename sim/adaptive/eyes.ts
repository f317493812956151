/** How an intersection is seen: by whom it may be is nothing to who decides there. */

import type { JunctionSight } from "../../core/adaptive/sight.ts";
import type { SightFault } from "../../core/adaptive/sight-health.ts";
import type { RunningStreet } from "../street/running-street.ts";

export interface Eyes {
  /** Lanes of the network that have to be watched. */
  readonly lanes: readonly number[];
  readonly sight: JunctionSight;
  /** Once a second. `stage`: shown since the look before. */
  look(street: RunningStreet, dt_s: number, stage: number): void;
  /** By approach lane of the junction: why what is told of it is not believed; null: it is. */
  fault(lane: number): SightFault | null;
}
