/** Watches that every call is served: NTCIP 1202 calls two cycles without service a fault, coordinated or free. */
import type { MachineConfig } from "../../../core/signal/machine/types.ts";

const CYCLES = 2;

/** How coordination serves calls, over more than one fault (NTCIP 1202, unitAlarmStatus1). */
class CoordinationFault {
  #wasFault = false;
  #fault_ds = 0;
  /** Since the call of the last fault was served; null where there was none, or coordination has done well since. */
  #served_ds: number | null = null;
  #failed = false;

  /** One step under coordination; null where there is none, which ends it all. */
  step(cycleFault: boolean | null, limit_ds: number): void {
    if (cycleFault === null) {
      this.#wasFault = false;
      this.#served_ds = null;
      this.#failed = false;
      return;
    }
    if (cycleFault && !this.#wasFault) {
      // Again within two cycles of the last one.
      this.#failed ||= this.#served_ds !== null;
      this.#fault_ds = 0;
    }
    if (cycleFault) this.#fault_ds += 1;
    else if (this.#wasFault) this.#served_ds = this.#fault_ds <= limit_ds ? 0 : null;
    else if (this.#served_ds !== null) this.#served_ds = this.#served_ds < limit_ds ? this.#served_ds + 1 : null;
    this.#wasFault = cycleFault;
  }

  get fault(): boolean {
    return this.#served_ds !== null && !this.#failed;
  }

  get fail(): boolean {
    return this.#failed;
  }
}

const PHASES = 16;

export class ServiceWatch {
  readonly #waited_ds = new Int32Array(PHASES);
  #config: MachineConfig | null = null;
  #freeCycle_ds = 0;
  #longest_ds = 0;
  #coordinated = false;
  #limit_ds = 0;
  readonly #coordination = new CoordinationFault();

  /** One step: `waiting` are phases with a call and no green (bit 0 is phase 1); `cycle_ds` is null when free. */
  step(config: MachineConfig, waiting: number, cycle_ds: number | null): void {
    if (config !== this.#config) {
      this.#config = config;
      this.#freeCycle_ds = longestRound(config);
    }
    this.#coordinated = cycle_ds !== null;
    this.#limit_ds = CYCLES * (cycle_ds ?? this.#freeCycle_ds);
    this.#longest_ds = 0;
    for (let phase = 0; phase < PHASES; phase += 1) {
      const waited = (waiting & (1 << phase)) === 0 ? 0 : (this.#waited_ds[phase] ?? 0) + 1;
      this.#waited_ds[phase] = waited;
      if (waited > this.#longest_ds) this.#longest_ds = waited;
    }
    this.#coordination.step(this.#coordinated ? this.cycleFault : null, this.#limit_ds);
  }

  /** `cycleFault`: under coordination somebody has waited for more than two cycles. */
  get cycleFault(): boolean {
    return this.#coordinated && this.#longest_ds > this.#limit_ds;
  }

  /** `coordFault`: the call of a cycle fault was served within two cycles after it; for two cycles from then on. */
  get coordFault(): boolean {
    return this.#coordination.fault;
  }

  /** `coordFail`: another cycle fault within that time; until coordination ends. */
  get coordFail(): boolean {
    return this.#coordination.fail;
  }

  /** `cycleFail`: the same when free, a cycle being every phase at its maximum. */
  get cycleFail(): boolean {
    return !this.#coordinated && this.#longest_ds > this.#limit_ds;
  }
}

/** All barrier groups one after the other, each as long as its longest ring with every green at its maximum. */
function longestRound({ rings, phases }: MachineConfig): number {
  const service = new Map(
    phases.map((phase) => {
      const green = Math.max(phase.max_green_ds, phase.walk_ds + phase.ped_clear_ds);
      return [phase.number, green + phase.yellow_ds + phase.red_clear_ds];
    }),
  );
  const groups = (rings[0] ?? []).map((_, group) =>
    Math.max(...rings.map((ring) => (ring[group] ?? []).reduce((sum, phase) => sum + (service.get(phase) ?? 0), 0))),
  );
  return groups.reduce((sum, length) => sum + length, 0);
}
