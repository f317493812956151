/** One small change of a plan for many signals: of one or a few of them, of a block's offsets, or of all their cycles. */
import { modulo } from "../../core/bands/corridor.ts";
import { cycleOf } from "../../core/retime/stages/build-program.ts";
import { type Draw, drawBelow, varyTiming, withCycle } from "../../core/retime/stages/vary-timing.ts";
import type { Plan } from "./plan-programs.ts";
import type { RetimedSignal } from "./retimed-signals.ts";

/** How often cycles are changed: of one signal on its own, and of several. */
const cycleShare = { one: 0.25, many: 0.08 };
/** How often a block moves, where there are some. */
const blockShare = 0.1;
const mostShift_s = 6;
/** How often another signal is changed with it. */
const alsoShare = 0.35;
const mostStretch_s = 6;

function drawWeighted(draw: Draw, weights: readonly number[]): number {
  let left = draw() * weights.reduce((sum, weight) => sum + weight, 0);
  for (const [at, weight] of weights.entries()) {
    left -= weight;
    if (left < 0) return at;
  }
  return weights.length - 1;
}

/**
 * All cycles longer or shorter by some seconds, or one signal's, where cycles differ anyway. Offsets keep their share of the
 * cycle, or their seconds: those between two signals that are as far apart as a drive takes.
 */
function stretched(signals: readonly RetimedSignal[], plan: Plan, draw: Draw): Plan | null {
  const cycles = signals.map(({ stages }, at) => (plan[at] == null ? 0 : cycleOf(stages, plan[at])));
  const common = cycles.every((cycle) => cycle === cycles[0]);
  const by_s = (1 + drawBelow(draw, mostStretch_s)) * (draw() < 0.5 ? -1 : 1);
  const only = common ? -1 : drawBelow(draw, signals.length);
  const scaled = draw() < 0.5;
  const changed = plan.map((timing, at) => {
    if (timing == null || (only !== -1 && only !== at)) return timing;
    const cycle_s = cycles[at] as number;
    const offset_s = scaled ? Math.round((timing.offset_s * (cycle_s + by_s)) / cycle_s) : timing.offset_s;
    return withCycle((signals[at] as RetimedSignal).stages, { ...timing, offset_s }, cycle_s + by_s);
  });
  return changed.every((timing, at) => timing !== null || plan[at] === null) ? changed : null;
}

function shifted({ blocks, signals }: Varied, plan: Plan, draw: Draw): Plan {
  const block = new Set(blocks[drawBelow(draw, blocks.length)]);
  const by_s = (1 + drawBelow(draw, mostShift_s)) * (draw() < 0.5 ? -1 : 1);
  return plan.map((timing, at) => {
    if (timing === null || !block.has(at)) return timing;
    const cycle_s = cycleOf((signals[at] as RetimedSignal).stages, timing);
    return { ...timing, offset_s: modulo(timing.offset_s + by_s, cycle_s) };
  });
}

export interface Varied {
  readonly signals: readonly RetimedSignal[];
  /** Places of signals that may move together. */
  readonly blocks: readonly (readonly number[])[];
}

/** `weights`: the heavier a signal, the likelier it is changed. Null where what was drawn cannot be done. */
export function varyPlan(of: Varied, plan: Plan, weights: readonly number[], draw: Draw): Plan | null {
  const { blocks, signals } = of;
  const kind = draw();
  const cycles = signals.length === 1 ? cycleShare.one : cycleShare.many;
  if (kind < cycles) return stretched(signals, plan, draw);
  if (kind < cycles + blockShare && blocks.length > 0) return shifted(of, plan, draw);
  const varied = [...plan];
  do {
    const at = drawWeighted(draw, weights);
    const [signal, timing] = [signals[at] as RetimedSignal, varied[at]];
    if (timing == null) continue;
    const next = varyTiming(signal.stages, timing, cycleOf(signal.stages, timing), draw);
    if (next !== null) varied[at] = next;
  } while (draw() < alsoShare && signals.length > 1);
  return varied.some((timing, at) => timing !== plan[at]) ? varied : null;
}
