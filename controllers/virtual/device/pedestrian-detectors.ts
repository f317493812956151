/** Push buttons of the cabinet. */
import type { Sizes } from "../database/layout.ts";
import type { Parameters } from "../database/parameters.ts";
import { type PedestrianSettings, pedestrianSettings } from "./detector-settings.ts";
import { InputFaults } from "./input-faults.ts";

export class PedestrianDetectors {
  readonly faults: InputFaults;
  /** Phases whose button is pressed now, or is broken: nobody waits for ever behind a broken button. */
  called = 0;
  readonly #sizes: Sizes;
  readonly #on: Uint8Array;
  #read: Parameters | null = null;
  #settings: PedestrianSettings | null = null;
  #now_ds = 0;

  constructor(sizes: Sizes) {
    this.#sizes = sizes;
    this.#on = new Uint8Array(sizes.pedestrianDetectors + 1);
    this.faults = new InputFaults(sizes.pedestrianDetectors);
  }

  /** Buttons count from 1; one the device does not have is a bug and throws. */
  set(button: number, on: boolean): void {
    if (!Number.isInteger(button) || button < 1 || button >= this.#on.length) {
      throw new Error(`there is no pedestrian detector ${button}`);
    }
    if ((this.#on[button] === 1) === on) return;
    this.#on[button] = on ? 1 : 0;
    this.faults.changed(button, on, this.#now_ds);
  }

  isOn(button: number): boolean {
    return this.#on[button] === 1;
  }

  step(parameters: Parameters): void {
    this.#now_ds += 1;
    if (parameters !== this.#read) {
      this.#read = parameters;
      this.#settings = pedestrianSettings(parameters, this.#sizes);
    }
    const settings = this.#settings as PedestrianSettings;
    this.called = 0;
    for (const button of settings.used) {
      if (this.#on[button] === 1 || (this.faults.bits[button] ?? 0) !== 0) this.called |= settings.call[button] ?? 0;
    }
    this.faults.step(settings.used, this.#on, settings, this.#now_ds);
  }
}
