/** Fixed-time programs: at each moment the state of every link they rule. */
import { programsInForce } from "../network/programs-in-force.ts";
import type { RoadNetwork, SignalProgram } from "../network/road-network.ts";

type Ruled = readonly (readonly [link: number, index: number])[];

/** A signal's links and what it shows them. */
class SignalPlayer {
  readonly #links: Ruled;
  readonly #program: SignalProgram;
  readonly #cycle_s: number;
  #shown = -1;
  /** What it was told to show in place of its program. */
  #held: string | null = null;
  #text = "";

  constructor(links: Ruled, program: SignalProgram) {
    this.#links = links;
    this.#program = program;
    this.#cycle_s = program.phases.reduce((sum, { duration_s }) => sum + duration_s, 0);
  }

  /** What the last step was driven with. */
  get text(): string {
    return this.#text;
  }

  /** From the next step on it shows this, whatever its program says. */
  hold(text: string): void {
    this.#held = text;
  }

  /** Writes into `state` what is shown from `now_s` on. */
  show(now_s: number, state: Uint8Array): void {
    if (this.#held === null) this.#follow(now_s, state);
    else if (this.#held !== this.#text) this.#write(this.#held, state);
  }

  #follow(now_s: number, state: Uint8Array): void {
    const { phases, offset_s } = this.#program;
    let left = (((now_s - offset_s) % this.#cycle_s) + this.#cycle_s) % this.#cycle_s;
    let at = 0;
    while (at < phases.length - 1 && left >= (phases[at]?.duration_s as number)) {
      left -= phases[at]?.duration_s as number;
      at += 1;
    }
    if (at === this.#shown) return;
    this.#shown = at;
    this.#write(phases[at]?.state ?? "", state);
  }

  #write(text: string, state: Uint8Array): void {
    this.#text = text;
    for (const [link, index] of this.#links) {
      if (index < text.length) state[link] = text.charCodeAt(index);
    }
  }
}

/** By signal: its links, and the place of each in the state. */
function ruledLinks({ signals, links }: RoadNetwork): Map<string, Ruled> {
  const ruled: [number, number][][] = signals.map(() => []);
  for (const [link, signal] of links.signal.entries()) ruled[signal]?.push([link, links.signalIndex[link] as number]);
  return new Map(signals.map((signal, at) => [signal, ruled[at] as Ruled]));
}

/** One player for each signal; `programs` are loaded after the network's own. */
export function signalPlayers(
  network: RoadNetwork,
  programs: readonly SignalProgram[],
): ReadonlyMap<string, SignalPlayer> {
  const ruled = ruledLinks(network);
  const inForce = programsInForce(network, programs).filter((program) => program !== null);
  return new Map(inForce.map((each) => [each.signal, new SignalPlayer(ruled.get(each.signal) ?? [], each)]));
}
