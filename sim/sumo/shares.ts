/** Distributions of a route file: several of a kind, each with its share, listed in an attribute or as children. */
import type { XmlElement } from "./xml.ts";

/** Shares sum up to 1. */
export type Shares<T> = readonly { readonly of: T; readonly share: number }[];

export class SharesDraft<T> {
  readonly #element: XmlElement;
  readonly #listed: readonly string[];
  readonly #weights: { readonly of: T; readonly weight: number }[] = [];

  constructor(element: XmlElement) {
    this.#element = element;
    this.#listed = element.list("probabilities");
  }

  /** A child, with its own `probability`. */
  add(of: T, child: XmlElement): void {
    this.#put(of, child.number("probability", 1), child);
  }

  /** The `at`-th of those that an attribute lists. */
  addListed(of: T, at: number): void {
    const text = this.#listed[at];
    this.#put(of, text === undefined ? 1 : Number(text), this.#element);
  }

  settled(): Shares<T> {
    const sum = this.#weights.reduce((total, { weight }) => total + weight, 0);
    if (!(sum > 0)) throw this.#element.wrong("SCENARIO_SHARES_NONE", { element: this.#element.name });
    return this.#weights.map(({ of, weight }) => ({ of, share: weight / sum }));
  }

  #put(of: T, weight: number, at: XmlElement): void {
    if (!(weight >= 0 && Number.isFinite(weight))) {
      throw at.wrong("SCENARIO_SHARE_BAD", { element: this.#element.name, value: String(weight) });
    }
    this.#weights.push({ of, weight });
  }
}
