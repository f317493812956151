/** What of a network the cameras over its stop lines look at: so many metres of road before each, wherever a map cuts that into lanes. */
import type { RoadNetwork } from "../network/road-network.ts";
import { Approaches, type Stretch } from "../street/approach.ts";

export interface SeenLane {
  readonly lane: number;
  /** From the lane's end on to the stop line. */
  readonly ahead_m: number;
  /** Seen from here on, from the lane's start. */
  readonly from_m: number;
  /** The lane that one comes to next on the way to the stop line; -1: this one ends there. */
  readonly next: number;
  /** The lane that ends at that stop line. */
  readonly stop: number;
}

/** By lane; of several stop lines that one comes to, the nearest one's camera sees it. Nothing is seen beyond another signal. */
export function lanesInSight(network: RoadNetwork, range_m: number): ReadonlyMap<number, SeenLane> {
  const { links } = network;
  const approaches = new Approaches(network);
  const seen = new Map<number, SeenLane>();
  for (const lane of stopLanes(network)) {
    const way = approaches.before(lane, range_m);
    for (const part of way) {
      const known = seen.get(part.lane);
      if (known !== undefined && known.ahead_m <= part.ahead_m) continue;
      const { ahead_m, from_m } = part;
      seen.set(part.lane, { lane: part.lane, ahead_m, from_m, next: nextOf(part, way), stop: lane });
    }
  }
  return seen;

  function nextOf(part: Stretch, way: readonly Stretch[]): number {
    if (part.ahead_m === 0) return -1;
    const after = way.find(({ lane, ahead_m }) => {
      const start_m = ahead_m + (network.lanes.length_m[lane] as number);
      return Math.abs(start_m - part.ahead_m) < 1e-6 && leadsTo(part.lane, lane);
    });
    return after?.lane ?? -1;
  }

  function leadsTo(from: number, to: number): boolean {
    const [first, end] = [network.lanes.firstLink[from] as number, network.lanes.firstLink[from + 1] as number];
    return links.next.subarray(first, end).includes(to);
  }
}

/** A lane inside a junction, and how far along it the camera of the stop line before it sees. */
export interface SeenInside {
  readonly stop: number;
  readonly to_m: number;
}

/** Cameras hang so far beyond their stop lines, and see all that is between. */
export function lanesBelow(network: RoadNetwork, beyond_m: number): ReadonlyMap<number, SeenInside> {
  const { edges, lanes, links } = network;
  const seen = new Map<number, SeenInside>();
  for (const stop of stopLanes(network)) {
    for (let link = lanes.firstLink[stop] as number; link < (lanes.firstLink[stop + 1] as number); link += 1) {
      let [lane, left_m] = [links.next[link] as number, beyond_m];
      while (left_m > 0 && edges.inside[lanes.edge[lane] as number] === 1) {
        seen.set(lane, { stop, to_m: left_m });
        left_m -= lanes.length_m[lane] as number;
        lane = links.next[lanes.firstLink[lane] as number] as number;
      }
    }
  }
  return seen;
}

/** Lanes outside junctions that end at a signal. */
export function stopLanes({ edges, lanes, links }: RoadNetwork): ReadonlySet<number> {
  const ends = new Set<number>();
  for (const [link, signal] of links.signal.entries()) {
    const from = links.from[link] as number;
    if (signal !== -1 && edges.inside[lanes.edge[from] as number] === 0) ends.add(from);
  }
  return ends;
}
