/** Takes vehicles, trips and flows, with their types and routes, from the elements of SUMO's files, which may be several. */
import {
  type Alternative,
  type Demand,
  type Departure,
  type Halt,
  mostVehicles,
  type RandomFlow,
  type VehicleType,
} from "../demand/demand.ts";
import { departureOf } from "../demand/draw.ts";
import { haltPlaces, haltsLater } from "../demand/halts.ts";
import { Router } from "../demand/routing.ts";
import { classBit, type RoadNetwork } from "../network/road-network.ts";
import { DepartureReader } from "./departure-words.ts";
import { flowTimes, type Span } from "./flow-times.ts";
import { HaltReader } from "./halt-reader.ts";
import { tellLeftOut } from "./left-out.ts";
import type { Notes } from "./notes.ts";
import { PeopleReader } from "./people-reader.ts";
import { RouteTable } from "./route-table.ts";
import type { Shares } from "./shares.ts";
import { TakenNames } from "./taken-names.ts";
import { TypeTable, usualTypeId } from "./type-table.ts";
import type { XmlElement } from "./xml.ts";
import { ZoneTable } from "./zone-table.ts";

const driving = new Set(["vehicle", "trip", "flow"]);
/** Nothing is carried here. */
const carried = new Set(["container", "containerFlow"]);
/** What a vehicle may hold and nothing comes of; types hold the parameters of their models. */
const silent = new Set(["param"]);
/** Departures that wait for somebody else. */
const waitsForOthers = new Set(["triggered", "containerTriggered", "split"]);

/** A vehicle, trip or flow whose end tag has not come yet. */
interface Open {
  readonly element: XmlElement;
  readonly halts: Halt[];
  routes: Shares<Int32Array> | null;
}

export class DemandReader {
  readonly types = new TypeTable();
  readonly departures: Departure[] = [];
  readonly flows: RandomFlow[] = [];
  readonly notes: Notes;
  readonly #network: RoadNetwork;
  readonly #span: Span;
  readonly #router: Router;
  readonly #routes: RouteTable;
  readonly #zones: ZoneTable;
  readonly #halts: HaltReader;
  readonly #people: PeopleReader;
  readonly #words: DepartureReader;
  readonly #names = new TakenNames();
  #open: Open | null = null;
  /** Name of the element whose inside is passed over. */
  #passing: string | null = null;
  /** What `interval` says around flows. */
  #interval: Span | null = null;
  #last_s = Number.NEGATIVE_INFINITY;
  #count = 0;

  constructor(network: RoadNetwork, span: Span, notes: Notes) {
    this.#network = network;
    this.#span = span;
    this.notes = notes;
    this.#router = new Router(network);
    this.#routes = new RouteTable(network);
    this.#zones = new ZoneTable(this.#routes);
    this.#halts = new HaltReader(network, notes);
    this.#words = new DepartureReader(network, this.types.types, notes);
    this.#people = new PeopleReader(network, this.types, this.#routes, notes, span);
  }

  get demand(): Demand {
    const departures = this.departures.toSorted((a, b) => a.depart_s - b.depart_s);
    const walkers = this.#people.walkers.toSorted((a, b) => a.depart_s - b.depart_s);
    const walkerFlows = this.#people.flows;
    return {
      types: this.types.types,
      departures,
      ...(this.flows.length === 0 ? {} : { flows: this.flows }),
      ...(walkers.length === 0 ? {} : { walkers }),
      ...(walkerFlows.length === 0 ? {} : { walkerFlows }),
    };
  }

  /** Another file: its departures may begin anew. */
  begin(): void {
    this.#last_s = Number.NEGATIVE_INFINITY;
    this.#open = null;
    this.#passing = null;
    this.#interval = null;
  }

