/** Vehicle detector inputs of the cabinet: what they call, what they extend, what is counted, and when they are broken. */
import { detectorOption } from "../../ntcip/oids.ts";
import type { Sizes } from "../database/layout.ts";
import type { Parameters } from "../database/parameters.ts";
import { type DetectorSettings, detectorSettings } from "./detector-settings.ts";
import { InputFaults } from "./input-faults.ts";
import type { Lamps } from "./lamps.ts";
import { VolumeOccupancy } from "./volume-occupancy.ts";

const PHASES = 16;
/** `vehicleDetectorFailTime` that never ends. */
const FOR_EVER_S = 255;

export class Detectors {
  readonly volumes: VolumeOccupancy;
  readonly faults: InputFaults;
  /** Vehicles since each phase last ended its green, by phase number minus one; for added initial and gap reduction. */
  readonly actuations = new Int32Array(PHASES);
  /** Phases called and phases extended now; bit 0 is phase 1. */
  called = 0;
  extended = 0;
  /** Phases that a detector locks a call for, besides the phases that lock every call. */
  locked = 0;
  readonly #sizes: Sizes;
  readonly #on: Uint8Array;
  readonly #went: Uint8Array;
  readonly #onSince: Float64Array;
  readonly #offSince: Float64Array;
  readonly #greenSince = new Float64Array(PHASES);
  #read: Parameters | null = null;
  #settings: DetectorSettings | null = null;
  #greens = 0;
  #faulty = false;
  #now_ds = 0;

  constructor(sizes: Sizes) {
    this.#sizes = sizes;
    const slots = sizes.detectors + 1;
    this.#on = new Uint8Array(slots);
    this.#went = new Uint8Array(slots);
    this.#onSince = new Float64Array(slots);
    this.#offSince = new Float64Array(slots).fill(-1e9);
    this.volumes = new VolumeOccupancy(sizes.detectors);
    this.faults = new InputFaults(sizes.detectors);
  }

