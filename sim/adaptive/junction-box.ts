/** Who stands inside an intersection when others are to be let in: two who wait for each other in there never get out. */
import type { RoadNetwork } from "../network/road-network.ts";
import type { RunningStreet } from "../street/running-street.ts";
import { isGreen, type SignalRules } from "../street/signal-rules.ts";

interface Path {
  readonly lane: number;
  readonly index: number;
}

/** Who is slower will not be out in time, m/s. */
const slow_m_s = 0.3;

export class JunctionBox {
  readonly #rules: SignalRules;
  readonly #paths: readonly Path[];

  constructor({ edges, lanes, links }: RoadNetwork, signal: number, rules: SignalRules) {
    const inside = (lane: number): boolean => edges.inside[lanes.edge[lane] as number] === 1;
    const paths: Path[] = [];
    for (let link = 0; link < links.from.length; link += 1) {
      if (links.signal[link] !== signal || inside(links.from[link] as number)) continue;
      let lane = links.next[link] as number;
      while (inside(lane)) {
        paths.push({ lane, index: links.signalIndex[link] as number });
        lane = links.next[lanes.firstLink[lane] as number] as number;
      }
    }
    this.#rules = rules;
    this.#paths = paths;
  }

  get lanes(): readonly number[] {
    return this.#paths.map(({ lane }) => lane);
  }

  /** Is nobody held inside on a way that `stage` does not give green? */
  isClear(street: RunningStreet, stage: number): boolean {
    const state = this.#rules.stages[stage] as string;
    for (const { lane, index } of this.#paths) {
      if (isGreen(state[index])) continue;
      const { count, speed_m_s } = street.lane(lane);
      for (let i = 0; i < count; i += 1) if ((speed_m_s[i] as number) < slow_m_s) return false;
    }
    return true;
  }
}
