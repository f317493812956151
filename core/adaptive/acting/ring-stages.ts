/**
 * What a ring-and-barrier controller can show at one time, as the stages of a policy: of each ring at most one phase, all between
 * the same two barriers, none in conflict, and no phase left out that would fit.
 */
import { intergreen_ds } from "../../signal/needs.ts";
import type { SignalSpec } from "../../signal/schema.ts";
import { mayMeet } from "../../signal/structure.ts";

export interface RingStage {
  /** In order of number. */
  readonly phases: readonly number[];
  /** The same as bits; bit 0 is phase 1. */
  readonly mask: number;
}

/** A change that would trap somebody costs more than any wait: no policy asks for it while there is another. */
const never_s = 600;

export const bitOf = (phase: number): number => 1 << (phase - 1);
export const maskOf = (phases: readonly number[]): number => phases.reduce((mask, phase) => mask | bitOf(phase), 0);
/** In order of number. */
export const phasesIn = (mask: number): readonly number[] =>
  Array.from({ length: 16 }, (_, at) => at + 1).filter((phase) => (mask & bitOf(phase)) !== 0);

/** By barrier group, from the first on. */
export function ringStages(signal: SignalSpec): readonly RingStage[] {
  const groups = signal.rings[0]?.length ?? 0;
  return Array.from({ length: groups }, (_, g) => stagesOfGroup(signal, g)).flat();
}

function stagesOfGroup(signal: SignalSpec, group: number): readonly RingStage[] {
  let sets: readonly (readonly number[])[] = [[]];
  for (const ring of signal.rings) {
    const joined = sets.flatMap((set) =>
      (ring[group] ?? [])
        .filter((phase) => set.every((other) => mayMeet(signal, phase, other)))
        .map((phase) => [...set, phase]),
    );
    sets = [...sets, ...joined];
  }
  const masks = sets.map(maskOf);
  return masks
    .filter((mask) => mask !== 0 && !masks.some((other) => other !== mask && (other & mask) === mask))
    .map((mask) => ({ phases: phasesIn(mask), mask }));
}

/**
 * By stage shown and stage to come: seconds until whoever gets green next has it, from the intersection's own clearances. Never, where
 * somebody who yields would see his green end while those go on to whom he yields, and take it that theirs ends too (the yellow trap).
 */
export function changeTimes_s(signal: SignalSpec, stages: readonly RingStage[]): readonly Float64Array[] {
  return stages.map((from) => Float64Array.from(stages, (to) => changeTime_s(signal, from, to)));
}

function changeTime_s(signal: SignalSpec, from: RingStage, to: RingStage): number {
  const [ending, beginning] = [phasesIn(from.mask & ~to.mask), phasesIn(to.mask & ~from.mask)];
  if (traps(signal, ending, from.mask & to.mask)) return never_s;
  const needed = ending.flatMap((phase) => beginning.map((next) => intergreen_ds(signal, phase, next)));
  return Math.max(0, ...needed) / 10;
}

/** What a policy's junction has from its device: changes, and the least green of any phase. */
export const ringTimes = (
  signal: SignalSpec,
  stages: readonly RingStage[],
): { readonly change_s: readonly Float64Array[]; readonly minGreen_s: number } => ({
  change_s: changeTimes_s(signal, stages),
  minGreen_s: Math.min(...signal.phases.map(({ min_green_s }) => min_green_s)),
});

const traps = ({ permissive }: SignalSpec, ending: readonly number[], staying: number): boolean =>
  permissive.some(
    ([a, b]) =>
      (ending.includes(a) && (staying & bitOf(b)) !== 0) || (ending.includes(b) && (staying & bitOf(a)) !== 0),
  );

export const isTrap = (change_s: number): boolean => change_s >= never_s;
