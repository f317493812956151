/** Why each phase last ended its green, as `ringStatus` tells it. */
import type { MachineEvent } from "../../../core/signal/machine/types.ts";
import { ringEnd } from "../../ntcip/oids.ts";

export class GreenEnds {
  readonly #bits = new Uint8Array(17);

  hear(events: readonly MachineEvent[]): void {
    for (const { phase, kind } of events) {
      if (kind === "begin_green") this.#bits[phase] = 0;
      else if (kind === "gap_out") this.#bits[phase] = ringEnd.gapOut;
      else if (kind === "max_out") this.#bits[phase] = ringEnd.maxOut;
      else if (kind === "force_off") this.#bits[phase] = ringEnd.forceOff;
    }
  }

  /** Bits of `ringStatus` for the phase of this number. */
  of(phase: number): number {
    return this.#bits[phase] ?? 0;
  }
}
