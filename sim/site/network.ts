/**
 * A site's intersections as a road network: an edge for each approach with the site's own lanes, a second one before it where
 * turning lanes are shorter than the road, an edge for each leg by which one leaves, and ways between them by `turns`.
 */

import { compass, exitOf, outwards, sideOf, type Turn } from "../../core/network/legs.ts";
import type { Approach, Intersection } from "../../core/network/schema.ts";
import { usualTurnShare } from "../../core/network/turn-shares.ts";
import { emptyDraft, type NetworkDraft } from "../network/draft.ts";
import { pathLength_m } from "../network/polyline.ts";
import { type RankedWay, requestsByRank } from "../network/rank-requests.ts";
import { everyClass } from "../network/road-network.ts";
import { type Place, placesOf, type Road, roadsOf } from "./layout.ts";
import type { SiteStreets } from "./schema.ts";

const laneWidth_m = 3.25;
/** From the last conflict to the stop line: a crossing for people and a little. */
const setBack_m = 5;
/** Roads from nowhere are long enough for the queues that the site expects, and a little. */
const shortestEntrance_m = 300;
const beyondQueue_m = 100;
const exit_m = 150;
const shortestPiece_m = 10;
const pieces = 8;
/** How far the bends of a turn reach, as a share of the junction's radius. */
const bend = 0.6;
const rank: Readonly<Record<Turn, number>> = { through: 3, right: 2, left: 1, u_turn: 0 };

/** A way through a signalled junction, in the order of the signal's state. */
export interface SignalledWay {
  readonly phase: number;
  /** Ways of the same junction to which it gives way. */
  readonly yieldsTo: readonly number[];
}

export interface SiteNetwork {
  readonly draft: NetworkDraft;
  /** By edges, `from to`: how many of those who may turn so do, against others. */
  readonly turnShares: ReadonlyMap<string, number>;
  /** By intersection. */
  readonly ways: ReadonlyMap<string, readonly SignalledWay[]>;
}

interface Junction {
  readonly intersection: Intersection;
  readonly place: Place;
  readonly radius_m: number;
  /** Lanes that leave by each side. */
  readonly exitLanes: ReadonlyMap<number, number>;
}

interface NumberedWay extends RankedWay {
  readonly phase: number;
  readonly turnsAround: boolean;
}

/** Most lanes of one approach that turn there. */
function exitLanesOf(intersection: Intersection): Map<number, number> {
  const most = new Map<number, number>();
  for (const approach of intersection.approaches) {
    for (const turn of Object.keys(rank) as Turn[]) {
      const count = approach.lanes.filter(({ turns }) => turns.includes(turn)).length;
      const side = exitOf(intersection, sideOf(approach), turn);
      if (count > 0) most.set(side, Math.max(most.get(side) ?? 1, count));
    }
  }
  return most;
}

class SiteMaker {
  readonly draft = emptyDraft();
  readonly ways = new Map<string, readonly SignalledWay[]>();
  readonly turnShares = new Map<string, number>();
  readonly #roads: readonly Road[];
  readonly #junctions = new Map<string, Junction>();
  /** Lanes that one comes into, from the middle outwards, by `intersection side`. */
  readonly #entered = new Map<string, readonly number[]>();
  /** Lanes before the stop line, from the middle outwards, by `intersection approach`. */
  readonly #stopping = new Map<string, readonly number[]>();

