/**
 * How fast a machine may change a signal by itself: drivers, and the queues that a plan was made from, need time. A plan
 * that a person drafts is not bound by it.
 */
import { type Problem, problem } from "../problems/problem.ts";
import type { Plan, Split } from "./plan.ts";

/** One change in three cycles; twice as long before a change is taken back. */
const CYCLES_BETWEEN = 3;
const CYCLES_BEFORE_REVERSAL = 6;
const CYCLE_SHARE = 0.1;
/** Of a split 20 % or 8 s, whichever is more. */
const SPLIT_SHARE = 0.2;
const SPLIT_S = 8;

export interface Automatic {
  /** The plan in force, and since when. */
  readonly from: Plan;
  readonly ago_s: number;
  /** The plan that it took over from. */
  readonly before?: Plan;
}

const mostCycle_s = ({ cycle_s }: Plan): number => Math.floor(cycle_s * CYCLE_SHARE);
const mostSplit_s = (split_s: number): number => Math.max(SPLIT_S, Math.floor(split_s * SPLIT_SHARE));

const splitsOf = ({ splits }: Plan): ReadonlyMap<number, Split> => new Map(splits.map((each) => [each.phase, each]));

const cyclesBefore = ({ from, before }: Automatic, to: Plan): number =>
  before !== undefined && reverses(before, from, to) ? CYCLES_BEFORE_REVERSAL : CYCLES_BETWEEN;

/** How long until the change may be made; 0 where it may be made now. */
export const waitBefore_s = (automatic: Automatic, to: Plan): number =>
  Math.max(0, cyclesBefore(automatic, to) * automatic.from.cycle_s - automatic.ago_s);

/** Every limit that going from the plan in force to this one at once would break. */
export function changeProblems(automatic: Automatic, to: Plan): readonly Problem[] {
  const { intersection } = to;
  const { from, ago_s } = automatic;
  const found: Problem[] = [];
  const cycles = cyclesBefore(automatic, to);
  const wait_s = cycles * from.cycle_s;
  if (ago_s < wait_s) found.push(problem("CHANGE_SOON", { intersection, ago_s, wait_s, cycles }));
  const most_s = mostCycle_s(from);
  if (Math.abs(to.cycle_s - from.cycle_s) > most_s) {
    const words = { intersection, from_s: from.cycle_s, to_s: to.cycle_s, most_s };
    found.push(problem("CHANGE_CYCLE", words, { path: "cycle_s" }));
  }
  return [...found, ...splitChanges(from, to)];
}

function splitChanges(from: Plan, to: Plan): readonly Problem[] {
  const { intersection } = to;
  const old = splitsOf(from);
  return to.splits.flatMap(({ phase, split_s, mode }, i) => {
    const was = old.get(phase);
    const at = { path: `splits.${i}` };
    if (was === undefined || (was.mode === "omitted") !== (mode === "omitted")) {
      return [problem("CHANGE_SERVED", { intersection, phase }, at)];
    }
    const most_s = mostSplit_s(was.split_s);
    if (Math.abs(split_s - was.split_s) <= most_s) return [];
    return [problem("CHANGE_SPLIT", { intersection, phase, from_s: was.split_s, to_s: split_s, most_s }, at)];
  });
}

/** The cycle or some split goes back the way it came. */
function reverses(before: Plan, from: Plan, to: Plan): boolean {
  const back = (a: number, b: number, c: number): boolean => (b - a) * (c - b) < 0;
  if (back(before.cycle_s, from.cycle_s, to.cycle_s)) return true;
  const [first, second] = [splitsOf(before), splitsOf(from)];
  return to.splits.some(({ phase, split_s }) => {
    const [a, b] = [first.get(phase)?.split_s, second.get(phase)?.split_s];
    return a !== undefined && b !== undefined && back(a, b, split_s);
  });
}

type Rings = readonly (readonly (readonly number[])[])[];

