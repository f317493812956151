/** Footways of a network that are made when they are first asked for. */
import type { FootwaySource, Footways } from "./footways.ts";
import { type FootwayMatter, footwaysOf } from "./freeze-footways.ts";
import type { Roads } from "./way-list.ts";

export class FootwaysOnDemand implements FootwaySource {
  #matter: readonly [Roads, FootwayMatter] | null;
  #made: Footways | null = null;

  constructor(roads: Roads, matter: FootwayMatter) {
    this.#matter = [roads, matter];
  }

  get(): Footways {
    if (this.#matter !== null) this.#made = footwaysOf(...this.#matter);
    this.#matter = null;
    return this.#made as Footways;
  }
}
