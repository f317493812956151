/** Watches whether a called pattern comes into step, and remembers local zero until somebody reads it. */
import type { Coordination } from "../../../core/signal/machine/machine.ts";

/** NTCIP 1202: a called pattern must run without offset correction within three cycles. */
const CYCLES = 3;

export class CoordinationWatch {
  #out_ds = 0;
  #called: number | null = null;
  #localZero = false;

  step(called: number | null, now: Coordination | null): void {
    if (called !== this.#called) this.#out_ds = 0;
    this.#called = called;
    const inStep = called === null || (now?.pattern === called && !now.inTransition);
    this.#out_ds = inStep ? 0 : this.#out_ds + 1;
    if (now?.local_ds === 0) this.#localZero = true;
  }

  /** True when the pattern has been out of step for more than three of its cycles. */
  alarm(cycle_ds: number): boolean {
    return this.#called !== null && this.#out_ds > CYCLES * cycle_ds;
  }

  /** Latched until read. */
  takeLocalZero(): boolean {
    const passed = this.#localZero;
    this.#localZero = false;
    return passed;
  }
}
