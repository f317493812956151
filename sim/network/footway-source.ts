/** Footways of a network, made when first asked for: most scenarios have nobody on foot. */
import type { FootDraft, JunctionDraft } from "./draft.ts";
import type { Footways } from "./footways.ts";
import { footwaysOf } from "./freeze-footways.ts";
import type { RoadNetwork } from "./road-network.ts";

/** Of a junction with crossings: what it says of who gives way, and its links and crossings by their places in that. */
export interface CrossedJunction {
  readonly requests: JunctionDraft["requests"];
  readonly links: readonly number[];
  /** Lanes inside, in order. */
  readonly inside: readonly string[];
}

export interface FootwayMatter {
  readonly draft: FootDraft;
  readonly junctions: readonly CrossedJunction[];
  /** Lanes inside junctions by link. */
  readonly inner: readonly (readonly number[])[];
}

export class FootwaySource {
  #matter: FootwayMatter | null;
  #made: Footways | null = null;

  constructor(matter: FootwayMatter) {
    this.#matter = matter;
  }

  /** `network`: the one that this belongs to. */
  of(network: Omit<RoadNetwork, "footways">): Footways {
    this.#made ??= footwaysOf(network, this.#matter as FootwayMatter);
    this.#matter = null;
    return this.#made;
  }
}
