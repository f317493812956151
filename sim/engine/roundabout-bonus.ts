/**
 * Before and in roundabouts of several lanes the inner ones are used by those who do not leave at the next exit: ways count as
 * so much longer that the outer lane is not urgent yet. After SUMO's lane changing (LC2013, its bonus for roundabouts).
 */
import type { RoadNetwork } from "../network/road-network.ts";
import type { LaneView } from "./lane-view.ts";
import { NONE, type World } from "./world.ts";

const farthest_m = 300;
/** The inner lane is worth so many metres of jam at each junction, and the bonus so much of the way round. */
const perJunction_m = 7.5;
const worth = 9;

/** By edge. 1: more edges than it and the next meet where it ends. */
function meetings({ edges, lanes, links }: RoadNetwork): Uint8Array {
  const [into, from] = [edges.ids.map(() => new Set<number>()), edges.ids.map(() => new Set<number>())];
  for (const [link, to] of links.to.entries()) {
    const [a, b] = [lanes.edge[links.from[link] as number] as number, lanes.edge[to] as number];
    if (edges.inside[a] === 1) continue;
    from[a]?.add(b);
    into[b]?.add(a);
  }
  const joined = (next: ReadonlySet<number>): boolean => [...next].some((one) => (into[one]?.size ?? 0) > 1);
  return Uint8Array.from(from, (next) => (next.size > 1 || joined(next) ? 1 : 0));
}

export class RoundaboutBonus {
  readonly #w: World;
  /** By edge. 1: goes round; 1: more edges than this and the next meet where it ends. */
  readonly #round: Uint8Array;
  readonly #meets: Uint8Array;
  #junctions = 0;
  #round_m = 0;

  constructor(world: World) {
    this.#w = world;
    const { edges, lanes, links } = world.network;
    const { columns } = world;
    this.#round = columns.name("RoundaboutBonus.#round", columns.bytes(edges.ids.length));
    for (const [link, to] of links.to.entries()) {
      if (links.intoRoundabout[link] === 1) this.#round[lanes.edge[to] as number] = 1;
    }
    this.#meets = columns.name("RoundaboutBonus.#meets", columns.copy(meetings(world.network)));
  }

  static isIn({ network }: World): boolean {
    return network.links.intoRoundabout.includes(1);
  }

  /** By how many metres the ways on this lane and on the one beside count as longer; `offset`: to the best lane. */
  of_m(view: LaneView, offset: number): number {
    const { ways } = this.#w;
    const best = ways.rowBeside(view.first, view.index + offset);
    const inner = view.right ? view.row : view.besideRow;
    if (!this.#staysIn(view, best, inner)) return 0;
    return this.#bonus_m(view, view.lane + offset, best, view.right ? view.lane : view.besideLane, inner);
  }

  /** The lane so many places on from the vehicle's own: those that follow a row, after its own lane; NONE behind them. */
  #laneAt(row: number, own: number, at: number): number {
    if (at === 0) return own;
    const { ways } = this.#w;
    const place = (ways.firstAfter[row] as number) + at - 1;
    return place < (ways.endAfter[row] as number) ? (ways.after[place] as number) : NONE;
  }

  /** Does it pass an exit, and does the inner lane lead as far as it goes round? */
  #staysIn(view: LaneView, best: number, inner: number): boolean {
    const w = this.#w;
    const { lanes } = w.network;
    let seen = -(w.pos[view.v] as number);
    let entered = false;
    this.#junctions = 0;
    for (let at = 0; ; at += 1) {
      const lane = this.#laneAt(best, view.lane, at);
      if (lane === NONE) break;
      const edge = lanes.edge[lane] as number;
      const round = this.#round[edge] === 1;
      if ((!entered || round) && this.#laneAt(inner, view.lane, at) === NONE) return false;
      if (seen > farthest_m) return false;
      if (entered && !round) break;
      if (round) {
        entered = true;
        this.#junctions += this.#meets[edge] as number;
      }
      seen += lanes.length_m[lane] as number;
    }
    return this.#junctions >= 2;
  }

  #bonus_m(view: LaneView, bestLane: number, best: number, innerLane: number, inner: number): number {
    const outer_m = this.#jamOf_m(view, best, bestLane);
    const round_m = this.#round_m;
    const inner_m = this.#jamOf_m(view, inner, innerLane);
    const most = Math.max(inner_m, outer_m);
    if (most === 0) return 0;
    const more = this.#junctions * perJunction_m;
    return round_m * worth * Math.max(0, (outer_m - inner_m + more) / (most + more));
  }

  /** What stands on a lane and on those that follow it until they leave the roundabout; sets how far they go round. */
  #jamOf_m(view: LaneView, row: number, own: number): number {
    const { lanes } = this.#w.network;
    let jam_m = 0;
    this.#round_m = 0;
    let before = NONE;
    for (let at = 0; ; at += 1) {
      const lane = this.#laneAt(row, own, at);
      if (lane === NONE) return jam_m;
      const round = this.#round[lanes.edge[lane] as number] === 1;
      if (this.#round_m > 0 && !round) return jam_m;
      const via = this.#between(before, lane);
      if (round)
        this.#round_m += (lanes.length_m[lane] as number) + (via === NONE ? 0 : (lanes.length_m[via] as number));
      jam_m += this.#jam_m(view, lane, via, at);
      before = lane;
    }
  }

  /** What vehicles take of a lane ahead, and of the way into it. */
  #jam_m(view: LaneView, lane: number, via: number, at: number): number {
    const w = this.#w;
    const long = w.network.lanes.length_m[lane] as number;
    const ahead = at === 0 ? (long - (w.pos[view.v] as number)) / long : 1;
    return ahead * (w.taken_m[lane] as number) + (via === NONE ? 0 : (w.taken_m[via] as number));
  }

  /** The lane inside the junction between two lanes. */
  #between(before: number, lane: number): number {
    if (before === NONE) return NONE;
    const { lanes, links } = this.#w.network;
    for (let link = lanes.firstLink[before] as number; link < (lanes.firstLink[before + 1] as number); link += 1) {
      if (links.to[link] === lane && links.next[link] !== lane) return links.next[link] as number;
    }
    return NONE;
  }
}
