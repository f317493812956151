/** A plan for many signals as programs that either engine runs. */
import { buildProgram } from "../../core/retime/stages/build-program.ts";
import type { StageTiming } from "../../core/retime/stages/signal-stages.ts";
import type { SignalProgram } from "../network/road-network.ts";
import type { RetimedSignal } from "./retimed-signals.ts";

/** By place of the signal; null keeps the network's own program. */
export type Plan = readonly (StageTiming | null)[];

const planProgram = "greenwave";

/** A name that the network does not use for this signal. */
const programName = ({ own }: RetimedSignal): string =>
  own.program === planProgram ? `${planProgram}-2` : planProgram;

/** States that are longer than the links there are keep what the program shows there. */
function programOf(signal: RetimedSignal, timing: StageTiming): SignalProgram {
  const tail = signal.own.phases[0]?.state.slice(signal.stages.links) ?? "";
  const phases = buildProgram(signal.stages, timing).map(({ state, duration_s }) => ({
    state: state + tail,
    duration_s,
    min_s: duration_s,
    max_s: duration_s,
  }));
  const { own } = signal;
  return {
    signal: own.signal,
    program: programName(signal),
    type: "static",
    offset_s: timing.offset_s,
    phases,
    parameters: {},
  };
}

export const planPrograms = (signals: readonly RetimedSignal[], plan: Plan): readonly SignalProgram[] =>
  signals.flatMap((signal, at) => {
    const timing = plan[at];
    return timing == null ? [] : [programOf(signal, timing)];
  });
