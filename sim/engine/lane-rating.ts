/**
 * Rates the lanes of an edge by how far they lead on a way: some edges ahead are looked at, then the rating goes back from
 * the last of them, so that whoever has one change of lanes to make later need not make it now. After SUMO's best lanes
 * (Krajzewicz 2009, "Das Modell eines Spurwechsels", and SUMO's documentation of `departLane="best"`).
 */
import type { RoadNetwork } from "../network/road-network.ts";

/** Edges that are looked at however long they are; farther ones only within a distance: on motorways, and in towns. */
const fewEdges = 4;
const motorway_m = 3000;
const moreEdges = 8;
const town_m = 200;
const minor = new Set([..."m=swoZ"].map((text) => text.charCodeAt(0)));

export interface Driving {
  /** The class bit of those who drive. */
  readonly allowed: number;
  /** How far the fastest of them looks beyond the lane on which it is. */
  readonly sight_m: number;
}

export interface LaneRating {
  link: number;
  length_m: number;
  offset: number;
  /** Lanes that follow. */
  after: readonly number[];
}

interface Rated extends LaneRating {
  readonly lane: number;
  readonly own_m: number;
}

/** Of the last edge ahead only this lane will do: others lead no farther than that. */
export interface Goal {
  readonly lane: number;
  readonly at_m: number;
}

/** `ahead`: the edges from here on, as far as somebody looks. */
export function rateLanes(
  network: RoadNetwork,
  driving: Driving,
  ahead: readonly number[],
  goal: Goal | null = null,
): LaneRating[] {
  let rated = ahead.at(-1) === undefined ? [] : lanesOf(network, driving, ahead.at(-1) as number);
  const last = rated;
  if (goal !== null)
    for (const one of last) if (one.lane !== goal.lane) one.length_m = Math.min(one.length_m, goal.at_m);
  const farthest_m = Math.max(...last.map(({ length_m }) => length_m));
  turnTo(last, ({ lane, length_m }) => (goal === null ? length_m === farthest_m : lane === goal.lane));
  for (let at = ahead.length - 2; at >= 0; at -= 1) rated = before(network, driving, ahead[at] as number, rated);
  return rated;
}

/** Of the edges from here on those at which somebody looks. */
export function edgesAhead(
  { edges, lanes }: RoadNetwork,
  { sight_m }: Driving,
  way: readonly number[],
): readonly number[] {
  const lengthOf = (edge: number): number => lanes.length_m[edges.firstLane[edge] as number] as number;
  const sight = lengthOf(way[0] as number) + sight_m;
  let seen_m = 0;
  for (let count = 1; count < way.length; count += 1) {
    seen_m += lengthOf(way[count - 1] as number);
    const onMotorway = count <= fewEdges || seen_m < Math.max(sight, motorway_m);
    const inTown = count <= moreEdges || seen_m < Math.max(sight, town_m);
    if (!onMotorway || !inTown) return way.slice(0, count);
  }
  return way;
}

function lanesOf({ edges, lanes }: RoadNetwork, { allowed }: Driving, edge: number): Rated[] {
  const rated: Rated[] = [];
  for (let lane = edges.firstLane[edge] as number; lane < (edges.firstLane[edge + 1] as number); lane += 1) {
    const own_m = ((lanes.allowed[lane] as number) & allowed) === 0 ? 0 : (lanes.length_m[lane] as number);
    rated.push({ lane, own_m, link: -1, length_m: own_m, offset: 0, after: [] });
  }
  return rated;
}

