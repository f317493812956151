/** Small changes of one signal's timing, for a search that tries them out. Chance is given: a number from 0 to below 1. */
import { modulo } from "../../bands/corridor.ts";
import { changing_s, fitted } from "./build-program.ts";
import { leastGreen_s, type SignalStages, type StageTiming, serves } from "./signal-stages.ts";
import { isCycle } from "./stage-orders.ts";

export type Draw = () => number;

export const drawBelow = (draw: Draw, count: number): number => Math.min(count - 1, Math.floor(draw() * count));

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

/** The same order in a cycle of this length: what is above the least greens is shared as before. Null where it does not fit. */
export function withCycle(of: SignalStages, timing: StageTiming, cycle_s: number): StageTiming | null {
  const { order, green_s, offset_s } = timing;
  const room_s = cycle_s - changing_s(of, timing) - leastGreen_s * order.length;
  if (room_s < 0) return null;
  const spare = green_s.map((green) => Math.max(0, green - leastGreen_s));
  const all = sumOf(spare);
  const share = (each: number): number => (all === 0 ? room_s / order.length : (room_s * each) / all);
  const whole = spare.map((each) => leastGreen_s + Math.floor(share(each) + 1e-9));
  // What rounding leaves goes to the longest green.
  return fitted(of, { ...timing, green_s: whole, offset_s: modulo(offset_s, cycle_s) }, cycle_s);
}

/** Some seconds of green from one place of the order to another. */
function moved(timing: StageTiming, draw: Draw): StageTiming | null {
  const { order, green_s } = timing;
  if (order.length < 2) return null;
  const from = drawBelow(draw, order.length);
  const to = (from + 1 + drawBelow(draw, order.length - 1)) % order.length;
  const most = (green_s[from] as number) - leastGreen_s;
  const part_s = Math.min(most, 1 + drawBelow(draw, 6));
  if (part_s <= 0) return null;
  const changed = green_s.map((green, at) => green + (at === to ? part_s : 0) - (at === from ? part_s : 0));
  // The first stage's beginning is the reference: what is taken before a later stage moves that one.
  return { ...timing, green_s: changed };
}

function shifted(timing: StageTiming, cycle_s: number, draw: Draw): StageTiming {
  const by = draw() < 0.7 ? 1 + drawBelow(draw, 8) : drawBelow(draw, cycle_s);
  return { ...timing, offset_s: modulo(timing.offset_s + (draw() < 0.5 ? by : -by), cycle_s) };
}

/** Two neighbours change places, a stage comes in, or one goes. */
function reordered(of: SignalStages, timing: StageTiming, draw: Draw): StageTiming | null {
  const { order, green_s } = timing;
  const [stages, greens] = [[...order], [...green_s]];
  const at = drawBelow(draw, order.length);
  const kind = drawBelow(draw, 3);
  if (kind === 0) {
    const next = (at + 1) % order.length;
    [stages[at], stages[next]] = [stages[next] as number, stages[at] as number];
    [greens[at], greens[next]] = [greens[next] as number, greens[at] as number];
  } else if (kind === 1) {
    const stage = drawBelow(draw, of.stages.length);
    if (stages[at] === stage || stages[(at + 1) % order.length] === stage) return null;
    stages.splice(at + 1, 0, stage);
    greens.splice(at + 1, 0, leastGreen_s);
  } else {
    stages.splice(at, 1);
    greens.splice(at, 1);
  }
  if (!isCycle(stages) || !serves(of, stages)) return null;
  return { ...timing, order: stages, green_s: greens };
}

/** Seconds by which whoever waits inside may have more to leave. */
const mostClear_s = 3;

/** The same with so much time to leave the junction, in the same cycle; null where it does not fit. */
export const withClearing = (of: SignalStages, timing: StageTiming, cycle_s: number, clear_s: number) =>
  withCycle(of, { ...timing, clear_s }, cycle_s);

/** One change that keeps the cycle; null when the drawn one cannot be made. */
export function varyTiming(of: SignalStages, timing: StageTiming, cycle_s: number, draw: Draw): StageTiming | null {
  const kind = draw();
  if (kind < 0.4) return shifted(timing, cycle_s, draw);
  if (kind < 0.8) {
    const other = moved(timing, draw);
    return other === null ? null : fitted(of, other, cycle_s);
  }
  if (kind < 0.9) return withClearing(of, timing, cycle_s, drawBelow(draw, mostClear_s + 1));
  const changed = reordered(of, timing, draw);
  return changed === null ? null : withCycle(of, changed, cycle_s);
}
