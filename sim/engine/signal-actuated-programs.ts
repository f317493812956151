/** The network's own programs made actuated, as `simulate --controller actuated` drives them on either engine. */
import type { SignalProgram } from "../network/road-network.ts";
import { isGreenPhase } from "./signal-phase.ts";

const least_s = 5;
const most_s = 50;

/** Of several for one signal the last; greens last 5 to 50 s as traffic has it, other phases as they do. */
export function actuatedPrograms(programs: readonly SignalProgram[]): SignalProgram[] {
  const last = new Map(programs.map((program) => [program.signal, program]));
  return [...last.values()].map((program) => ({
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
