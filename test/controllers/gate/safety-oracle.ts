/**
 * Judges a plan by the text of the safety rules alone, by painting every tenth of a second of the cycle. It shares no
 * code with `core/signal` or the gate: where the two disagree, one of them is wrong.
 */
import type { Intersection } from "../../../core/network/schema.ts";
import type { DeviceTiming } from "../../../core/ports/signal-controller.ts";
import type { Plan } from "../../../core/signal/plan.ts";

export interface Judgement {
  readonly I1: readonly string[];
  readonly I2: readonly string[];
  readonly I3: readonly string[];
  readonly I4: readonly string[];
}

const PLAN_KEYS = ["cycle_s", "intersection", "offset_reference", "offset_s", "pattern", "sequence", "splits"];
const SPLIT_KEYS = ["mode", "phase", "split_s"];

const tenths = (value_s: number): number => Math.round(value_s * 10);

interface Times {
  readonly minGreen: number;
  readonly pedestrian: number;
  readonly yellow: number;
  readonly clearance: number;
}

function timesOf(street: Intersection, phase: number): Times {
  const spec = street.signal.phases.find((p) => p.number === phase);
  const clear = street.signal.clearances.find((c) => c.phase === phase);
  if (spec === undefined || clear === undefined) throw new Error(`the test street has no phase ${phase}`);
  return {
    minGreen: tenths(spec.min_green_s),
    pedestrian: spec.walk_s > 0 ? tenths(spec.walk_s + spec.ped_clear_s) : 0,
    yellow: tenths(clear.yellow_s),
    clearance: tenths(clear.yellow_s) + tenths(clear.red_clear_s),
  };
}

/** End of green of `from` to begin of green of `to`, where the two conflict; null where they do not. */
function gapNeeded(street: Intersection, from: number, to: number): number | null {
  for (const pair of street.signal.conflicts) {
    const forward = pair.a === from && pair.b === to;
    if (!forward && !(pair.b === from && pair.a === to)) continue;
    const stated = (forward ? pair.intergreen_ab_s : pair.intergreen_ba_s) ?? 0;
    return Math.max(timesOf(street, from).clearance, tenths(stated));
  }
  return null;
}

/** Every phase once, none that is not there, and each split at least what its phase needs. */
function splitFaults(street: Intersection, plan: Plan): string[] {
  const phases = street.signal.rings.flat(2);
  const faults: string[] = [];
  for (const phase of phases) {
    const rows = plan.splits.filter((split) => split.phase === phase);
    if (rows.length !== 1) faults.push(`phase ${phase} has ${rows.length} splits`);
    if (rows[0]?.mode === "omitted") continue;
    const { minGreen, pedestrian, clearance } = timesOf(street, phase);
    const split = tenths(rows[0]?.split_s ?? 0);
    if (split < Math.max(minGreen, pedestrian) + clearance) faults.push(`split of phase ${phase} is too short`);
  }
  if (plan.splits.some((split) => !phases.includes(split.phase))) faults.push("a split for a phase that is not there");
  return faults;
}

function lengthOf(plan: Plan, members: readonly number[]): number {
  const rows = plan.splits.filter((split) => members.includes(split.phase) && split.mode !== "omitted");
  return rows.reduce((sum, row) => sum + row.split_s, 0);
}

/** I4 for one pattern: splits, sums per ring and barrier group, bounds, offset. */
function arithmetic(street: Intersection, plan: Plan): string[] {
  const { rings, cycle_min_s, cycle_max_s } = street.signal;
  const faults = splitFaults(street, plan);
  for (const [ring, groups] of rings.entries()) {
    const total = lengthOf(plan, groups.flat());
    if (total !== plan.cycle_s) faults.push(`ring ${ring + 1} sums to ${total}`);
    for (const [group, members] of groups.entries()) {
      const alone = lengthOf(plan, members) !== lengthOf(plan, rings[0]?.[group] ?? []);
      if (alone) faults.push(`ring ${ring + 1} crosses barrier ${group + 1} alone`);
    }
  }
  if (plan.cycle_s < Math.max(30, cycle_min_s)) faults.push("cycle too short");
  if (plan.cycle_s > Math.min(255, cycle_max_s)) faults.push("cycle too long");
  if (plan.offset_s < 0 || plan.offset_s >= plan.cycle_s) faults.push("offset outside the cycle");
  return faults;
}

interface Painted {
  readonly phase: number;
  readonly greenBegin: number;
  readonly greenEnd: number;
  /** 1 where green or yellow. */
  readonly runs: Uint8Array;
}

