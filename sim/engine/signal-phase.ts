/** What kind of phase it is, as SUMO tells them apart, and where in its program a signal begins. */
import type { SignalPhase, SignalProgram } from "../network/road-network.ts";

/** Somebody has green and nobody yellow. */
export const isGreenPhase = ({ state }: SignalPhase): boolean => /[gG]/.test(state) && !/[yY]/.test(state);

/** Its length is settled by traffic. */
export const isActuatedPhase = ({ min_s, max_s }: SignalPhase): boolean => min_s !== max_s;

export interface PhaseMoment {
  readonly phase: number;
  /** Until this phase has had its usual length. */
  readonly left_s: number;
}

/** Place in the cycle at `now_s`: that of (now - offset) modulo the cycle. */
export function phaseAt({ phases, offset_s }: SignalProgram, cycle_s: number, now_s: number): PhaseMoment {
  let into_s = (((now_s - offset_s) % cycle_s) + cycle_s) % cycle_s;
  let phase = 0;
  while (phase < phases.length - 1 && into_s >= (phases[phase]?.duration_s as number)) {
    into_s -= phases[phase]?.duration_s as number;
    phase += 1;
  }
  return { phase, left_s: (phases[phase]?.duration_s as number) - into_s };
}

export const cycleOf_s = ({ phases }: SignalProgram): number =>
  phases.reduce((sum, { duration_s }) => sum + duration_s, 0);