/** The rating of the edge before one whose rating is known. */
function before(network: RoadNetwork, driving: Driving, edge: number, next: readonly Rated[]): Rated[] {
  const { lanes } = network;
  const lanesHere = lanesOf(network, driving, edge);
  const linkBetween = linksBetween(network, driving, lanesHere, next);
  const reached = next.filter(({ lane }) => lanesHere.some((one) => linkBetween(one.lane, lane) !== -1));
  const bestReached_m = Math.max(-1, ...reached.map(({ length_m }) => length_m));
  const best_m = Math.max(...next.map(({ length_m }) => length_m));
  for (const one of lanesHere) {
    const on = one.own_m === 0 ? undefined : bestOf(next.filter(({ lane }) => linkBetween(one.lane, lane) !== -1));
    if (on === undefined) continue;
    one.link = linkBetween(one.lane, on.lane);
    one.length_m += on.length_m === bestReached_m && Math.abs(on.offset) < 2 ? best_m : on.length_m;
    one.offset = on.offset;
    one.after = [on.lane, ...on.after];
  }
  const rank = (one: Rated): number => rightOfWay(network, one.link);
  const best = lanesHere.reduce((most, one) => (better(one, most, rank) ? one : most));
  const same = (one: Rated): boolean =>
    one.length_m === best.length_m && Math.abs(one.offset) === Math.abs(best.offset) && rank(one) >= rank(best);
  const isBest = lanesHere.map(same);
  const lesser = lanesHere.filter((one) => rank(one) < rank(best));
  turnTo(lanesHere, (_, at) => isBest[at] as boolean);
  for (const one of lesser) one.length_m = Math.min(one.length_m, lanes.length_m[one.lane] as number);
  return lanesHere;
}

/** Looks links up by the lanes that they join; -1 where there is none that may be driven. */
function linksBetween(
  { lanes, links }: RoadNetwork,
  { allowed }: Driving,
  from: readonly Rated[],
  to: readonly Rated[],
): (lane: number, next: number) => number {
  const usable = new Set(to.filter(({ own_m }) => own_m > 0).map(({ lane }) => lane));
  const found = new Map<number, Map<number, number>>();
  for (const { lane } of from) {
    const ways = new Map<number, number>();
    for (let link = (lanes.firstLink[lane + 1] as number) - 1; link >= (lanes.firstLink[lane] as number); link -= 1) {
      const via = links.next[link] as number;
      const open = ((lanes.allowed[via] as number) & allowed) !== 0;
      if (open && usable.has(links.to[link] as number)) ways.set(links.to[link] as number, link);
    }
    found.set(lane, ways);
  }
  return (lane, next) => found.get(lane)?.get(next) ?? -1;
}

/** The lane that leads farthest, and of those the one that needs the fewest changes. */
function bestOf(lanes: readonly Rated[]): Rated | undefined {
  const [first, ...others] = lanes;
  return others.reduce(
    (best, one) =>
      best !== undefined &&
      (best.length_m < one.length_m || (best.length_m === one.length_m && Math.abs(best.offset) > Math.abs(one.offset)))
        ? one
        : best,
    first,
  );
}

function better(one: Rated, than: Rated, rank: (one: Rated) => number): boolean {
  if (one.length_m !== than.length_m) return one.length_m > than.length_m;
  if (Math.abs(one.offset) !== Math.abs(than.offset)) return Math.abs(one.offset) < Math.abs(than.offset);
  return rank(one) > rank(than);
}

/** -1: leads nowhere; 0: must give way; 1: goes first, or as a signal has it. */
function rightOfWay({ links }: RoadNetwork, link: number): number {
  if (link === -1) return -1;
  return links.signal[link] === -1 && minor.has(links.ownState[link] as number) ? 0 : 1;
}

/** Every lane points to the nearest of the best: of two as near to the one more to the left. */
function turnTo(lanes: readonly Rated[], isBest: (one: Rated, at: number) => boolean): void {
  const best = lanes.flatMap((one, at) => (isBest(one, at) ? [at] : []));
  const [first, last] = [best[0] ?? 0, best.at(-1) ?? 0];
  for (const [at, one] of lanes.entries()) {
    if (best.includes(at)) one.offset = 0;
    else one.offset = Math.abs(first - at) < Math.abs(last - at) ? first - at : last - at;
  }
}
