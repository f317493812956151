/** Vehicle detector inputs of the cabinet, and the phases they call while they are on. */
import type { Sizes } from "../database/layout.ts";
import type { Parameters } from "../database/parameters.ts";

/** Detector option bit 7: the detector calls its phase. */
const CALL = 1 << 7;

export class Detectors {
  readonly #on: Uint8Array;
  #active = 0;

  constructor(sizes: Sizes) {
    this.#on = new Uint8Array(sizes.detectors + 1);
  }

  /** Channels count from 1; a channel the device does not have is a bug and throws. */
  set(channel: number, on: boolean): void {
    if (!Number.isInteger(channel) || channel < 1 || channel >= this.#on.length) {
      throw new Error(`there is no detector channel ${channel}`);
    }
    const before = this.#on[channel] ?? 0;
    this.#on[channel] = on ? 1 : 0;
    this.#active += (on ? 1 : 0) - before;
  }

  /** Eight channels as a bit field: group 1 is channels 1 to 8. */
  group(number: number): number {
    let bits = 0;
    for (let bit = 0; bit < 8; bit += 1) bits |= (this.#on[number * 8 - 7 + bit] ?? 0) << bit;
    return bits;
  }

  /** Mask of the phases called now; bit 0 is phase 1. */
  called(parameters: Parameters): number {
    if (this.#active === 0) return 0;
    let phases = 0;
    for (let channel = 1; channel < this.#on.length; channel += 1) {
      if (this.#on[channel] === 0 || (parameters.number("vehicleDetectorOptions", channel) & CALL) === 0) continue;
      const phase = parameters.number("vehicleDetectorCallPhase", channel);
      if (phase > 0) phases |= 1 << (phase - 1);
    }
    return phases;
  }
}
