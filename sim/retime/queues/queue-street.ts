/**
 * A scenario as nothing but queues before lights: who comes to which stop line, after how long at free speed, and who leaves
 * whom the way. A drive through it takes a twentieth to a fortieth of a rehearsal's time, so that a search can try many plans in it first.
 */
import type { Demand, Departure, VehicleType } from "../../demand/demand.ts";
import { drawSpeedFactor } from "../../demand/speed-factor.ts";
import { Random } from "../../engine/random.ts";
import { packed, startsOf } from "../../network/packed.ts";
import type { RoadNetwork } from "../../network/road-network.ts";
import { queuedHeadway_s, sideBySide } from "../queued-headway.ts";
import { GOES, YIELDS } from "./queue-lights.ts";

/** Links at which somebody may have to wait, those of one movement one after the other. */
export interface QueueLinks {
  readonly lane: Int32Array;
  /** -1 without. */
  readonly signal: Int32Array;
  /** Place in the signal's state. */
  readonly place: Int32Array;
  /** What is shown without a signal, as `queue-lights.ts` has it. */
  readonly own: Uint8Array;
  readonly movement: Int32Array;
  /** Links that go first: firstFoe[k] to firstFoe[k + 1] - 1. */
  readonly firstFoe: Int32Array;
  readonly foe: Int32Array;
}

export interface QueueStreet {
  readonly begin_s: number;
  /** Whole seconds that are looked at. */
  readonly seconds: number;
  readonly links: QueueLinks;
  readonly lanes: number;
  /** Links of movement m: firstLink[m] to firstLink[m + 1] - 1. */
  readonly firstLink: Int32Array;
  /** By lane: metres behind its stop line as far as the stop lines before. */
  readonly room_m: Float64Array;
  /** When each vehicle is due, after the beginning, and how many there are. */
  readonly depart_s: Float64Array;
  readonly vehicles: number;
  /** Legs of vehicle v: firstLeg[v] to firstLeg[v + 1] - 1, each to one stop line. */
  readonly firstLeg: Int32Array;
  readonly legMovement: Int32Array;
  readonly legTravel_s: Float64Array;
  /** Seconds of green, and metres of lane, that it takes in a queue. */
  readonly headway_s: Float64Array;
  readonly space_m: Float64Array;
}

/** Lane changes and turns cost a queue so much of its flow. */
const loss = 1.05;

interface Hour {
  readonly begin_s: number;
  readonly end_s: number;
}

/** Links at a signal, those that give way to somebody, and those to whom way is given. */
function stopLines({ links }: RoadNetwork): Uint8Array {
  const stops = Uint8Array.from(links.signal, (signal) => (signal === -1 ? 0 : 1));
  for (let link = 0; link < links.from.length; link += 1) {
    for (let at = links.firstYield[link] as number; at < (links.firstYield[link + 1] as number); at += 1) {
      stops[link] = 1;
      stops[links.yieldTo[at] as number] = 1;
    }
  }
  return stops;
}

/** Movements over stop lines, numbered; every link between the same two edges belongs to the same. */
class Movements {
  readonly #network: RoadNetwork;
  readonly #byEdges = new Map<number, number>();
  readonly links: number[][] = [];

  constructor(network: RoadNetwork) {
    this.#network = network;
    const { edges, lanes, links } = network;
    const stops = stopLines(network);
    for (const [link, from] of links.from.entries()) {
      const edge = lanes.edge[from] as number;
      if (stops[link] === 0 || edges.inside[edge] === 1) continue;
      const key = this.#key(edge, lanes.edge[links.to[link] as number] as number);
      const known = this.#byEdges.get(key);
      if (known !== undefined) this.links[known]?.push(link);
      else {
        this.#byEdges.set(key, this.links.length);
        this.links.push([link]);
      }
    }
  }

  at(from: number, to: number): number | undefined {
    return this.#byEdges.get(this.#key(from, to));
  }

  #key(from: number, to: number): number {
    return from * this.#network.edges.ids.length + to;
  }
}

/** Numbers from 0 on for whatever is asked for. */
function numbered(): { readonly of: (key: number) => number; readonly count: () => number } {
  const known = new Map<number, number>();
  const of = (key: number): number => {
    const found = known.get(key) ?? known.size;
    known.set(key, found);
    return found;
  };
  return { of, count: () => known.size };
}

