/** An emergency vehicle as those ahead know it: by its route, and by where it is. */
import type { Emergency } from "../../core/adaptive/priority/emergency.ts";
import type { Departure, VehicleType } from "../demand/demand.ts";
import type { RoadNetwork } from "../network/road-network.ts";
import type { RunningStreet } from "../street/running-street.ts";
import type { SignalJunction } from "./signal-junction.ts";

/** Told so long before it comes, s; one that is not found for so long is gone, s. */
const [told_s, lost_s] = [180, 20];

interface Crossing {
  /** The edge before it, by its place on the route. */
  readonly after: number;
  readonly junction: number;
  readonly movements: readonly number[];
}

export class EmergencyWay {
  readonly #departure: Departure;
  readonly #number: number;
  readonly #network: RoadNetwork;
  readonly #crossings: readonly Crossing[];
  /** By place on the route: seconds that it takes if nobody is in the way. */
  readonly #free_s: readonly number[];
  #at = 0;
  #left_s = Number.NaN;
  #found_s = Number.NaN;
  #isGone = false;

  constructor(
    network: RoadNetwork,
    departure: Departure,
    type: VehicleType,
    number: number,
    junctions: readonly SignalJunction[],
  ) {
    const { edges, lanes } = network;
    this.#network = network;
    this.#departure = departure;
    this.#number = number;
    this.#free_s = [...departure.route].map((edge) => {
      const lane = edges.firstLane[edge] as number;
      const speed_m_s = Math.min((lanes.speed_m_s[lane] as number) * type.speedFactor, type.maxSpeed_m_s);
      return (lanes.length_m[lane] as number) / speed_m_s;
    });
    this.#crossings = [...departure.route].flatMap((edge, after) =>
      junctions.flatMap((junction, at) => {
        const movements = movementsOf(network, junction, edge, departure.route[after + 1] ?? -1);
        return movements.length === 0 ? [] : [{ after, junction: at, movements }];
      }),
    );
  }

  /** Lanes on which it may be. */
  get lanes(): readonly number[] {
    return [...this.#departure.route].flatMap((edge) => this.#lanesOf(edge));
  }

  look(street: RunningStreet): void {
    if (this.#isGone || street.now_s < this.#departure.depart_s) return;
    const { route } = this.#departure;
    for (let at = this.#at; at < route.length; at += 1) {
      const share = this.#shareDriven(street, route[at] as number);
      if (Number.isNaN(share)) continue;
      this.#at = at;
      this.#left_s = (this.#free_s[at] as number) * (1 - share);
      this.#found_s = street.now_s;
      return;
    }
    // Inside a junction: at the end of the edge before it.
    this.#left_s = 0;
    this.#isGone = street.now_s - this.#found_s > lost_s;
  }

  /** For an intersection that it has still to cross, or is crossing; null otherwise. */
  before(junction: number): Emergency | null {
    if (this.#isGone || Number.isNaN(this.#found_s)) return null;
    const next = this.#crossings.find((each) => each.junction === junction && each.after >= this.#at);
    if (next === undefined) return null;
    let eta_s = this.#left_s;
    for (let at = this.#at + 1; at <= next.after; at += 1) eta_s += this.#free_s[at] as number;
    return eta_s > told_s ? null : { id: this.#number, movements: next.movements, eta_s };
  }

  #lanesOf(edge: number): readonly number[] {
    const { firstLane } = this.#network.edges;
    const first = firstLane[edge] as number;
    return Array.from({ length: (firstLane[edge + 1] as number) - first }, (_, at) => first + at);
  }

  /** Of an edge, 0 to 1; NaN where it is not on it. */
  #shareDriven(street: RunningStreet, edge: number): number {
    for (const lane of this.#lanesOf(edge)) {
      const { count, vehicle, position_m, length_m } = street.lane(lane);
      for (let i = 0; i < count; i += 1) {
        if (street.vehicles[vehicle[i] as number] === this.#departure.id) return (position_m[i] as number) / length_m;
      }
    }
    return Number.NaN;
  }
}

/** Ways over a junction from one edge into another. */
function movementsOf({ lanes }: RoadNetwork, own: SignalJunction, from: number, to: number): readonly number[] {
  return [...own.junction.movements.entries()].flatMap(([m, { lane, exit }]) => {
    const [before, behind] = [own.stretches[lane]?.[0]?.lane ?? -1, own.exits[exit]?.[0] ?? -1];
    return lanes.edge[before] === from && lanes.edge[behind] === to ? [m] : [];
  });
}