  /** Channels count from 1; a channel the device does not have is a bug and throws. */
  set(channel: number, on: boolean): void {
    if (!Number.isInteger(channel) || channel < 1 || channel >= this.#on.length) {
      throw new Error(`there is no detector channel ${channel}`);
    }
    const before = this.#on[channel] === 1;
    if (before === on) return;
    this.#on[channel] = on ? 1 : 0;
    if (on) {
      this.#went[channel] = 1;
      this.#onSince[channel] = this.#now_ds;
    } else {
      this.#offSince[channel] = this.#now_ds;
    }
    this.faults.changed(channel, on, this.#now_ds);
  }

  isOn(channel: number): boolean {
    return this.#on[channel] === 1;
  }

  /** Eight channels as a bit field: group 1 is channels 1 to 8. */
  group(number: number): number {
    return bitsOf(this.#on, number);
  }

  /** The same, of channels with an alarm. */
  alarmGroup(number: number): number {
    return bitsOf(this.faults.bits, number);
  }

  /** Some detector is faulty. */
  get faulty(): boolean {
    return this.#faulty;
  }

  /** `vehicleDetectorReset`: what is known of the channel's faults is forgotten. */
  reset(channel: number): void {
    this.faults.forget(channel, this.#now_ds);
    this.#faulty = this.faults.bits.some((bits) => bits !== 0);
  }

  /** One step of 0.1 s; `lamps` are those of the step before. */
  step(parameters: Parameters, lamps: Lamps): void {
    this.#now_ds += 1;
    if (parameters !== this.#read) {
      this.#read = parameters;
      this.#settings = detectorSettings(parameters, this.#sizes);
    }
    const settings = this.#settings as DetectorSettings;
    this.#followGreens(lamps);
    this.called = this.extended = this.locked = 0;
    for (const channel of settings.used) this.#stepChannel(settings, channel, lamps);
    if (this.faults.step(settings.used, this.#on, settings, this.#now_ds)) {
      this.#faulty = this.faults.bits.some((bits) => bits !== 0);
    }
    this.volumes.step(settings, this.#on, this.faults.bits);
  }

  #followGreens({ greens }: Lamps): void {
    const changed = greens ^ this.#greens;
    for (let phase = 0; changed !== 0 && phase < PHASES; phase += 1) {
      if ((changed & (1 << phase)) === 0) continue;
      if ((greens & (1 << phase)) !== 0) this.#greenSince[phase] = this.#now_ds;
      else this.actuations[phase] = 0;
    }
    this.#greens = greens;
  }

  #stepChannel(settings: DetectorSettings, channel: number, lamps: Lamps): void {
    const went = this.#went[channel] === 1;
    this.#went[channel] = 0;
    if (went) this.volumes.count(settings, channel);
    if ((this.faults.bits[channel] ?? 0) !== 0) {
      this.#standIn(settings.fail_s[channel] ?? 0, settings.call[channel] ?? 0, lamps);
      return;
    }
    const counts = ((settings.options[channel] ?? 0) & detectorOption.addedInitial) !== 0;
    if (went && counts) this.#countFor(settings.call[channel] ?? 0);
    // A vehicle that came and went between two steps has been here.
    this.#actuate(settings, channel, this.#on[channel] === 1 || went, lamps);
  }

  /** Calls its phase, or extends it; or, where its own is red, the green one it is switched to. */
  #actuate(settings: DetectorSettings, channel: number, on: boolean, lamps: Lamps): void {
    const own = settings.call[channel] ?? 0;
    const other = settings.switchTo[channel] ?? 0;
    const switched = (lamps.greens & own) === 0 && (lamps.greens & other) !== 0;
    const phase = lamps.greens & (switched ? other : own);
    if (phase !== 0 && this.#extends(settings, channel, phase, on)) this.extended |= phase;
    const calls = ((settings.options[channel] ?? 0) & detectorOption.call) !== 0;
    if (on && !switched && calls) this.#call(settings, channel, lamps);
  }

  /** A call for a phase that is not green, once it has lasted its delay. */
  #call(settings: DetectorSettings, channel: number, lamps: Lamps): void {
    const own = settings.call[channel] ?? 0;
    const waited_ds = this.#now_ds - (this.#onSince[channel] ?? 0);
    if ((lamps.greens & own) !== 0 || waited_ds < (settings.delay_ds[channel] ?? 0)) return;
    const options = settings.options[channel] ?? 0;
    this.called |= own;
    if ((options & detectorOption.yellowLockCall) !== 0) this.locked |= own;
    if ((options & detectorOption.redLockCall) !== 0) this.locked |= own & lamps.reds;
  }

  /** A passage detector extends while it is covered and a while longer; a queue detector only in the green's first seconds. */
  #extends(settings: DetectorSettings, channel: number, phase: number, on: boolean): boolean {
    const options = settings.options[channel] ?? 0;
    const green_ds = this.#now_ds - (this.#greenSince[31 - Math.clz32(phase)] ?? 0);
    if ((options & detectorOption.queue) !== 0) {
      const limit = settings.queueLimit_ds[channel] ?? 0;
      return on && (limit === 0 || green_ds < limit);
    }
    if ((options & detectorOption.passage) === 0) return false;
    return on || this.#now_ds - (this.#offSince[channel] ?? 0) <= (settings.extend_ds[channel] ?? 0);
  }

  #countFor(phases: number): void {
    const phase = 31 - Math.clz32(phases);
    if (phase >= 0) this.actuations[phase] = (this.actuations[phase] ?? 0) + 1;
  }

  /** A broken detector calls all the time and extends each green for its fail time. */
  #standIn(fail_s: number, own: number, lamps: Lamps): void {
    if (fail_s === 0 || own === 0) return;
    if ((lamps.greens & own) === 0) {
      this.called |= own;
      return;
    }
    const green_ds = this.#now_ds - (this.#greenSince[31 - Math.clz32(own)] ?? 0);
    if (fail_s === FOR_EVER_S || green_ds < fail_s * 10) this.extended |= own;
  }
}

function bitsOf(flags: Uint8Array, group: number): number {
  let bits = 0;
  for (let bit = 0; bit < 8; bit += 1) if ((flags[group * 8 - 7 + bit] ?? 0) !== 0) bits |= 1 << bit;
  return bits;
}
