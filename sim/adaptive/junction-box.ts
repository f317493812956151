/** Who stands inside an intersection when others are to be let in: two who wait for each other in there never get out. */
import type { InTheWay } from "../../core/adaptive/held-inside.ts";
import { freeTime_s } from "../../core/adaptive/sight.ts";
import type { RoadNetwork } from "../network/road-network.ts";
import type { RunningStreet } from "../street/running-street.ts";
import { isGreen, type SignalRules } from "../street/signal-rules.ts";

interface Path {
  readonly lane: number;
  readonly index: number;
  /** From the lane's end on to the end of the way. */
  readonly after_m: number;
  readonly speed_m_s: number;
}

/** Who is slower stands, m/s; who has less left to go is out as soon as he moves, m. */
const [standing_m_s, nearlyOut_m] = [1, 8];
/** Who is slower is held, m/s. */
const held_m_s = 0.3;
/** Who began to move late: slower than this, and longer on his way out than it takes to meet the first of those let in. */
const [late_m_s, out_s] = [6, 2];

export class JunctionBox {
  readonly #rules: SignalRules;
  readonly #paths: readonly Path[];

  constructor({ edges, lanes, links }: RoadNetwork, signal: number, rules: SignalRules) {
    const inside = (lane: number): boolean => edges.inside[lanes.edge[lane] as number] === 1;
    const paths: Path[] = [];
    for (let link = 0; link < links.from.length; link += 1) {
      if (links.signal[link] !== signal || inside(links.from[link] as number)) continue;
      const way: number[] = [];
      for (let lane = links.next[link] as number; inside(lane); ) {
        way.push(lane);
        lane = links.next[lanes.firstLink[lane] as number] as number;
      }
      let after_m = 0;
      for (const lane of way.toReversed()) {
        const speed_m_s = lanes.speed_m_s[lane] as number;
        paths.push({ lane, index: links.signalIndex[link] as number, after_m, speed_m_s });
        after_m += lanes.length_m[lane] as number;
      }
    }
    this.#rules = rules;
    this.#paths = paths;
  }

  get lanes(): readonly number[] {
    return this.#paths.map(({ lane }) => lane);
  }

  /** Does somebody with priority in `stage` stand inside, far from getting out, because of others who wait there? */
  isHeld(street: RunningStreet, stage: number): boolean {
    const state = this.#rules.stages[stage] as string;
    return this.#paths.some(({ lane, index, after_m }) => {
      if (state[index] !== "G") return false;
      const { count, position_m, speed_m_s, length_m } = street.lane(lane);
      for (let i = 0; i < count; i += 1) {
        const left_m = length_m - (position_m[i] as number) + after_m;
        if (left_m > nearlyOut_m && (speed_m_s[i] as number) < standing_m_s) return true;
      }
      return false;
    });
  }

  /** Who inside is in the way of `stage`, on a way that it does not give green? `before`: the stage that has ended. */
  inTheWay(street: RunningStreet, stage: number, before: number): InTheWay {
    const [state, ended] = [this.#rules.stages[stage] as string, this.#rules.stages[before] as string];
    let worst: InTheWay = "nobody";
    for (const path of this.#paths) {
      if (isGreen(state[path.index])) continue;
      const here = onThe(street, path, ended[path.index] === "G");
      if (here === "leaving") return here;
      if (here === "standing") worst = here;
    }
    return worst;
  }
}

/** `hadPriority`: whoever is still on this way was kept from leaving it, and may only just have begun to move. */
function onThe(street: RunningStreet, { lane, after_m, speed_m_s: limit_m_s }: Path, hadPriority: boolean): InTheWay {
  const { count, position_m, speed_m_s, length_m } = street.lane(lane);
  let stands = false;
  for (let i = 0; i < count; i += 1) {
    const speed = speed_m_s[i] as number;
    if (speed < held_m_s) stands = true;
    else if (hadPriority && speed < late_m_s) {
      const left_m = length_m - (position_m[i] as number) + after_m;
      if (freeTime_s(left_m, speed, limit_m_s) > out_s) return "leaving";
    }
  }
  return stands ? "standing" : "nobody";
}