function linksOf(network: RoadNetwork, movements: Movements) {
  const { links } = network;
  const lanes = numbered();
  const all = movements.links.flatMap((some, movement) => some.map((link) => ({ link, movement })));
  const dense = new Map(all.map(({ link }, at) => [link, at]));
  const foes = all.map(({ link }) => {
    const yieldTo = links.yieldTo.subarray(links.firstYield[link], links.firstYield[link + 1]);
    return [...yieldTo].flatMap((foe) => {
      const at = links.signal[foe] === links.signal[link] ? dense.get(foe) : undefined;
      return at === undefined ? [] : [at];
    });
  });
  const { first: firstFoe, all: foe } = packed(foes);
  const made: QueueLinks = {
    lane: Int32Array.from(all, ({ link }) => lanes.of(links.from[link] as number)),
    signal: Int32Array.from(all, ({ link }) => links.signal[link] as number),
    place: Int32Array.from(all, ({ link }) => links.signalIndex[link] as number),
    own: Uint8Array.from(all, ({ link }) => (links.firstYield[link] === links.firstYield[link + 1] ? GOES : YIELDS)),
    movement: Int32Array.from(all, ({ movement }) => movement),
    firstFoe,
    foe,
  };
  const lanes_m = new Float64Array(lanes.count());
  for (const { link } of all) {
    const from = links.from[link] as number;
    lanes_m[lanes.of(from)] = network.lanes.length_m[from] as number;
  }
  return { links: made, lanes_m, firstLink: startsOf(movements.links) };
}

interface Leg {
  readonly movement: number;
  readonly travel_s: number;
  /** Driven since the last stop line. */
  readonly length_m: number;
}

function legsOf({ route }: Departure, type: VehicleType, factor: number, network: RoadNetwork, movements: Movements) {
  const { edges, lanes } = network;
  const legs: Leg[] = [];
  let [travel_s, length_m] = [0, 0];
  for (let at = 0; at + 1 < route.length; at += 1) {
    const edge = route[at] as number;
    const lane = edges.firstLane[edge] as number;
    const long_m = lanes.length_m[lane] as number;
    travel_s += long_m / Math.min(factor * (lanes.speed_m_s[lane] as number), type.maxSpeed_m_s);
    length_m += long_m;
    const movement = movements.at(edge, route[at + 1] as number);
    if (movement === undefined) continue;
    legs.push({ movement, travel_s, length_m });
    [travel_s, length_m] = [0, 0];
  }
  return legs;
}

/** Metres of each lane: as far as whoever came from the stop line before has driven, at least the lane itself. */
function rooms_m(ways: readonly (readonly Leg[])[], lanes_m: Float64Array, firstLink: Int32Array, lane: Int32Array) {
  const room_m = lanes_m.slice();
  for (const legs of ways) {
    for (const { length_m, movement } of legs.slice(1)) {
      for (const at of lane.subarray(firstLink[movement], firstLink[movement + 1])) {
        room_m[at] = Math.max(room_m[at] as number, length_m);
      }
    }
  }
  return room_m;
}

/** `seed` decides how fast each likes to drive; the demand is one in which nothing is left to chance. */
export function queueStreet(network: RoadNetwork, demand: Demand, { begin_s, end_s }: Hour, seed: number): QueueStreet {
  const movements = new Movements(network);
  const random = new Random(seed);
  const due = demand.departures.filter(({ depart_s }) => depart_s >= begin_s && depart_s < end_s);
  const kinds = due.map(({ type }) => demand.types[type] as VehicleType);
  const ways = due.map((departure, at) => {
    const type = kinds[at] as VehicleType;
    return legsOf(departure, type, drawSpeedFactor(type, random), network, movements);
  });
  const legs = ways.flat();
  const { firstLink, lanes_m, links } = linksOf(network, movements);
  return {
    begin_s,
    seconds: Math.floor(end_s - begin_s),
    links,
    firstLink,
    lanes: lanes_m.length,
    room_m: rooms_m(ways, lanes_m, firstLink, links.lane),
    depart_s: Float64Array.from(due, ({ depart_s }) => depart_s - begin_s),
    vehicles: due.length,
    firstLeg: startsOf(ways),
    legMovement: Int32Array.from(legs, ({ movement }) => movement),
    legTravel_s: Float64Array.from(legs, ({ travel_s }) => travel_s),
    headway_s: Float64Array.from(kinds, (type) => loss * queuedHeadway_s(type, Number.POSITIVE_INFINITY)),
    space_m: Float64Array.from(kinds, (type) => (type.length_m + type.minGap_m) / sideBySide(type)),
  };
}
