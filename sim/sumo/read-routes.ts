/** Vehicles, trips and flows from SUMO's route files. */
import { ok, type Problem, ProblemError, problem, type Result } from "../../core/problems/problem.ts";
import type { Demand, DepartLane, DepartPosition, DepartSpeed, Departure, VehicleType } from "../demand/demand.ts";
import { Router } from "../demand/routing.ts";
import { parseSpeedFactor } from "../demand/speed-factor.ts";
import { usualType } from "../demand/usual-types.ts";
import { classBit, type RoadClass, type RoadNetwork, vehicleClassNames } from "../network/road-network.ts";
import { readXml, type XmlElement } from "./xml.ts";

const usualTypeId = "DEFAULT_VEHTYPE";
/** More in one file is a mistake in a flow. */
const mostVehicles = 5_000_000;
const latest_s = 1e9;
const laneWords = new Set(["first", "best", "free", "random", "allowed"]);
const positionWords = new Set(["base", "random", "random_free", "free", "last"]);
const speedWords = new Set(["max", "desired", "speedLimit", "random"]);

/** A vehicle, trip or flow whose end tag has not come yet. */
interface Open {
  readonly element: XmlElement;
  route: Int32Array | null;
}

class RoutesReader {
  readonly types: VehicleType[] = [{ id: usualTypeId, class: "passenger", ...usualType("passenger") }];
  readonly departures: Departure[] = [];
  readonly #file: string;
  readonly #network: RoadNetwork;
  readonly #router: Router;
  readonly #routes = new Map<string, Int32Array>();
  #open: Open | null = null;

  constructor(file: string, network: RoadNetwork) {
    this.#file = file;
    this.#network = network;
    this.#router = new Router(network);
  }

  open(element: XmlElement): void {
    const { name } = element;
    if (name === "vType") this.#type(element);
    else if (name === "route") this.#route(element);
    else if (name === "vehicle" || name === "trip" || name === "flow") this.#open = { element, route: null };
  }

  closed(name: string): void {
    if (this.#open === null || this.#open.element.name !== name) return;
    const { element, route } = this.#open;
    this.#open = null;
    if (name === "flow") this.#flow(element, route);
    else this.#add(element, element.text("id"), element.number("depart"), route);
  }

  #wrong(code: Problem["code"], words: Problem["words"], { line, column }: XmlElement): ProblemError {
    return new ProblemError([problem(code, words, { file: this.#file, line, column })]);
  }

  #type(element: XmlElement): void {
    const name = element.optional("vClass") ?? "passenger";
    if (!vehicleClassNames.includes(name as RoadClass)) throw this.#wrong("SCENARIO_CLASS", { found: name }, element);
    const usual = usualType(name as RoadClass);
    const factor = parseSpeedFactor(element.optional("speedFactor") ?? String(usual.speedFactor));
    if (factor === null) {
      throw this.#wrong("SCENARIO_SPEED_FACTOR", { found: element.text("speedFactor") }, element);
    }
    const type: VehicleType = {
      id: element.text("id"),
      class: name as RoadClass,
      length_m: element.number("length", usual.length_m),
      width_m: element.number("width", usual.width_m),
      minGap_m: element.number("minGap", usual.minGap_m),
      minGapLat_m: element.number("minGapLat", usual.minGapLat_m),
      accel_m_s2: element.number("accel", usual.accel_m_s2),
      decel_m_s2: element.number("decel", usual.decel_m_s2),
      emergencyDecel_m_s2: element.number("emergencyDecel", usual.emergencyDecel_m_s2),
      maxSpeed_m_s: element.number("maxSpeed", usual.maxSpeed_m_s),
      sigma: element.number("sigma", usual.sigma),
      tau_s: element.number("tau", usual.tau_s),
      speedFactorLeast: usual.speedFactorLeast,
      speedFactorMost: usual.speedFactorMost,
      ...factor,
      speedDev: element.number("speedDev", factor.speedDev ?? usual.speedDev),
    };
    for (const key of ["length_m", "width_m", "accel_m_s2", "decel_m_s2", "maxSpeed_m_s"] as const) {
      if (!(type[key] > 0 && type[key] < 1000)) {
        throw this.#wrong("SCENARIO_TYPE_VALUE", { type: type.id, key, value: type[key] }, element);
      }
    }
    this.types.push({ ...type, emergencyDecel_m_s2: Math.max(type.emergencyDecel_m_s2, type.decel_m_s2) });
  }

  #route(element: XmlElement): void {
    const route = this.#edgesOf(element.text("edges"), element);
    if (this.#open !== null) this.#open.route = route;
    else this.#routes.set(element.text("id"), route);
  }

  #edgesOf(text: string, element: XmlElement): Int32Array {
    const ids = text.split(/\s+/).filter((id) => id !== "");
    if (ids.length === 0) throw this.#wrong("SCENARIO_ROUTE_EMPTY", {}, element);
    return Int32Array.from(ids, (id) => this.#edge(id, element));
  }

  #edge(id: string, element: XmlElement): number {
    const edge = this.#network.edges.byId.get(id);
    if (edge === undefined) throw this.#wrong("SCENARIO_EDGE_UNKNOWN", { edge: id.slice(0, 60) }, element);
    return edge;
  }

  #flow(element: XmlElement, route: Int32Array | null): void {
    const begin_s = element.number("begin", 0);
    const period_s = this.#period(element);
    const end_s = element.number("end", latest_s);
    const number = Math.min(element.number("number", mostVehicles), Math.ceil((end_s - begin_s) / period_s));
    if (!(number < mostVehicles)) throw this.#wrong("SCENARIO_FLOW_ENDLESS", { flow: element.text("id") }, element);
    const id = element.text("id");
    for (let at = 0; at < number; at += 1) this.#add(element, `${id}.${at}`, begin_s + at * period_s, route);
  }

  #period(element: XmlElement): number {
    const hourly = element.optional("vehsPerHour");
    const period_s = hourly === undefined ? element.number("period", Number.NaN) : 3600 / element.number("vehsPerHour");
    if (period_s > 0) return period_s;
    const span_s = element.number("end", Number.NaN) - element.number("begin", 0);
    const spread_s = span_s / element.number("number", Number.NaN);
    if (spread_s > 0) return spread_s;
    throw this.#wrong("SCENARIO_FLOW_RATE", { flow: element.text("id") }, element);
  }

