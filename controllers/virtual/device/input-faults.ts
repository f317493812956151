/** What is wrong with the inputs of detectors: nothing for too long, on for too long, or too many vehicles a minute. */
import type { Diagnosis } from "./detector-settings.ts";

/** Bits of `vehicleDetectorAlarms` and `pedestrianDetectorAlarms`. */
export const inputAlarm = { noActivity: 1 << 0, maxPresence: 1 << 1, erratic: 1 << 2 } as const;

const MINUTE_DS = 600;

export class InputFaults {
  /** Alarm bits by channel. */
  readonly bits: Uint8Array;
  readonly #since: Float64Array;
  readonly #counts: Int32Array;

  constructor(channels: number) {
    this.bits = new Uint8Array(channels + 1);
    this.#since = new Float64Array(channels + 1);
    this.#counts = new Int32Array(channels + 1);
  }

  /** The input went on or off. A change ends every fault that a change disproves. */
  changed(channel: number, on: boolean, now_ds: number): void {
    this.#since[channel] = now_ds;
    if (on) this.#counts[channel] = (this.#counts[channel] ?? 0) + 1;
    this.bits[channel] = (this.bits[channel] ?? 0) & ~(inputAlarm.noActivity | inputAlarm.maxPresence);
  }

  forget(channel: number, now_ds: number): void {
    this.bits[channel] = 0;
    this.#since[channel] = now_ds;
    this.#counts[channel] = 0;
  }

  /** One step; returns true when some fault began or ended. */
  step(channels: readonly number[], on: Uint8Array, diagnosis: Diagnosis, now_ds: number): boolean {
    const minuteEnds = now_ds % MINUTE_DS === 0;
    let moved = false;
    for (const channel of channels) {
      const before = this.bits[channel] ?? 0;
      let bits = before | this.#lasting(channel, on[channel] === 1, diagnosis, now_ds);
      if (minuteEnds) bits = this.#judgeMinute(channel, bits, diagnosis.erraticCounts[channel] ?? 0);
      this.bits[channel] = bits;
      if (bits !== before) moved = true;
    }
    return moved;
  }

  /** What has lasted too long by now. */
  #lasting(channel: number, on: boolean, diagnosis: Diagnosis, now_ds: number): number {
    const lasted_ds = now_ds - (this.#since[channel] ?? 0);
    const quiet_ds = diagnosis.noActivity_ds[channel] ?? 0;
    const presence_ds = diagnosis.maxPresence_ds[channel] ?? 0;
    const quiet = quiet_ds > 0 && lasted_ds >= quiet_ds ? inputAlarm.noActivity : 0;
    const present = presence_ds > 0 && on && lasted_ds >= presence_ds ? inputAlarm.maxPresence : 0;
    return quiet | present;
  }

  #judgeMinute(channel: number, bits: number, most: number): number {
    const erratic = most > 0 && (this.#counts[channel] ?? 0) > most;
    this.#counts[channel] = 0;
    return erratic ? bits | inputAlarm.erratic : bits & ~inputAlarm.erratic;
  }
}
