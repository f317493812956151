/**
 * Whether the coordinated phases are green where the plan has them. Reading back tells that a device holds our offset, and its
 * clock tells that it is in step with it; what its offset times, only the lights tell. A device that is told of wrongly in the
 * site file is green at another time of the cycle, and its wave is gone with every number right.
 */
import type { Intersection } from "../../core/network/schema.ts";
import type { ControllerStatus } from "../../core/ports/signal-controller.ts";
import { type Problem, problem } from "../../core/problems/problem.ts";
import { machineConfig, machinePattern } from "../../core/signal/machine/convert.ts";
import { coordinatedGreen_ds } from "../../core/signal/machine/timetable.ts";
import type { Plan } from "../../core/signal/plan.ts";
import { inSequence } from "../../core/signal/sequences.ts";
import { inStep } from "./look.ts";

/** Statuses are whole seconds old, and the device's clock may be a second off, at both ends of the green. */
const MARGIN_S = 3;
/** Fewer looks inside the green prove nothing. */
const LEAST_LOOKS = 3;

export class CoordinatedWatch {
  readonly #intersection: Intersection;
  readonly #plan: Plan;
  readonly #green_s: number;
  #looks = 0;
  #green = false;

  constructor(intersection: Intersection, plan: Plan) {
    this.#intersection = intersection;
    this.#plan = plan;
    const config = machineConfig(inSequence(intersection, plan.sequence));
    this.#green_s = (coordinatedGreen_ds(config, machinePattern(plan)) ?? 0) / 10;
  }

  look(status: ControllerStatus): void {
    const { free_status, greens, local_clock_s: local_s } = status;
    if (local_s === null || free_status !== "notFree" || !inStep(status, this.#plan)) return;
    if (local_s < MARGIN_S || local_s > this.#green_s - MARGIN_S) return;
    this.#looks += 1;
    this.#green ||= this.#intersection.signal.coord_phases.every((phase) => greens.includes(phase));
  }

  /** Null where they were seen, or where there was too little to see. */
  get problem(): Problem | null {
    if (this.#green || this.#looks < LEAST_LOOKS) return null;
    const { id, signal } = this.#intersection;
    const phases = signal.coord_phases.join(", ");
    return problem("COORDINATION_NOT_SEEN", {
      intersection: id,
      phases,
      pattern: this.#plan.pattern,
      looks: this.#looks,
    });
  }
}