/** From the plan in force at one intersection to the one that is wanted there. */
export interface Way {
  readonly rings: Rings;
  readonly from: Plan;
  readonly target: Plan;
}

const LATER_CYCLES = 2 * CYCLES_BEFORE_REVERSAL;

/**
 * The farthest plans on their way to the targets that one step may reach: the targets themselves where they are near
 * enough. All ways are gone by the same share, so that signals with one cycle keep one. What is on the way keeps what
 * both ends keep: minimums, sums of rings and barriers. Null where no step leads there, because a phase would come in or
 * go out, or the order would change.
 */
export function stepTogether(ways: readonly Way[]): readonly Plan[] | null {
  if (ways.some(({ from, target }) => served(from) !== served(target) || from.sequence !== target.sequence)) {
    return null;
  }
  const isNear = ({ from }: Way, plan: Plan): boolean =>
    changeProblems({ from, ago_s: LATER_CYCLES * from.cycle_s }, plan).length === 0;
  for (let hundredth = 100; hundredth > 0; hundredth--) {
    const plans = ways.map((way) => (hundredth === 100 ? way.target : between(way, hundredth / 100)));
    const near = ways.every((way, i) => isNear(way, plans[i] ?? way.target));
    if (near && (hundredth === 100 || ways.some((way, i) => moves(way.from, plans[i] ?? way.target)))) return plans;
  }
  return null;
}

function served({ splits }: Plan): string {
  const phases = splits.filter(({ mode }) => mode !== "omitted").map(({ phase }) => phase);
  return phases.toSorted((a, b) => a - b).join(" ");
}

const moves = (from: Plan, to: Plan): boolean => {
  const old = splitsOf(from);
  return from.cycle_s !== to.cycle_s || to.splits.some(({ phase, split_s }) => old.get(phase)?.split_s !== split_s);
};

function between({ rings, from, target }: Way, share: number): Plan {
  const [old, wanted] = [splitsOf(from), splitsOf(target)];
  const at = (phase: number): number => {
    const a = old.get(phase)?.split_s ?? 0;
    return a + ((wanted.get(phase)?.split_s ?? 0) - a) * share;
  };
  const sum = (phases: readonly number[]): number => phases.reduce((total, phase) => total + at(phase), 0);
  const groups = Array.from({ length: rings[0]?.length ?? 0 }, (_, g) => rings.map((ring) => ring[g] ?? []));
  const cycle_s = Math.round(from.cycle_s + (target.cycle_s - from.cycle_s) * share);
  const lengths = wholeParts(
    groups.map((group) => Math.max(...group.map(sum))),
    cycle_s,
  );
  const splits = new Map<number, number>();
  for (const [g, group] of groups.entries()) {
    for (const phases of group) {
      if (sum(phases) === 0) continue;
      const parts = wholeParts(phases.map(at), lengths[g] ?? 0);
      for (const [i, phase] of phases.entries()) splits.set(phase, parts[i] ?? 0);
    }
  }
  return {
    ...target,
    cycle_s,
    offset_s: target.offset_s % cycle_s,
    splits: target.splits.map((split) => ({ ...split, split_s: splits.get(split.phase) ?? 0 })),
  };
}

/** Whole numbers near the parts with the sum given: each rounded down, the largest remainders up. */
function wholeParts(parts: readonly number[], sum: number): readonly number[] {
  const whole = parts.map((part) => Math.floor(part + 1e-9));
  const byRemainder = parts
    .map((part, i) => ({ i, rest: part - (whole[i] ?? 0) }))
    .filter(({ i }) => (parts[i] ?? 0) > 0)
    .toSorted((a, b) => b.rest - a.rest);
  let left = sum - whole.reduce((total, part) => total + part, 0);
  for (const { i } of byRemainder) {
    if (left <= 0) break;
    whole[i] = (whole[i] ?? 0) + 1;
    left -= 1;
  }
  return whole;
}
