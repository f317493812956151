/**
 * A seal of the gate. What it was put on is recognised by identity: an object with the same fields (a literal, a clone, a JSON round
 * trip) does not bear it, and the deep freeze keeps what does from changing afterwards.
 */
import { frozenCopy } from "./frozen-copy.ts";

export class Seal<T extends object> {
  readonly #made = new WeakSet<object>();

  /** A frozen copy that bears the seal. `T` may say more of it than its fields: that it is sealed. */
  putOn(content: object): T {
    const sealed = frozenCopy(content);
    this.#made.add(sealed);
    return sealed as T;
  }

  /** True only for the very object that `putOn` handed out. */
  isOn(candidate: unknown): candidate is T {
    return typeof candidate === "object" && candidate !== null && this.#made.has(candidate);
  }
}
