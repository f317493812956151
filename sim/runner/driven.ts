/** What came of a run. */
import type { Contrary } from "../../core/adaptive/explain/contrary-policy.ts";
import type { SimulationResult } from "../engine/simulation.ts";
import type { ControlTold } from "./control-messages.ts";

export interface Driven extends SimulationResult, ControlTold {
  readonly wall_s: number;
  /** Of a run with another choice than was decided. */
  readonly contrary?: Contrary;
}
