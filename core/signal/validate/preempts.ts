/**
 * Preempts: entry never cuts a clearance, cuts a green, a walk or a pedestrian clearance only where somebody signed for
 * it, shows nothing together that conflicts, and ends by itself.
 */
import type { Problem } from "../../problems/problem.ts";
import type { SignalSpec } from "../schema.ts";
import type { Preempt } from "../sections/preempt.ts";
import { mayMeet, pairsOf } from "../structure.ts";
import type { Report } from "./report.ts";

export function preemptProblems(signal: SignalSpec, report: Report): readonly Problem[] {
  const seen = new Set<number>();
  return (signal.preempts ?? []).flatMap((preempt, i) => {
    const path = `signal.preempts.${i}`;
    const twice = seen.has(preempt.number)
      ? [report("PREEMPT_TWICE", `${path}.number`, { preempt: preempt.number })]
      : [];
    seen.add(preempt.number);
    return [
      ...twice,
      ...together(signal, preempt, path, report),
      ...entry(signal, preempt, path, report),
      ...unsigned(signal, preempt, path, report),
      ...course(preempt, path, report),
      ...link(signal, preempt, path, report),
    ];
  });
}

function together(signal: SignalSpec, preempt: Preempt, path: string, report: Report): readonly Problem[] {
  const { number } = preempt;
  const where = { where: `preempt ${number}`, preempt: number };
  return (["track_phases", "dwell_phases", "exit_phases"] as const).flatMap((what) => {
    const unknown = preempt[what].flatMap((phase, i) =>
      signal.phases.some((known) => known.number === phase)
        ? []
        : [report("PHASE_UNKNOWN", `${path}.${what}.${i}`, { phase, ...where })],
    );
    const meeting = pairsOf(preempt[what])
      .filter(([a, b]) => !mayMeet(signal, a, b))
      .map(([a, b]) => report("PREEMPT_TOGETHER", `${path}.${what}`, { preempt: number, a, b, what }));
    return [...unknown, ...meeting];
  });
}

/** Columns 22 and 23 of the preempt table take the place of the phase's own times: they may only be longer. */
function entry(signal: SignalSpec, preempt: Preempt, path: string, report: Report): readonly Problem[] {
  return signal.clearances.flatMap(({ phase, yellow_s, red_clear_s }) => {
    const pairs = [
      ["enter_yellow_s", preempt.enter_yellow_s, yellow_s],
      ["enter_red_clear_s", preempt.enter_red_clear_s, red_clear_s],
    ] as const;
    return pairs.flatMap(([what, got_s, need_s]) =>
      got_s === undefined || got_s >= need_s
        ? []
        : [report("PREEMPT_ENTRY_SHORT", `${path}.${what}`, { preempt: preempt.number, what, got_s, phase, need_s })],
    );
  });
}

function unsigned(signal: SignalSpec, preempt: Preempt, path: string, report: Report): readonly Problem[] {
  if (preempt.signed_off !== undefined) return [];
  return signal.phases.flatMap((phase) => {
    const pairs = [
      ["min_green_s", preempt.min_green_s, phase.min_green_s],
      ["min_walk_s", preempt.min_walk_s, phase.walk_s],
      ["enter_ped_clear_s", preempt.enter_ped_clear_s, phase.ped_clear_s],
    ] as const;
    return pairs.flatMap(([what, got_s, need_s]) => {
      if (got_s === undefined || got_s >= need_s) return [];
      const words = { preempt: preempt.number, what, got_s, phase: phase.number, need_s };
      return [report("PREEMPT_UNSIGNED", `${path}.${what}`, words)];
    });
  });
}

function course(preempt: Preempt, path: string, report: Report): readonly Problem[] {
  const { number, kind, track_phases, track_green_s, delay_s, min_duration_s, dwell_green_s, max_presence_s } = preempt;
  const found: Problem[] = [];
  const tracked = track_phases.length > 0;
  if (tracked !== track_green_s > 0 || (kind === "rail" && !tracked)) {
    const words = { preempt: number, kind, phases: track_phases.length, green_s: track_green_s };
    found.push(report("PREEMPT_TRACK", `${path}.track_phases`, words));
  }
  if ((preempt.dwell_flash === true) === preempt.dwell_phases.length > 0) {
    found.push(report("PREEMPT_DWELL", `${path}.dwell_phases`, { preempt: number }));
  }
  const need_s = delay_s + Math.max(min_duration_s, track_green_s + dwell_green_s);
  if (max_presence_s < need_s) {
    const words = { preempt: number, got_s: max_presence_s, need_s };
    found.push(report("PREEMPT_ENDLESS", `${path}.max_presence_s`, words));
  }
  return found;
}

const RANKS = ["rail", "emergency", "transit"];

/** A link goes to another preempt, of no higher rank, and never back to where it came from. */
function link({ preempts = [] }: SignalSpec, preempt: Preempt, path: string, report: Report): readonly Problem[] {
  if (preempt.link === undefined) return [];
  const fault = linkFault(preempts, preempt);
  if (fault === null) return [];
  return [report(fault, `${path}.link`, { preempt: preempt.number, link: preempt.link })];
}

function linkFault(preempts: readonly Preempt[], preempt: Preempt): Problem["code"] | null {
  const next = preempts.find(({ number }) => number === preempt.link);
  if (next === undefined) return "PREEMPT_LINK_UNKNOWN";
  if (RANKS.indexOf(next.kind) < RANKS.indexOf(preempt.kind)) return "PREEMPT_LINK_RANK";
  const passed = new Set([preempt.number]);
  for (let at: Preempt | undefined = next; at !== undefined; ) {
    if (passed.has(at.number)) return "PREEMPT_LINK_CIRCLE";
    passed.add(at.number);
    const on: number | undefined = at.link;
    at = preempts.find(({ number }) => number === on);
  }
  return null;
}