  #add(element: XmlElement, id: string, depart_s: number, given: Int32Array | null): void {
    const wanted = element.optional("type") ?? usualTypeId;
    const type = this.types.findLastIndex((each) => each.id === wanted);
    if (type === -1) throw this.#wrong("SCENARIO_TYPE_UNKNOWN", { type: wanted }, element);
    const allowed = classBit((this.types[type] as VehicleType).class);
    const name = element.optional("route");
    const named = given ?? (name === undefined ? null : this.#named(name, element));
    const stops = named === null ? this.#stops(element) : null;
    const route = named ?? this.#routed(stops as Int32Array, allowed, element);
    const broken = this.#router.broken(route, allowed);
    if (broken !== null) {
      const edge = (at: number): string => this.#network.edges.ids[route[at] as number] ?? "";
      throw this.#wrong("SCENARIO_ROUTE_BROKEN", { vehicle: id, from: edge(broken - 1), to: edge(broken) }, element);
    }
    this.departures.push({
      id,
      type,
      depart_s,
      route,
      stops,
      lane: this.#word(element, "departLane", laneWords, "first") as DepartLane,
      position: this.#word(element, "departPos", positionWords, "base") as DepartPosition,
      speed: this.#word(element, "departSpeed", speedWords, "0") as DepartSpeed,
    });
  }

  #named(name: string, element: XmlElement): Int32Array {
    const route = this.#routes.get(name);
    if (route === undefined) throw this.#wrong("SCENARIO_ROUTE_UNKNOWN", { route: name }, element);
    return route;
  }

  #stops(element: XmlElement): Int32Array {
    const via = (element.optional("via") ?? "").split(/\s+/).filter((id) => id !== "");
    return Int32Array.from([element.text("from"), ...via, element.text("to")], (id) => this.#edge(id, element));
  }

  #routed(stops: Int32Array, allowed: number, element: XmlElement): Int32Array {
    const route = this.#router.along(stops, allowed, null);
    if (route !== null) return route;
    const [vehicle, from, to] = [element.text("id"), element.text("from"), element.text("to")];
    throw this.#wrong("SCENARIO_NO_WAY", { vehicle, from, to }, element);
  }

  #word(element: XmlElement, attribute: string, words: ReadonlySet<string>, otherwise: string): string | number {
    const text = element.optional(attribute) ?? otherwise;
    return words.has(text) ? text : element.number(attribute, Number(otherwise));
  }
}

/** Departures in order of time, whatever their order in the file. */
export async function readRoutes(
  file: string,
  chunks: AsyncIterable<string> | Iterable<string>,
  network: RoadNetwork,
): Promise<Result<Demand>> {
  const reader = new RoutesReader(file, network);
  const read = await readXml(file, chunks, "routes", {
    open: (element) => reader.open(element),
    close: (name) => reader.closed(name),
  });
  if (!read.ok) return read;
  return ok({ types: reader.types, departures: reader.departures.toSorted((a, b) => a.depart_s - b.depart_s) });
}