  constructor(site: SiteStreets) {
    this.#roads = roadsOf(site);
    const places = placesOf(site, this.#roads);
    for (const intersection of site.intersections) {
      const exitLanes = exitLanesOf(intersection);
      const widest = Math.max(...exitLanes.values(), ...intersection.approaches.map(({ lanes }) => lanes.length));
      const radius_m = widest * laneWidth_m + setBack_m;
      const place = places.get(intersection.id) as Place;
      this.#junctions.set(intersection.id, { intersection, place, radius_m, exitLanes });
    }
    for (const junction of this.#junctions.values()) {
      for (const approach of junction.intersection.approaches) this.#addApproach(junction, approach);
    }
    for (const junction of this.#junctions.values()) this.#addExits(junction);
    for (const junction of this.#junctions.values()) this.#addWays(junction);
  }

  #addApproach(junction: Junction, approach: Approach): void {
    const { id } = junction.intersection;
    const road = this.#roads.find((each) => each.to === id && each.approach === approach.id);
    const longest_m = Math.max(...approach.lanes.map(({ length_m }) => length_m));
    const entrance_m = Math.max(shortestEntrance_m, longest_m + beyondQueue_m);
    const crossed_m = 2 * (this.#junctions.get(road?.from ?? "")?.radius_m ?? 0);
    const total_m = Math.max(shortestPiece_m, road === undefined ? entrance_m : road.distance_m - crossed_m);
    const pockets = approach.lanes.filter(({ length_m }) => length_m < longest_m);
    const pocket_m = Math.max(0, ...pockets.map(({ length_m }) => length_m));
    const split = pockets.length > 0 && total_m - pocket_m > shortestPiece_m;
    const name = `${id}.${approach.id}`;
    const side = sideOf(approach);
    const stopping = this.#addEdge(
      name,
      approach.lanes.map((lane) => lane.id),
      {
        speed_m_s: approach.speed_kmh / 3.6,
        length_m: split ? pocket_m : total_m,
        line: this.#inwards(junction, side, split ? pocket_m : total_m, 0),
      },
    );
    this.#stopping.set(`${id} ${approach.id}`, stopping);
    const through = split
      ? this.#addPocketRoad(junction, approach, stopping, { total_m, pocket_m, longest_m })
      : stopping;
    if (road !== undefined) this.#entered.set(`${road.from} ${road.exit}`, through);
  }

  /** The road before turning lanes begin; each of those is come into from the lane nearest to it. */
  #addPocketRoad(
    junction: Junction,
    approach: Approach,
    stopping: readonly number[],
    {
      total_m,
      pocket_m,
      longest_m,
    }: { readonly total_m: number; readonly pocket_m: number; readonly longest_m: number },
  ): readonly number[] {
    const name = `${junction.intersection.id}.${approach.id}.before`;
    const whole = approach.lanes.flatMap(({ length_m }, at) => (length_m < longest_m ? [] : [at]));
    const lanes = this.#addEdge(
      name,
      whole.map((_, at) => `${name}_${at}`),
      {
        speed_m_s: approach.speed_kmh / 3.6,
        length_m: total_m - pocket_m,
        line: this.#inwards(junction, sideOf(approach), total_m, pocket_m),
      },
    );
    for (const [at, to] of stopping.entries()) {
      const nearest = whole.reduce((a, b) => (Math.abs(b - at) < Math.abs(a - at) ? b : a));
      this.#link(lanes[whole.indexOf(nearest)] as number, to);
    }
    return lanes;
  }

