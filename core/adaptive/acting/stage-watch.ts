/** Which stage a device shows and what of it may end, from what the device says second by second. */
import type { SignalSpec } from "../../signal/schema.ts";
import type { DeviceView } from "./device-view.ts";
import { bitOf, phasesIn, type RingStage } from "./ring-stages.ts";

/** So long without a yellow or a red clearance, and part of a stage is all that will come by itself, s. */
const settled_s = 3;

export class StageWatch {
  readonly #stages: readonly RingStage[];
  /** By phase number. */
  readonly #minGreen_s: ReadonlyMap<number, number>;
  readonly #green_s = new Float64Array(17);
  #quiet_s = 0;
  #shown_s = 0;
  #complete = false;
  #busy = 0;
  /** The stage that is shown, or being changed to. */
  stage = 0;

  constructor({ phases }: SignalSpec, stages: readonly RingStage[]) {
    this.#stages = stages;
    this.#minGreen_s = new Map(phases.map(({ number, min_green_s }) => [number, min_green_s]));
  }

  /** `wanted`: the stage that the device was last asked for, `dt_s` ago. */
  look({ greens, ons, walks, pedClears }: DeviceView, wanted: number, dt_s: number): void {
    for (let phase = 1; phase < this.#green_s.length; phase += 1) {
      this.#green_s[phase] = (greens & bitOf(phase)) === 0 ? 0 : (this.#green_s[phase] as number) + dt_s;
    }
    this.#busy = (walks | pedClears) & greens;
    const clear = ons === greens && greens !== 0;
    this.#quiet_s = clear ? this.#quiet_s + dt_s : 0;
    const shown = clear ? this.#stages.findIndex(({ mask }) => mask === greens) : -1;
    const part = this.#quiet_s > settled_s ? this.#stages.findIndex(({ mask }) => (mask & greens) === greens) : -1;
    const found = shown === -1 ? part : shown;
    this.#complete = found !== -1;
    this.#shown_s = this.#complete && found === this.stage ? this.#shown_s + dt_s : 0;
    this.stage = this.#complete ? found : wanted;
  }

  /** Everything of it that will come by itself is green. */
  get complete(): boolean {
    return this.#complete;
  }

  get shown_s(): number {
    return this.#shown_s;
  }

  /** May all of these end their green at once? Those that are not green may. */
  mayEnd(phases: number): boolean {
    return phasesIn(phases).every(
      (phase) =>
        (this.#green_s[phase] as number) === 0 ||
        ((this.#green_s[phase] as number) >= (this.#minGreen_s.get(phase) ?? 0) && (this.#busy & bitOf(phase)) === 0),
    );
  }
}
