/**
 * I1 on the fixed-time realisation. Each ring is laid out by itself, its splits one after the other from the start
 * of its first barrier group: this uses neither the barriers nor the machine's timetable, so it catches rings that
 * drift apart. Two phases may be on together only if the ring structure says so and they are not listed as conflict.
 */
import type { Problem } from "../../problems/problem.ts";
import { deciseconds } from "../machine/convert.ts";
import { clearance_ds, intergreen_ds, needGreen_s } from "../needs.ts";
import type { Plan } from "../plan.ts";
import type { SignalSpec } from "../schema.ts";
import type { Report } from "./report.ts";

interface Slot {
  readonly phase: number;
  readonly ring: number;
  readonly group: number;
  /** In [0, cycle). */
  readonly start: number;
  readonly end_of_green: number;
}

export function overlapProblems(signal: SignalSpec, plan: Plan, report: Report): readonly Problem[] {
  const cycle = deciseconds(plan.cycle_s);
  const slots = layOut(signal, plan).filter((slot) => slot.end_of_green > slot.start);
  const found: Problem[] = [];
  for (const [i, a] of slots.entries()) {
    for (const b of slots.slice(i + 1)) {
      if (mayRunTogether(signal, a, b)) continue;
      const at = firstOverlap(signal, a, b, cycle);
      if (at !== null) found.push(report("CONFLICTING_GREENS", "splits", { a: a.phase, b: b.phase, at_s: at / 10 }));
    }
  }
  return found.length > 0 ? found : slots.flatMap((slot) => shortGreen(signal, slots, slot, cycle, report));
}

function layOut(signal: SignalSpec, plan: Plan): readonly Slot[] {
  const splits = new Map(plan.splits.filter((s) => s.mode !== "omitted").map((s) => [s.phase, s.split_s]));
  return signal.rings.flatMap((ring, r) => {
    let start = 0;
    return ring.flatMap((group, g) =>
      group.map((phase) => {
        const split = deciseconds(splits.get(phase) ?? 0);
        const end_of_green = start + Math.max(0, split - clearance_ds(signal, phase));
        const slot = { phase, ring: r, group: g, start, end_of_green };
        start += split;
        return slot;
      }),
    );
  });
}

function mayRunTogether(signal: SignalSpec, a: Slot, b: Slot): boolean {
  if (a.ring === b.ring || a.group !== b.group) return false;
  return !signal.conflicts.some((c) => (c.a === a.phase && c.b === b.phase) || (c.a === b.phase && c.b === a.phase));
}

const modulo = (n: number, cycle: number): number => ((n % cycle) + cycle) % cycle;

/** Instant at which one starts while the other still shows green, yellow or its red clearance. */
function firstOverlap(signal: SignalSpec, a: Slot, b: Slot, cycle: number): number | null {
  const cleared = (slot: Slot): number => slot.end_of_green - slot.start + clearance_ds(signal, slot.phase);
  if (modulo(b.start - a.start, cycle) < cleared(a)) return modulo(b.start, cycle);
  if (modulo(a.start - b.start, cycle) < cleared(b)) return modulo(a.start, cycle);
  return null;
}

/** A conflict-specific intergreen longer than yellow + red delays a green; what is left must still be enough (I2). */
function shortGreen(
  signal: SignalSpec,
  slots: readonly Slot[],
  slot: Slot,
  cycle: number,
  report: Report,
): readonly Problem[] {
  let lead = 0;
  let after = 0;
  for (const other of slots) {
    if (mayRunTogether(signal, slot, other) || other.phase === slot.phase) continue;
    const gap = modulo(slot.start - other.end_of_green, cycle);
    const wait = intergreen_ds(signal, other.phase, slot.phase) - gap;
    if (wait > lead) [lead, after] = [wait, other.phase];
  }
  const phase = signal.phases.find((p) => p.number === slot.phase);
  const green_s = (slot.end_of_green - slot.start - lead) / 10;
  if (phase === undefined || lead === 0 || green_s >= needGreen_s(phase)) return [];
  return [report("GREEN_SHORT", "splits", { phase: slot.phase, after, green_s, need_s: needGreen_s(phase) })];
}
