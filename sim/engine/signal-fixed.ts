/** A fixed-time program: its phases one after the other, for ever. */
import type { SignalProgram } from "../network/road-network.ts";
import { cycleOf_s, phaseAt } from "./signal-phase.ts";

export class FixedSignal {
  readonly #program: SignalProgram;
  readonly #cycle_s: number;
  #state = "";
  #until_s = Number.NEGATIVE_INFINITY;

  constructor(program: SignalProgram) {
    this.#program = program;
    this.#cycle_s = cycleOf_s(program);
  }

  /** What is shown from `now_s` on. */
  wants(now_s: number): string {
    if (now_s < this.#until_s) return this.#state;
    const { phase, left_s } = phaseAt(this.#program, this.#cycle_s, now_s);
    this.#until_s = now_s + left_s;
    this.#state = this.#program.phases[phase]?.state ?? "";
    return this.#state;
  }
}
