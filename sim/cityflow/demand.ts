/** CityFlow's flows as departures: certain times, drivers without chance, any lane that leads on. */
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";
import { type Demand, type Departure, mostVehicles, type VehicleType } from "../demand/demand.ts";
import { Router } from "../demand/routing.ts";
import { usualType } from "../demand/usual-types.ts";
import { classBit, type RoadNetwork } from "../network/road-network.ts";
import type { Flow } from "./schema.ts";

function typeOf(id: string, { vehicle }: Flow): VehicleType {
  return {
    ...usualType("passenger"),
    id,
    class: "passenger",
    length_m: vehicle.length,
    width_m: vehicle.width,
    minGap_m: vehicle.minGap,
    accel_m_s2: vehicle.usualPosAcc,
    decel_m_s2: vehicle.usualNegAcc,
    emergencyDecel_m_s2: Math.max(vehicle.maxNegAcc, vehicle.usualNegAcc),
    maxSpeed_m_s: vehicle.maxSpeed,
    sigma: 0,
    tau_s: vehicle.headwayTime,
    speedFactor: 1,
    speedDev: 0,
  };
}

class DemandMaker {
  readonly types: VehicleType[] = [];
  readonly departures: Departure[] = [];
  readonly #byName = new Map<string, number>();
  readonly #routes = new Map<string, Int32Array>();
  readonly #network: RoadNetwork;
  readonly #router: Router;
  readonly #end_s: number;

  constructor(network: RoadNetwork, end_s: number) {
    this.#network = network;
    this.#router = new Router(network);
    this.#end_s = end_s;
  }

  add(flow: Flow, at: number): Result<void> {
    const route = this.#route(flow, at);
    if (!route.ok) return route;
    const last_s = Math.min(flow.endTime < 0 ? Number.POSITIVE_INFINITY : flow.endTime, this.#end_s);
    const count = Math.max(0, Math.floor((last_s - flow.startTime) / flow.interval) + 1);
    if (this.departures.length + count > mostVehicles) {
      return failed(problem("SCENARIO_TOO_MANY", { most: mostVehicles }));
    }
    const type = this.#type(flow);
    for (let nth = 0; nth < count; nth += 1) {
      this.departures.push({
        id: `flow_${at}_${nth}`,
        type,
        depart_s: flow.startTime + nth * flow.interval,
        route: route.value,
        stops: null,
        lane: "best",
        position: "base",
        speed: 0,
      });
    }
    return ok(undefined);
  }

  #type(flow: Flow): number {
    const key = JSON.stringify(flow.vehicle);
    let type = this.#byName.get(key);
    if (type === undefined) {
      type = this.types.length;
      this.types.push(typeOf(`vehicle_${type}`, flow));
      this.#byName.set(key, type);
    }
    return type;
  }

  #route({ route }: Flow, at: number): Result<Int32Array> {
    const key = route.join(" ");
    const known = this.#routes.get(key);
    if (known !== undefined) return ok(known);
    const stops: number[] = [];
    for (const id of route) {
      const edge = this.#network.edges.byId.get(id);
      if (edge === undefined || this.#network.edges.inside[edge] === 1) {
        return failed(problem("CITYFLOW_ROAD_UNKNOWN", { flow: at, road: id }));
      }
      stops.push(edge);
    }
    const allowed = classBit("passenger");
    const found = this.#router.broken(Int32Array.from(stops), allowed) === null ? Int32Array.from(stops) : null;
    const way = found ?? this.#router.along(stops, allowed, null);
    if (way === null) {
      const words = { vehicle: `flow ${at}`, from: route[0] ?? "", to: route.at(-1) ?? "" };
      return failed(problem("SCENARIO_NO_WAY", words));
    }
    this.#routes.set(key, way);
    return ok(way);
  }
}

/** Whoever would depart behind `end_s` is not made. */
export function demandOf(flows: readonly Flow[], network: RoadNetwork, end_s: number): Result<Demand> {
  const maker = new DemandMaker(network, end_s);
  for (const [at, flow] of flows.entries()) {
    const added = maker.add(flow, at);
    if (!added.ok) return added;
  }
  const departures = maker.departures.sort((a, b) => a.depart_s - b.depart_s);
  return ok({ types: maker.types, departures });
}
