/** Calls of preempts: inputs, commands from afar and links, their delay, their memory and their longest presence. */
import { preemptState } from "../../ntcip/oids.ts";
import type { PreemptSettings } from "./preempt-settings.ts";

export class PreemptCalls {
  readonly #inputs: Uint8Array;
  readonly #linked: Uint8Array;
  readonly #on: Uint8Array;
  readonly #remembered: Uint8Array;
  readonly #tooLong: Uint8Array;
  readonly #since: Float64Array;

  constructor(preempts: number) {
    this.#inputs = new Uint8Array(preempts + 1);
    this.#linked = new Uint8Array(preempts + 1);
    this.#on = new Uint8Array(preempts + 1);
    this.#remembered = new Uint8Array(preempts + 1);
    this.#tooLong = new Uint8Array(preempts + 1);
    this.#since = new Float64Array(preempts + 1);
  }

  /** An input of the cabinet; a preempt the device does not have is a bug and throws. */
  setInput(preempt: number, on: boolean): void {
    if (!Number.isInteger(preempt) || preempt < 1 || preempt >= this.#inputs.length) {
      throw new Error(`there is no preempt ${preempt}`);
    }
    this.#inputs[preempt] = on ? 1 : 0;
  }

  link(preempt: number, on: boolean): void {
    if (preempt > 0 && preempt < this.#linked.length) this.#linked[preempt] = on ? 1 : 0;
  }

  isOn(preempt: number): boolean {
    return this.#on[preempt] === 1;
  }

  /** Waits for service: its delay is over and it was not on for too long. */
  isReady({ number, delay_ds }: PreemptSettings, now_ds: number): boolean {
    return this.#remembered[number] === 1 && now_ds - (this.#since[number] ?? 0) >= delay_ds;
  }

  waitingState(preempt: number): number {
    if (this.#tooLong[preempt] === 1) return preemptState.maxPresence;
    return this.#remembered[preempt] === 1 ? preemptState.notActiveWithCall : preemptState.notActive;
  }

  served(preempt: number): void {
    this.#remembered[preempt] = 0;
  }

  /** Nobody listens to this call any more until it has gone. */
  giveUp(preempt: number): void {
    this.#tooLong[preempt] = 1;
    this.#remembered[preempt] = 0;
  }

  /** One step for one preempt; `remote` is its command from afar. What is being served asks for nothing more. */
  step({ number, nonLocking }: PreemptSettings, remote: boolean, serving: boolean, now_ds: number): void {
    const on = remote || this.#inputs[number] === 1 || this.#linked[number] === 1;
    const before = this.#on[number] === 1;
    this.#on[number] = on ? 1 : 0;
    if (!on) this.#tooLong[number] = 0;
    if (on && !before) this.#since[number] = now_ds;
    if (on && !serving && this.#tooLong[number] === 0) this.#remembered[number] = 1;
    if (!on && nonLocking) this.#remembered[number] = 0;
  }
}