  #link(from: number, to: number): void {
    this.draft.links.push({ from, to, via: -1, state: "M", signal: null, signalIndex: -1, turnsAround: false });
  }

  /** The middle of a leg, towards the junction, between two distances from its stop line. */
  #inwards({ place, radius_m }: Junction, side: number, from_m: number, to_m: number): readonly [Place, Place] {
    const [dx, dy] = outwards(side);
    const at = (away_m: number): Place => [place[0] + dx * (radius_m + away_m), place[1] + dy * (radius_m + away_m)];
    return [at(from_m), at(to_m)];
  }

  /** `ids` from the middle outwards, right of the line; given back in that order. */
  #addEdge(
    id: string,
    ids: readonly string[],
    {
      speed_m_s,
      length_m,
      line,
    }: { readonly speed_m_s: number; readonly length_m: number; readonly line: readonly [Place, Place] },
  ): readonly number[] {
    const { edges, lanes } = this.draft;
    const own: number[] = [];
    edges.push({ id, inside: false, lanes: own });
    const [[ax, ay], [bx, by]] = line;
    const long = Math.hypot(bx - ax, by - ay) || 1;
    const [rx, ry] = [(by - ay) / long, -(bx - ax) / long];
    for (let fromMiddle = ids.length - 1; fromMiddle >= 0; fromMiddle -= 1) {
      const aside = (fromMiddle + 0.5) * laneWidth_m;
      const shape = Float64Array.of(ax + rx * aside, ay + ry * aside, bx + rx * aside, by + ry * aside);
      const index = own.length;
      own.push(lanes.length);
      lanes.push({
        id: ids[fromMiddle] as string,
        edge: edges.length - 1,
        index,
        length_m,
        speed_m_s,
        width_m: laneWidth_m,
        allowed: everyClass,
        shape,
      });
    }
    return own.toReversed();
  }

  #addExits(junction: Junction): void {
    const { id, approaches } = junction.intersection;
    const speed_m_s = Math.max(...approaches.map(({ speed_kmh }) => speed_kmh)) / 3.6;
    for (const [side, count] of junction.exitLanes) {
      if (this.#entered.has(`${id} ${side}`)) continue;
      const name = `${id}.to-${(compass[side] ?? "").toLowerCase()}`;
      const [far, near] = this.#inwards(junction, side, exit_m, 0);
      const ids = Array.from({ length: count }, (_, at) => `${name}_${at}`);
      const lanes = this.#addEdge(name, ids, { speed_m_s, length_m: exit_m, line: [near, far] });
      this.#entered.set(`${id} ${side}`, lanes);
    }
  }

  #addWays(junction: Junction): void {
    const { intersection } = junction;
    const ways = intersection.approaches
      .flatMap((approach) => this.#waysFrom(junction, approach))
      .sort((a, b) => a.from - b.from);
    for (const [at, way] of ways.entries()) this.#addWay(intersection.id, at, way);
    const requests = requestsByRank(ways);
    const incoming = [...new Set(ways.map(({ from }) => from))].map((lane) => this.draft.lanes[lane]?.id ?? "");
    this.draft.junctions.push({ id: intersection.id, type: "traffic_light", incoming, inside: [], requests });
    const yieldsTo = (own: number): number[] =>
      ways.flatMap((_, foe) => (requests.get(own)?.response.at(-1 - foe) === "1" ? [foe] : []));
    this.ways.set(
      intersection.id,
      ways.map(({ phase }, own) => ({ phase, yieldsTo: yieldsTo(own) })),
    );
  }

  #waysFrom({ intersection, radius_m, place }: Junction, approach: Approach): NumberedWay[] {
    const stopping = this.#stopping.get(`${intersection.id} ${approach.id}`) ?? [];
    const side = sideOf(approach);
    return (Object.keys(rank) as Turn[]).flatMap((turn) => {
      const turning = approach.lanes.flatMap(({ turns }, at) => (turns.includes(turn) ? [at] : []));
      const exit = exitOf(intersection, side, turn);
      const exits = this.#entered.get(`${intersection.id} ${exit}`) ?? [];
      return turning.map((lane, nth) => {
        // Who turns left keeps to the middle, everybody else to the kerb.
        const fromMiddle = turn === "left" || turn === "u_turn" ? nth : exits.length - turning.length + nth;
        const from = stopping[lane] as number;
        const to = exits[Math.min(exits.length - 1, Math.max(0, fromMiddle))] as number;
        const shape = this.#curve(from, to, radius_m * bend, side, exit, place);
        const { phase } = approach.lanes[lane] as Approach["lanes"][number];
        this.turnShares.set(`${this.draft.lanes[from]?.edge} ${this.draft.lanes[to]?.edge}`, usualTurnShare[turn]);
        return { from, to, rank: rank[turn], shape, phase, turnsAround: turn === "u_turn" };
      });
    });
  }

  /** A cubic Bézier curve from the end of a lane to where another begins, drawn around the place of the junction. */
  #curve(from: number, to: number, reach_m: number, side: number, exit: number, [cx, cy]: Place): Float64Array {
    const { lanes } = this.draft;
    const [ax = 0, ay = 0] = lanes[from]?.shape.slice(-2) ?? [];
    const there = lanes[to]?.shape ?? new Float64Array();
    // The road to the next intersection is drawn from that one's side: here it begins where this leg does.
    const [ux, uy] = outwards(exit);
    const drawn = Math.hypot((there[0] ?? 0) - cx, (there[1] ?? 0) - cy);
    const near = drawn < (4 * reach_m) / bend;
    const [bx, by] = near
      ? [there[0] ?? 0, there[1] ?? 0]
      : [cx + (ux * reach_m) / bend + uy * laneWidth_m, cy + (uy * reach_m) / bend - ux * laneWidth_m];
    const [ix, iy] = outwards(side);
    const control = [ax - ix * reach_m, ay - iy * reach_m, bx - ux * reach_m, by - uy * reach_m] as const;
    const shape = new Float64Array(2 * (pieces + 1));
    for (let at = 0; at <= pieces; at += 1) {
      const t = at / pieces;
      const [a, b, c, d] = [(1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t ** 2, t ** 3];
      shape[2 * at] = a * ax + b * control[0] + c * control[2] + d * bx;
      shape[2 * at + 1] = a * ay + b * control[1] + c * control[3] + d * by;
    }
    return shape;
  }

  #addWay(signal: string, at: number, { from, to, rank: own, shape, turnsAround }: NumberedWay): void {
    const { edges, lanes, links } = this.draft;
    const speed_m_s = Math.min(lanes[from]?.speed_m_s ?? 1, lanes[to]?.speed_m_s ?? 1);
    const via = lanes.length;
    edges.push({ id: `:${signal}_${at}`, inside: true, lanes: [via] });
    lanes.push({
      id: `:${signal}_${at}_0`,
      edge: edges.length - 1,
      index: 0,
      length_m: Math.max(1, pathLength_m(shape)),
      speed_m_s,
      width_m: laneWidth_m,
      allowed: everyClass,
      shape,
    });
    const straight = own === rank.through;
    links.push({ from, to, via, state: "o", signal, signalIndex: at, turnsAround, straight });
    links.push({ from: via, to, via: -1, state: "M", signal: null, signalIndex: -1, turnsAround: false });
  }
}

export function siteNetwork(site: SiteStreets): SiteNetwork {
  const { draft, ways, turnShares } = new SiteMaker(site);
  return { draft, ways, turnShares };
}
