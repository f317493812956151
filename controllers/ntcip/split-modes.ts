/** The number of `splitMode` that each mode of a plan is. */
import type { Split } from "../../core/signal/plan.ts";
import { splitMode } from "./oids.ts";

export const splitModeOf: Readonly<Record<Split["mode"], number>> = {
  none: splitMode.none,
  min_recall: splitMode.minVehRecall,
  max_recall: splitMode.maxVehRecall,
  ped_recall: splitMode.pedRecall,
  omitted: splitMode.phaseOmitted,
};
