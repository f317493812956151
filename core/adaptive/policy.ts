/** How an intersection decides, second by second: from what is seen to the stage that is shown next. */
import type { JunctionSight } from "./sight.ts";

/**
 * `kept`, `changed`: what was best; `starved`: somebody waited too long; `blocked`: green helped nobody; `priority`: best with a late bus;
 * `emergency`: the way is cleared for somebody; `recovering`: those who waited for that are served; `walk`: those on foot have waited.
 */
export type DecisionReason =
  | "kept"
  | "changed"
  | "starved"
  | "blocked"
  | "priority"
  | "emergency"
  | "recovering"
  | "walk";

export interface Decision {
  readonly stage: number;
  readonly reason: DecisionReason;
  /** Vehicle seconds that were predicted for keeping the stage, and for the best change at once; NaN where not asked. */
  readonly keep_veh_s: number;
  readonly change_veh_s: number;
  /** The stage of that best change. */
  readonly alternative: number;
  /** By then it has to be asked again and another stage may have to begin, so that nobody waits too long, s from now; at any time where absent. */
  readonly askAgain_s?: number;
  /** By stage: what was predicted for changing to it at once; for the stage shown, for keeping it; infinite where not asked. */
  readonly costs_veh_s?: Float64Array;
  /** By stage: the part of it that vehicles in sight wait within the horizon, whatever each counts for. */
  readonly waits_veh_s?: Float64Array;
}

export interface Policy {
  /** Whenever something is seen, and before `decide`; `dt_s` since the time before. */
  look(sight: JunctionSight, stage: number, dt_s: number): void;
  /** Only when the stage may be changed. `shown_s`: for how long it has been all green. */
  decide(sight: JunctionSight, stage: number, shown_s: number): Decision;
}