  /** False for an element that has nothing to do with demand. */
  take(element: XmlElement): boolean {
    if (this.#passing === null) tellLeftOut(element, this.notes);
    if (this.#passing !== null || this.types.take(element) || this.#halts.take(element)) return true;
    if (this.#people.take(element) || this.#zones.take(element)) return true;
    const { name } = element;
    if (name === "route") this.#route(element);
    else if (name === "routeDistribution") this.#routes.openDistribution(element, this.#open !== null);
    else if (driving.has(name)) this.#open = { element, halts: [], routes: null };
    else if (name === "interval") this.#interval = this.#intervalOf(element);
    else if (carried.has(name)) this.#pass(element, "SCENARIO_PEOPLE_LEFT_OUT");
    else if (name === "stop") this.#halt(element);
    else return silent.has(name) || element.within.includes("vType") || this.#open !== null;
    return true;
  }

  closed(name: string): void {
    if (this.#passing !== null) {
      if (this.#passing === name) this.#passing = null;
      return;
    }
    this.types.closed(name);
    this.#zones.closed(name);
    this.#people.closed(name, this.#interval);
    if (name === "interval") this.#interval = null;
    if (name === "routeDistribution") {
      const own = this.#routes.closeDistribution();
      if (own !== null && this.#open !== null) this.#open.routes = own;
    }
    if (this.#open?.element.name === name) this.#close(this.#open);
  }

  #pass(element: XmlElement, code: "SCENARIO_PEOPLE_LEFT_OUT"): void {
    this.#passing = element.name;
    this.notes.add(code, { element: element.name }, element);
  }

  #intervalOf(element: XmlElement): Span {
    const { begin_s, end_s } = this.#span;
    return { begin_s: element.time_s("begin", begin_s), end_s: element.time_s("end", end_s) };
  }

  #route(element: XmlElement): void {
    const own = this.#routes.route(element, this.#open !== null);
    if (own !== null && this.#open !== null) this.#open.routes = own;
  }

  /** Of the vehicle around it, or of a route. */
  #halt(element: XmlElement): void {
    const halt = this.#halts.halt(element);
    if (halt === null) return;
    if (element.within.at(-1) === "route") this.#routes.addHalt(halt);
    else this.#open?.halts.push(halt);
  }

  #close(open: Open): void {
    const { element } = open;
    this.#open = null;
    if (element.name === "flow") this.#flow(open);
    else if (waitsForOthers.has(element.text("depart"))) this.notes.add("SCENARIO_TRIGGERED_LEFT_OUT", {}, element);
    else {
      const depart_s = notBeforeTime(element.time_s("depart"), element, "depart");
      this.#inOrder(depart_s, element);
      this.#make(element, 1);
      this.#names.take(element.text("id"), element);
      this.departures.push({ ...this.#template(open, depart_s), depart_s });
    }
  }

  #flow(open: Open): void {
    const { element } = open;
    const span = this.#interval === null ? this.#span : { ...this.#span, ...this.#interval };
    const times = flowTimes(element, span);
    notBeforeTime(times.begin_s, element, "begin");
    const like = this.#template(open, times.begin_s);
    this.#inOrder(times.begin_s, element);
    this.#names.takeFlow(like.id, times.kind === "chance" ? times.most : times.count, element);
    if (times.kind === "chance") {
      const { begin_s, end_s, most, chance } = times;
      this.flows.push({ begin_s, end_s, most, chance, like });
      return;
    }
    this.#make(element, times.count);
    for (let at = 0; at < times.count; at += 1) {
      this.departures.push(departureOf(like, at, times.begin_s, times.begin_s + at * times.period_s));
    }
  }

  #inOrder(depart_s: number, element: XmlElement): void {
    if (depart_s < this.#last_s) this.notes.add("SCENARIO_UNSORTED", {}, element);
    this.#last_s = Math.max(this.#last_s, depart_s);
  }

  #make(element: XmlElement, more: number): void {
    this.#count += more;
    if (this.#count > mostVehicles) throw element.wrong("SCENARIO_TOO_MANY", { most: mostVehicles });
  }

  /** All about a vehicle but its own time; whoever may be of several types or routes gets each with each. */
  #template({ element, routes: given, halts: own }: Open, depart_s: number): Departure {
    const id = element.text("id");
    const types = this.types.named(element.optional("type") ?? usualTypeId, element);
    const name = element.optional("route");
    const named = given ?? (name === undefined ? null : this.#routes.named(name, element));
    const first = classBit((this.types.types[(types[0] as (typeof types)[0]).of] as VehicleType).class);
    const stops = named === null ? this.#stops(element, own, first) : null;
    const oneOf = types.flatMap(({ of: type, share }): Alternative[] => {
      const allowed = classBit((this.types.types[type] as VehicleType).class);
      const routes = named ?? [{ of: this.#routed(stops as Int32Array, allowed, element), share: 1 }];
      return routes.map((route) => {
        this.#mustLead(route.of, allowed, id, element);
        return { type, route: route.of, share: share * route.share };
      });
    });
    const { type, route } = oneOf[0] as Alternative;
    const halts = [...haltsLater(this.#routes.haltsOf(route), depart_s), ...own];
    for (const one of oneOf) this.#mustCome(one.route, halts, id, element);
    return {
      id,
      type,
      depart_s: 0,
      route,
      stops,
      ...this.#words.words(element, oneOf),
      ...(oneOf.length === 1 ? {} : { oneOf }),
      ...(halts.length === 0 ? {} : { halts }),
    };
  }

  #mustCome(route: Int32Array, halts: readonly Halt[], vehicle: string, element: XmlElement): void {
    if (haltPlaces(route, halts, this.#network.lanes.edge) !== null) return;
    throw element.wrong("SCENARIO_STOP_OFF_ROUTE", { vehicle: vehicle.slice(0, 60) });
  }

  #mustLead(route: Int32Array, allowed: number, vehicle: string, element: XmlElement): void {
    const broken = this.#router.broken(route, allowed);
    if (broken === null) return;
    const edge = (at: number): string => this.#network.edges.ids[route[at] as number] ?? "";
    throw element.wrong("SCENARIO_ROUTE_BROKEN", { vehicle, from: edge(broken - 1), to: edge(broken) });
  }

  /** Edges to come to in a row; of zones those from which and to which the first and the last way are the quickest on empty roads. */
  #stops(element: XmlElement, halts: readonly Halt[], allowed: number): Int32Array {
    const between = [
      ...element.list("via").map((id) => this.#routes.edge(id, element)),
      ...halts.map(({ lane }) => this.#network.lanes.edge[lane] as number),
    ];
    const [from, to] = [this.#end(element, "from"), this.#end(element, "to")];
    if (from.length === 1 && to.length === 1) return Int32Array.of(from[0] as number, ...between, to[0] as number);
    const [first, last] = [between[0], between.at(-1)];
    const begins = this.#router.between(from, first === undefined ? to : [first], allowed);
    const ends = last === undefined ? begins : this.#router.between([last], to, allowed);
    if (begins !== null && ends !== null) return Int32Array.of(begins[0], ...between, ends[1]);
    const said = (key: "from" | "to") => (element.optional(key) ?? element.text(`${key}Taz`)).slice(0, 60);
    throw element.wrong("SCENARIO_NO_WAY", { vehicle: element.text("id"), from: said("from"), to: said("to") });
  }

  /** The edge, or those of the zone; as in SUMO the edge counts where both are named. */
  #end(element: XmlElement, key: "from" | "to"): readonly number[] {
    const id = element.optional(key);
    if (id !== undefined) return [this.#routes.edge(id, element)];
    const zone = this.#zones.edges(element, `${key}Taz`);
    if (zone !== null) return zone;
    const junction = element.optional(`${key}Junction`) !== undefined;
    const code = junction ? "SCENARIO_JUNCTIONS" : "SCENARIO_WITHOUT_ROUTE";
    throw element.wrong(code, { element: element.name, id: element.text("id").slice(0, 60) });
  }

  #routed(stops: Int32Array, allowed: number, element: XmlElement): Int32Array {
    const route = this.#router.along(stops, allowed, null);
    if (route !== null) return route;
    const edge = (at: number): string => this.#network.edges.ids[stops.at(at) as number] ?? "";
    throw element.wrong("SCENARIO_NO_WAY", { vehicle: element.text("id"), from: edge(0), to: edge(-1) });
  }
}

/** SUMO's clock begins at 0, and so does ours. */
function notBeforeTime(depart_s: number, element: XmlElement, key: string): number {
  if (depart_s >= 0) return depart_s;
  const vehicle = element.text("id").slice(0, 60);
  throw element.wrong("SCENARIO_DEPART_EARLY", { vehicle, depart_s }, key);
}
