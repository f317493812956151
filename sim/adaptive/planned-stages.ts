/** The stage that a signal's own program would show, or be changing to, at a moment: what it falls back to, in step with others. */
import { cycleOf_s, phaseAt } from "../engine/signal-phase.ts";
import type { SignalProgram } from "../network/road-network.ts";
import type { SignalRules } from "../street/signal-rules.ts";

export class PlannedStages {
  readonly #program: SignalProgram;
  readonly #cycle_s: number;
  /** By phase: its stage, or the next one's where it is a change. */
  readonly #stages: readonly number[];

  constructor(program: SignalProgram, { stages }: SignalRules) {
    const { phases } = program;
    this.#program = program;
    this.#cycle_s = cycleOf_s(program);
    this.#stages = phases.map((_, from) => {
      for (let on = 0; on < phases.length; on += 1) {
        const stage = stages.indexOf(phases[(from + on) % phases.length]?.state ?? "");
        if (stage !== -1) return stage;
      }
      return 0;
    });
  }

  at(now_s: number): number {
    return this.#stages[phaseAt(this.#program, this.#cycle_s, now_s).phase] as number;
  }
}
