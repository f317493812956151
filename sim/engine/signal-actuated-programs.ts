/** Programs in force made actuated, as `simulate --controller actuated` drives them on either engine. */
import type { SignalProgram } from "../network/road-network.ts";
import { isGreenPhase } from "./signal-phase.ts";

const least_s = 5;
const most_s = 50;

/** Greens last 5 to 50 s as traffic has it, other phases as they do. */
export function actuatedPrograms(programs: readonly SignalProgram[]): SignalProgram[] {
  return programs.map((program) => ({
    ...program,
    type: "actuated",
    parameters: {},
    phases: program.phases.map((phase) =>
      isGreenPhase(phase)
        ? { ...phase, min_s: least_s, max_s: most_s }
        : { ...phase, min_s: phase.duration_s, max_s: phase.duration_s },
    ),
  }));
}
