/** Preempt and overlap rows of a device, held to the rules that the site file is held to. */
import type { Intersection } from "../../core/network/schema.ts";
import { type Problem, problem } from "../../core/problems/problem.ts";
import type { Clearance } from "../../core/signal/schema.ts";
import { overlapLampProblems } from "../../core/signal/validate/overlap-lamps.ts";
import { preemptProblems } from "../../core/signal/validate/preempts.ts";
import type { DatabaseFacts, PreemptRow } from "./database-facts.ts";

/** Of a row that shows nothing, only its clearances count: its input may be wired, and then it ends what runs. */
const OF_UNUSED: readonly Problem["code"][] = ["PREEMPT_ENTRY_SHORT"];

export function preemptRowProblems({ id, signal }: Intersection, facts: DatabaseFacts): readonly Problem[] {
  const report = (code: Problem["code"], path: string, words: Problem["words"]): Problem =>
    problem(code, { intersection: id, ...words }, { path });
  const used = new Set(facts.preempts.filter((row) => row.used).map((row) => row.preempt.number));
  const preempts = facts.preempts.map((row) => row.preempt);
  const found = preemptProblems({ ...signal, preempts }, report).filter(
    ({ code, words }) => OF_UNUSED.includes(code) || used.has(Number(words["preempt"])),
  );
  return [
    ...found,
    ...preempts.flatMap((preempt) => trackProblems(preempt, signal.clearances, report)),
    ...overlapLampProblems({ ...signal, overlaps: [...facts.overlaps] }, report),
  ];
}

type Report = (code: Problem["code"], path: string, words: Problem["words"]) => Problem;

/** The track phases end like any other: not under their own yellow and red. */
function trackProblems(preempt: PreemptRow, clearances: readonly Clearance[], report: Report) {
  const { number, track_phases, track_yellow_s, track_red_clear_s } = preempt;
  const own = clearances.filter(({ phase }) => track_phases.includes(phase));
  return own.flatMap(({ phase, yellow_s, red_clear_s }) => {
    const pairs = [
      ["track_yellow_s", track_yellow_s, yellow_s],
      ["track_red_clear_s", track_red_clear_s, red_clear_s],
    ] as const;
    return pairs.flatMap(([what, got_s, need_s]) =>
      got_s === undefined || got_s >= need_s
        ? []
        : [report("PREEMPT_ENTRY_SHORT", "preempts", { preempt: number, what, got_s, phase, need_s })],
    );
  });
}
