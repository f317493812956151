/** Volume and occupancy of the detectors over fixed periods, as NTCIP 1202 reports them. */
import { detectorOption, occupancyFault } from "../../ntcip/oids.ts";
import type { DetectorSettings } from "./detector-settings.ts";
import { inputAlarm } from "./input-faults.ts";

/** Reported where more than 254 vehicles passed. */
const OVERFLOW = 255;
/** Half per cents of a whole period. */
const ALWAYS = 200;

export class VolumeOccupancy {
  /** Of the last whole period, by channel. */
  readonly volume: Uint8Array;
  readonly occupancy: Uint8Array;
  #sequence = 0;
  #active = 0;
  readonly #counts: Int32Array;
  readonly #covered: Int32Array;
  #elapsed_ds = 0;

  constructor(channels: number) {
    this.volume = new Uint8Array(channels + 1);
    this.occupancy = new Uint8Array(channels + 1);
    this.#counts = new Int32Array(channels + 1);
    this.#covered = new Int32Array(channels + 1);
  }

  /** One more at the end of every period; wraps at 255. */
  get sequence(): number {
    return this.#sequence;
  }

  /** Channels that measure something. */
  get active(): number {
    return this.#active;
  }

  count(settings: DetectorSettings, channel: number): void {
    if (((settings.options[channel] ?? 0) & detectorOption.volume) !== 0) {
      this.#counts[channel] = (this.#counts[channel] ?? 0) + 1;
    }
  }

  step(settings: DetectorSettings, on: Uint8Array, alarms: Uint8Array): void {
    if (settings.period_ds === 0) {
      this.#elapsed_ds = 0;
      return;
    }
    for (const channel of settings.used) this.#covered[channel] = (this.#covered[channel] ?? 0) + (on[channel] ?? 0);
    this.#elapsed_ds += 1;
    if (this.#elapsed_ds < settings.period_ds) return;
    this.#active = 0;
    for (const channel of settings.used) this.#report(settings, channel, alarms[channel] ?? 0);
    this.#elapsed_ds = 0;
    this.#sequence = (this.#sequence + 1) & 0xff;
  }

  #report(settings: DetectorSettings, channel: number, alarms: number): void {
    const options = settings.options[channel] ?? 0;
    if ((options & (detectorOption.volume | detectorOption.occupancy)) !== 0) this.#active += 1;
    this.volume[channel] = Math.min(OVERFLOW, this.#counts[channel] ?? 0);
    const share = Math.round((ALWAYS * (this.#covered[channel] ?? 0)) / this.#elapsed_ds);
    const measured = (options & detectorOption.occupancy) === 0 ? 0 : Math.min(ALWAYS, share);
    this.occupancy[channel] = faultOf(alarms) ?? measured;
    this.#counts[channel] = 0;
    this.#covered[channel] = 0;
  }
}

function faultOf(alarms: number): number | null {
  if ((alarms & inputAlarm.maxPresence) !== 0) return occupancyFault.maxPresence;
  if ((alarms & inputAlarm.noActivity) !== 0) return occupancyFault.noActivity;
  return (alarms & inputAlarm.erratic) !== 0 ? occupancyFault.erratic : null;
}
