/** How unlike two plans are: the less, the more what one costs tells of the other. */
import { modulo } from "../../core/bands/corridor.ts";
import { cycleOf } from "../../core/retime/stages/build-program.ts";
import type { Plan } from "./plan-programs.ts";
import type { RetimedSignal } from "./retimed-signals.ts";

interface TimingTraits {
  readonly order: string;
  readonly cycle_s: number;
  readonly green_s: readonly number[];
  readonly offset_s: number;
  readonly clear_s: number;
}

export type PlanTraits = readonly (TimingTraits | null)[];

/** Differences that count for one: of offsets and greens in cycles, of cycles as their ratio, of time to leave in seconds. */
const offsetStep = 0.1;
const greenStep = 0.08;
const cycleStep = 0.06;
const clearStep_s = 2;
/** Another order, or the network's own program, is so far away. */
const otherOrder = 4;

export const traitsOf = (signals: readonly RetimedSignal[], plan: Plan): PlanTraits =>
  plan.map((timing, at) => {
    if (timing === null) return null;
    const { order, green_s, offset_s, clear_s = 0 } = timing;
    const cycle_s = cycleOf((signals[at] as RetimedSignal).stages, timing);
    return { order: order.join(), cycle_s, green_s, offset_s, clear_s };
  });

const unlikeCycles = (a: TimingTraits, b: TimingTraits): number => (Math.log(a.cycle_s / b.cycle_s) / cycleStep) ** 2;

function unlikeTimings(a: TimingTraits, b: TimingTraits): number {
  if (a.order !== b.order) return otherOrder;
  const cycle_s = Math.sqrt(a.cycle_s * b.cycle_s);
  const apart = modulo(a.offset_s / a.cycle_s - b.offset_s / b.cycle_s, 1);
  const offsets = (Math.min(apart, 1 - apart) / offsetStep) ** 2;
  const clears = ((a.clear_s - b.clear_s) / clearStep_s) ** 2;
  const greens = a.green_s.reduce((sum, green_s, place) => {
    return sum + ((green_s - (b.green_s[place] as number)) / cycle_s / greenStep) ** 2;
  }, 0);
  return offsets + clears + greens;
}

/** A squared distance. Cycles count by their mean: they are most often one for all. */
export function unlikeness(a: PlanTraits, b: PlanTraits): number {
  let [sum, cycles] = [0, 0];
  for (const [at, one] of a.entries()) {
    const other = b[at] ?? null;
    if (one === null || other === null) {
      sum += one === other ? 0 : otherOrder;
      continue;
    }
    sum += unlikeTimings(one, other);
    cycles += unlikeCycles(one, other);
  }
  return sum + cycles / Math.max(1, a.length);
}
