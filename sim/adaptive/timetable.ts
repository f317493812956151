/** Where a bus should be by now: by the times at its stops where it has any, otherwise by a journey of a usual pace from its departure. */
import type { Departure, Halt, VehicleType } from "../demand/demand.ts";
import type { RoadNetwork } from "../network/road-network.ts";

/** Times of an empty road; timetables leave room for signals. */
const pace = 1.3;
/** Who is so near to the place of a stop has come to it, m. */
const near_m = 1;

interface Leg {
  readonly edge: number;
  /** When it should begin. */
  readonly from_s: number;
  readonly speed_m_s: number;
  readonly halts: readonly Halt[];
}

export class Timetable {
  readonly #legs: readonly Leg[];
  #at = 0;

  constructor({ edges, lanes }: RoadNetwork, departure: Departure, type: VehicleType) {
    let due_s = departure.depart_s;
    this.#legs = [...departure.route].map((edge) => {
      const lane = edges.firstLane[edge] as number;
      const halts = (departure.halts ?? []).filter((halt) => lanes.edge[halt.lane] === edge);
      const speed_m_s = Math.min(lanes.speed_m_s[lane] as number, type.maxSpeed_m_s);
      const leg = { edge, from_s: due_s, speed_m_s, halts };
      due_s = dueAt(leg, lanes.length_m[lane] as number);
      return leg;
    });
  }

  /** Seconds after its time, negative before it; 0 off its way. `position_m`: along the edge. */
  late_s(edge: number, position_m: number, now_s: number): number {
    const at = this.#legs.findIndex((leg, place) => place >= this.#at && leg.edge === edge);
    if (at === -1) return 0;
    this.#at = at;
    return now_s - dueAt(this.#legs[at] as Leg, position_m);
  }
}

function dueAt({ from_s, speed_m_s, halts }: Leg, position_m: number): number {
  let [due_s, from_m] = [from_s, 0];
  for (const { end_m, duration_s, until_s } of halts) {
    if (end_m > position_m + near_m) break;
    due_s = until_s >= 0 ? until_s : due_s + ((end_m - from_m) / speed_m_s) * pace + duration_s;
    from_m = end_m;
  }
  return due_s + (Math.max(0, position_m - from_m) / speed_m_s) * pace;
}