/** The fixed-time realisation: each ring runs its splits in order from the same instant. */
function paint(street: Intersection, plan: Plan): readonly Painted[] {
  const cycle = tenths(plan.cycle_s);
  const slots = street.signal.rings.flatMap((groups) => {
    let from = 0;
    return groups.flat().flatMap((phase) => {
      const row = plan.splits.find((split) => split.phase === phase);
      if (row === undefined || row.mode === "omitted") return [];
      const slot = { phase, from, to: from + tenths(row.split_s) };
      from = slot.to;
      return [slot];
    });
  });
  const ends = new Map(slots.map(({ phase, to }) => [phase, to - timesOf(street, phase).clearance]));
  return slots.map(({ phase, from, to }) => {
    const { yellow, clearance } = timesOf(street, phase);
    let begin = from;
    for (const [other, end] of ends) {
      const need = gapNeeded(street, other, phase);
      if (other === phase || need === null) continue;
      const passed = (((from - end) % cycle) + cycle) % cycle;
      begin = Math.max(begin, from + need - passed);
    }
    const runs = new Uint8Array(cycle);
    for (let t = begin; t < to - clearance + yellow; t++) runs[((t % cycle) + cycle) % cycle] = 1;
    return { phase, greenBegin: begin, greenEnd: to - clearance, runs };
  });
}

function conflicts(street: Intersection, plan: Plan, painted: readonly Painted[]): string[] {
  const cycle = tenths(plan.cycle_s);
  const faults: string[] = [];
  for (const one of painted) {
    for (const other of painted) {
      const need = gapNeeded(street, one.phase, other.phase);
      if (one === other || need === null) continue;
      if (one.runs.some((on, t) => on === 1 && other.runs[t] === 1))
        faults.push(`${one.phase} and ${other.phase} run together`);
      const gap = (((other.greenBegin - one.greenEnd) % cycle) + cycle) % cycle;
      if (gap < need) faults.push(`${other.phase} starts ${gap} after ${one.phase}, ${need} needed`);
    }
  }
  return faults;
}

function minimums(street: Intersection, painted: readonly Painted[]): string[] {
  return painted.flatMap(({ phase, greenBegin, greenEnd }) => {
    const { minGreen, pedestrian } = timesOf(street, phase);
    const green = greenEnd - greenBegin;
    return green < Math.max(minGreen, pedestrian) ? [`green of phase ${phase} is ${green} tenths`] : [];
  });
}

function foreignFields(candidate: Plan): string[] {
  const keys = Object.keys(candidate).filter((key) => !PLAN_KEYS.includes(key));
  const inSplits = candidate.splits.flatMap((split) => Object.keys(split).filter((key) => !SPLIT_KEYS.includes(key)));
  return [...keys, ...inSplits].map((key) => `the plan carries ${key}`);
}

function deviceAgrees(street: Intersection, timing: DeviceTiming): string[] {
  const faults: string[] = [];
  for (const spec of street.signal.phases) {
    const clear = street.signal.clearances.find((c) => c.phase === spec.number);
    const device = timing.phases.find((phase) => phase.number === spec.number);
    const pairs: readonly [string, unknown, unknown][] = [
      ["enabled", true, device?.enabled],
      ["yellow", clear?.yellow_s, device?.yellow_s],
      ["red", clear?.red_clear_s, device?.red_clear_s],
      ["min green", spec.min_green_s, device?.min_green_s],
      ["walk", spec.walk_s, device?.walk_s],
      ["ped clear", spec.ped_clear_s, device?.ped_clear_s],
    ];
    for (const [name, site, found] of pairs) if (site !== found) faults.push(`${name} of phase ${spec.number}`);
  }
  const stated = street.signal.rings.map((groups) => groups.flat().join());
  if (stated.join("|") !== timing.sequence.map((ring) => ring.join()).join("|")) faults.push("sequence");
  return faults;
}

/** What each invariant has against the plan, and against the patterns that stay in the device beside it. */
export function judge(street: Intersection, plan: Plan, timing: DeviceTiming): Judgement {
  const painted = paint(street, plan);
  const beside = timing.patterns.filter((other) => other.pattern !== plan.pattern);
  return {
    I1: conflicts(street, plan, painted),
    I2: minimums(street, painted),
    I3: [...foreignFields(plan), ...deviceAgrees(street, timing)],
    I4: [
      ...arithmetic(street, plan),
      ...beside.flatMap((other) => arithmetic(street, other).map((fault) => `pattern ${other.pattern}: ${fault}`)),
    ],
  };
}
