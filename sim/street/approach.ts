/** The lanes on which one comes to a link, as far back as one looks. */
import type { RoadNetwork } from "../network/road-network.ts";

export interface Stretch {
  readonly lane: number;
  /** From here to the lane's end. */
  readonly from_m: number;
  /** From the lane's end on to the end of the lane that was asked for. */
  readonly ahead_m: number;
  /** Somebody else's way leads across between here and there. */
  readonly crossed: boolean;
}

/** By lane: the links that lead into it. */
function linksInto({ lanes, links }: RoadNetwork): readonly (readonly number[])[] {
  const into: number[][] = lanes.ids.map(() => []);
  for (const [link, next] of links.next.entries()) into[next]?.push(link);
  return into;
}

/** Back from the ends of lanes over junctions without a signal, so many metres at most; another signal ends the view. */
export class Approaches {
  readonly #network: RoadNetwork;
  readonly #into: readonly (readonly number[])[];

  constructor(network: RoadNetwork) {
    this.#network = network;
    this.#into = linksInto(network);
  }

  /** Each lane once, with the most that is seen of it; nothing of lanes `without`, nor of what lies behind those alone. */
  before(lane: number, reach_m: number, without: ReadonlySet<number> = new Set()): readonly Stretch[] {
    const seen = new Map<number, Stretch>();
    const ahead: { lane: number; left_m: number; crossed: boolean }[] = [{ lane, left_m: reach_m, crossed: false }];
    for (let next = ahead.pop(); next !== undefined; next = ahead.pop()) {
      const length = this.#network.lanes.length_m[next.lane] as number;
      const from_m = Math.max(0, length - next.left_m);
      if (from_m >= (seen.get(next.lane)?.from_m ?? Number.POSITIVE_INFINITY)) continue;
      const crossed = next.crossed || this.#isCrossed(next.lane);
      seen.set(next.lane, { lane: next.lane, from_m, ahead_m: reach_m - next.left_m, crossed });
      if (next.left_m <= length) continue;
      for (const link of this.#into[next.lane] as readonly number[]) {
        const from = this.#network.links.from[link] as number;
        if ((this.#network.links.signal[link] as number) !== -1 || without.has(from)) continue;
        ahead.push({ lane: from, left_m: next.left_m - length, crossed });
      }
    }
    return [...seen.values()];
  }

  /** Where ways only join or part nobody is locked in. */
  #isCrossed(lane: number): boolean {
    const { conflicts, lanes } = this.#network;
    for (let c = lanes.firstConflict[lane] as number; c < (lanes.firstConflict[lane + 1] as number); c += 1) {
      if (conflicts.sameEnd[c] === 0 && conflicts.sameStart[c] === 0) return true;
    }
    return false;
  }
}
