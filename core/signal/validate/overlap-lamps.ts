/** Overlaps: green with phases that conflict with nothing that crosses them, and no shorter an end than their phases. */
import type { Problem } from "../../problems/problem.ts";
import { deciseconds } from "../machine/convert.ts";
import { intergreen_ds } from "../needs.ts";
import type { SignalSpec } from "../schema.ts";
import type { Overlap } from "../sections/overlap.ts";
import { mayMeet } from "../structure.ts";
import type { Report } from "./report.ts";

export function overlapLampProblems(signal: SignalSpec, report: Report): readonly Problem[] {
  const seen = new Set<number>();
  return (signal.overlaps ?? []).flatMap((overlap, i) => {
    const path = `signal.overlaps.${i}`;
    const twice = seen.has(overlap.number)
      ? [report("OVERLAP_TWICE", `${path}.number`, { overlap: overlap.number })]
      : [];
    seen.add(overlap.number);
    return [
      ...twice,
      ...unknownPhases(signal, overlap, path, report),
      ...modifiers(overlap, path, report),
      ...foes(signal, overlap, path, report),
      ...shortTrails(signal, overlap, path, report),
    ];
  });
}

function unknownPhases(signal: SignalSpec, overlap: Overlap, path: string, report: Report): readonly Problem[] {
  const lists = ["phases", "modifier_phases", "conflicts"] as const;
  return lists.flatMap((list) =>
    overlap[list].flatMap((phase, i) =>
      signal.phases.some(({ number }) => number === phase)
        ? []
        : [report("PHASE_UNKNOWN", `${path}.${list}.${i}`, { phase, where: `overlap ${overlap.number}` })],
    ),
  );
}

function modifiers({ number, type, modifier_phases }: Overlap, path: string, report: Report): readonly Problem[] {
  const count = modifier_phases.length;
  if ((type === "minus_green_yellow") === count > 0) return [];
  return [report("OVERLAP_MODIFIER", `${path}.modifier_phases`, { overlap: number, type, count })];
}

const trail_ds = (overlap: Overlap): number =>
  deciseconds(overlap.trail_green_s) + deciseconds(overlap.trail_yellow_s) + deciseconds(overlap.trail_red_s);

/** A phase that crosses it never runs with a phase that it includes, and never starts before its trail is over. */
function foes(signal: SignalSpec, overlap: Overlap, path: string, report: Report): readonly Problem[] {
  const { number, conflicts, phases } = overlap;
  return conflicts.flatMap((foe) =>
    phases.flatMap((parent) => {
      if (parent === foe || mayMeet(signal, parent, foe)) {
        return [report("OVERLAP_CONFLICT", `${path}.conflicts`, { overlap: number, parent, foe })];
      }
      const between_ds = intergreen_ds(signal, parent, foe);
      if (phases.includes(foe) || trail_ds(overlap) <= between_ds) return [];
      const words = { overlap: number, parent, foe, trail_s: trail_ds(overlap) / 10, got_s: between_ds / 10 };
      return [report("OVERLAP_TRAILS_INTO", `${path}.trail_green_s`, words)];
    }),
  );
}

/** An end of its own has a yellow and a red as long as those of its phases. */
function shortTrails(signal: SignalSpec, overlap: Overlap, path: string, report: Report): readonly Problem[] {
  if (trail_ds(overlap) === 0) return [];
  const own = signal.clearances.filter(({ phase }) => overlap.phases.includes(phase));
  const ends = [
    ["trail_yellow_s", overlap.trail_yellow_s, Math.max(0, ...own.map(({ yellow_s }) => yellow_s))],
    ["trail_red_s", overlap.trail_red_s, Math.max(0, ...own.map(({ red_clear_s }) => red_clear_s))],
  ] as const;
  return ends.flatMap(([what, got_s, need_s]) =>
    got_s >= need_s
      ? []
      : [report("OVERLAP_TRAIL_SHORT", `${path}.${what}`, { overlap: overlap.number, what, got_s, need_s })],
  );
}
