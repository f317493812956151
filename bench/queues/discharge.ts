/** What leaves a queue while it lasts: vehicles an hour of green, from the tenth second of green on. */
import type { Departure, VehicleType } from "../../sim/demand/demand.ts";
import { usualType } from "../../sim/demand/usual-types.ts";
import { Simulation } from "../../sim/engine/simulation.ts";
import type { World } from "../../sim/engine/world.ts";
import { readNet } from "../../sim/sumo/read-net.ts";
import { type SignalRoad, signalRoadXml } from "./signal-road.ts";

/** Sizes and manners of a Vietnamese street's drivers, as the motorbike corridor has them. */
const types: readonly VehicleType[] = [
  { id: "car", class: "passenger", ...usualType("passenger"), length_m: 4.5, minGap_m: 2 },
  { id: "bus", class: "bus", ...usualType("bus"), length_m: 11.5, decel_m_s2: 4, maxSpeed_m_s: 20 },
  {
    id: "motorbike",
    class: "motorcycle",
    ...usualType("motorcycle"),
    ...{ length_m: 1.9, width_m: 0.75, minGap_m: 0.6, minGapLat_m: 0.3 },
    ...{ accel_m_s2: 2.8, decel_m_s2: 5, maxSpeed_m_s: 16.7, speedDev: 0.12 },
  },
];

export type Kind = "car" | "bus" | "motorbike";

export interface Queue {
  readonly lanes: number;
  readonly laneWidth_m: number;
  /** One after the other, over and over. */
  readonly kinds: readonly Kind[];
  readonly seed: number;
  /** Without: lanes are single files. */
  readonly lateral_resolution_m?: number;
}

export interface Discharge {
  /** Over the stop line an hour of green, of each kind. */
  readonly perHour: Readonly<Record<Kind, number>>;
  readonly perHourAndMetre: number;
  /** In the first ten metres of the queue, at the end of red: how many stand there. */
  readonly standing: number;
}

const red_s = 180;
const settled_s = 10;
const counted_s = 30;
const front_m = 10;

async function worldOf(queue: Queue): Promise<Simulation> {
  const road: SignalRoad = { lanes: queue.lanes, laneWidth_m: queue.laneWidth_m, red_s, green_s: 60 };
  const read = await readNet("signal-road.net.xml", [signalRoadXml(road)]);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const route = Int32Array.of(...["in", "out"].map((edge) => read.value.edges.byId.get(edge) as number));
  const departures = Array.from({ length: 400 * queue.lanes }, (_, at): Departure => {
    const type = types.findIndex(({ id }) => id === queue.kinds[at % queue.kinds.length]);
    return { id: `v${at}`, type, depart_s: 0, route, stops: null, lane: "free", position: "base", speed: "max" };
  });
  const { lateral_resolution_m } = queue;
  const options = {
    network: read.value,
    demand: { types, departures },
    seed: queue.seed,
    begin_s: 0,
    end_s: red_s + 60,
  };
  return new Simulation(lateral_resolution_m === undefined ? options : { ...options, lateral_resolution_m });
}

class StopLine {
  readonly #world: World;
  readonly #edge: number;
  readonly #before: Int32Array;

  constructor(world: World) {
    this.#world = world;
    this.#edge = world.network.edges.byId.get("in") as number;
    this.#before = new Int32Array(world.lane.length).fill(-1);
  }

  #isBefore(lane: number): boolean {
    return lane >= 0 && this.#world.network.lanes.edge[lane] === this.#edge;
  }

  /** Those who have come over it since the last question. */
  *passed(): Generator<number> {
    for (const [v, lane] of this.#world.lane.entries()) {
      if (this.#isBefore(this.#before[v] as number) && !this.#isBefore(lane)) yield v;
      this.#before[v] = lane;
    }
  }

  standing(within_m: number): number {
    const { lane, network, pos } = this.#world;
    const near = (v: number): boolean =>
      this.#isBefore(lane[v] as number) &&
      (pos[v] as number) > (network.lanes.length_m[lane[v] as number] as number) - within_m;
    return [...lane.keys()].filter(near).length;
  }
}

export async function discharge(queue: Queue): Promise<Discharge> {
  const simulation = await worldOf(queue);
  const { world } = simulation;
  const line = new StopLine(world);
  const counts: Record<Kind, number> = { car: 0, bus: 0, motorbike: 0 };
  while (world.now_s < red_s) simulation.step();
  const standing = line.standing(front_m);
  while (world.now_s < red_s + settled_s + counted_s) {
    simulation.step();
    const counting = world.now_s > red_s + settled_s;
    for (const v of line.passed()) if (counting) counts[queue.kinds[v % queue.kinds.length] ?? "car"] += 1;
  }
  const hourly = 3600 / counted_s;
  const all = (counts.car + counts.bus + counts.motorbike) * hourly;
  return {
    perHour: { car: counts.car * hourly, bus: counts.bus * hourly, motorbike: counts.motorbike * hourly },
    perHourAndMetre: all / (queue.lanes * queue.laneWidth_m),
    standing,
  };
}
