/** The links that a signal rules, the place of each in its states, and what it shows them. */
import type { RoadNetwork } from "../network/road-network.ts";

export class SignalHeads {
  readonly links: readonly number[];
  readonly places: readonly number[];
  #text = "";
  /** What it was told to show in place of its program. */
  #held: string | null = null;

  constructor(links: readonly number[], places: readonly number[]) {
    this.links = links;
    this.places = places;
  }

  /** What the last step was driven with. */
  get text(): string {
    return this.#text;
  }

  /** From the next step on it shows this, whatever its program says. */
  hold(text: string): void {
    this.#held = text;
  }

  /** Writes what the program wants into the states of the links; links beyond the end of the text keep what they show. */
  show(wanted: string, state: Uint8Array): void {
    const text = this.#held ?? wanted;
    if (text === this.#text) return;
    this.#text = text;
    for (let i = 0; i < this.links.length; i += 1) {
      const place = this.places[i] as number;
      if (place < text.length) state[this.links[i] as number] = text.charCodeAt(place);
    }
  }
}

/** By signal. */
export function signalHeads({ signals, links }: RoadNetwork): ReadonlyMap<string, SignalHeads> {
  const ruled: number[][] = signals.map(() => []);
  for (const [link, signal] of links.signal.entries()) ruled[signal]?.push(link);
  const heads = (own: readonly number[]): SignalHeads =>
    new SignalHeads(
      own,
      own.map((link) => links.signalIndex[link] as number),
    );
  return new Map(signals.map((signal, at) => [signal, heads(ruled[at] as number[])]));
}
