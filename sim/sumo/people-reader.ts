/** People on foot, from `person` and `personFlow` with their `walk`s. Whoever rides, too, is left out, and that is told. */
import { mostVehicles, type RandomWalkers, type Walk, type Walker } from "../demand/demand.ts";
import { FootRouter } from "../demand/foot-router.ts";
import type { RoadNetwork } from "../network/road-network.ts";
import { flowTimes, type Span } from "./flow-times.ts";
import type { Notes } from "./notes.ts";
import type { RouteTable } from "./route-table.ts";
import { TakenNames } from "./taken-names.ts";
import type { TypeTable } from "./type-table.ts";
import type { XmlElement } from "./xml.ts";

const usualType = "DEFAULT_PEDTYPE";
const people = new Set(["person", "personFlow"]);
const onFoot = new Set(["walk", "personTrip"]);
const silent = new Set(["param"]);
/** Ends of a walk that are no edges. */
const elsewhere = ["busStop", "trainStop", "parkingArea", "toTaz", "toJunction", "fromTaz", "fromJunction"];
/** Parts of the golden section are spread evenly however many there are. */
const golden = 0.618033988749895;

interface Open {
  readonly element: XmlElement;
  readonly walks: Walk[];
  /** Where the last walk ended. */
  edge: number | null;
  at_m: number | null;
  /** Told already why nothing comes of this person. */
  leftOut: boolean;
}

export class PeopleReader {
  readonly walkers: Walker[] = [];
  readonly flows: RandomWalkers[] = [];
  readonly #network: RoadNetwork;
  readonly #types: TypeTable;
  readonly #routes: RouteTable;
  readonly #notes: Notes;
  readonly #span: Span;
  readonly #names = new TakenNames();
  #router: FootRouter | null = null;
  #open: Open | null = null;
  #drawn = 0;

  constructor(network: RoadNetwork, types: TypeTable, routes: RouteTable, notes: Notes, span: Span) {
    this.#network = network;
    this.#types = types;
    this.#routes = routes;
    this.#notes = notes;
    this.#span = span;
  }

  /** False for an element that is not about people. */
  take(element: XmlElement): boolean {
    if (people.has(element.name)) {
      this.#open = { element, walks: [], edge: null, at_m: null, leftOut: false };
      return true;
    }
    const open = this.#open;
    if (open === null) return false;
    if (open.leftOut || silent.has(element.name)) return true;
    if (onFoot.has(element.name)) this.#walk(open, element);
    else this.#leaveOut(open, element);
    return true;
  }

  closed(name: string, interval: Span | null): void {
    if (this.#open?.element.name !== name) return;
    const { element, walks, leftOut } = this.#open;
    this.#open = null;
    if (leftOut || walks.length === 0) return;
    if (name === "person") this.#person(element, walks);
    else this.#flow(element, walks, interval);
  }

  #person(element: XmlElement, walks: readonly Walk[]): void {
    if (element.text("depart") === "triggered") {
      this.#notes.add("SCENARIO_PEOPLE_LEFT_OUT", { element: element.name }, element);
      return;
    }
    this.#names.take(element.text("id"), element);
    this.#add(
      { id: element.text("id"), type: this.#type(element), depart_s: element.time_s("depart"), walks },
      element,
    );
  }

  #flow(element: XmlElement, walks: readonly Walk[], interval: Span | null): void {
    const times = flowTimes(element, interval ?? this.#span);
    const id = element.text("id");
    this.#names.takeFlow(id, times.kind === "chance" ? times.most : times.count, element);
    if (times.kind === "chance") {
      const { begin_s, end_s, most, chance } = times;
      const like = { id, type: this.#type(element), depart_s: begin_s, walks };
      this.flows.push({ begin_s, end_s, most, chance, like });
      return;
    }
    for (let at = 0; at < times.count; at += 1) {
      const depart_s = times.begin_s + at * times.period_s;
      this.#add({ id: `${id}.${at}`, type: this.#type(element), depart_s, walks }, element);
    }
  }

  #add(walker: Walker, element: XmlElement): void {
    this.walkers.push(walker);
    if (this.walkers.length > mostVehicles) throw element.wrong("SCENARIO_TOO_MANY", { most: mostVehicles });
  }

  #leaveOut(open: Open, element: XmlElement): void {
    open.leftOut = true;
    this.#notes.add("SCENARIO_PEOPLE_LEFT_OUT", { element: element.name.slice(0, 60) }, element);
  }

  #walk(open: Open, element: XmlElement): void {
    if (elsewhere.some((key) => element.optional(key) !== undefined) || rides(element)) {
      this.#leaveOut(open, element);
      return;
    }
    const named = this.#named(element);
    const [from, to] = named === null ? this.#ends(open, element) : [named[0] as number, named.at(-1) as number];
    const { length_m } = this.#network.lanes;
    const long = (edge: number): number => length_m[this.#network.edges.firstLane[edge] as number] as number;
    const first = open.walks.length === 0 && open.element.optional("departPos") !== undefined;
    const from_m = open.at_m ?? this.#place(first ? open.element : element, "departPos", long(from), 0);
    const to_m = this.#place(element, "arrivalPos", long(to), long(to) / 2);
    const route = this.#route(named, from, from_m, to, to_m);
    if (route === null) {
      open.leftOut = true;
      this.#notes.add("SCENARIO_WALK_LEFT_OUT", {}, element);
      return;
    }
    open.walks.push({ route, from_m, to_m, ...speedOf(element) });
    open.edge = to;
    open.at_m = to_m;
  }

  #route(named: Int32Array | null, from: number, from_m: number, to: number, to_m: number): Int32Array | null {
    this.#router ??= new FootRouter(this.#network.footways.get());
    return named === null || named.length === 1
      ? this.#router.route(from, from_m, to, to_m)
      : this.#router.along(named);
  }

  /** The edges that it names; null where it only has ends. */
  #named(element: XmlElement): Int32Array | null {
    const route = element.optional("route");
    if (route !== undefined) return this.#routes.named(route, element)[0]?.of ?? null;
    const ids = element.list("edges");
    return ids.length === 0 ? null : Int32Array.from(ids, (id) => this.#routes.edge(id, element));
  }

  #ends(open: Open, element: XmlElement): [number, number] {
    const from = element.optional("from");
    const before = from === undefined ? open.edge : this.#routes.edge(from, element);
    return [before ?? this.#routes.edge(element.text("from"), element), this.#routes.edge(element.text("to"), element)];
  }

  /** A number, below 0 from the end; what is left to chance lies anywhere, the same for each seed. */
  #place(element: XmlElement, attribute: string, long: number, usual: number): number {
    const said = element.optional(attribute);
    if (said === "max" || said === "last") return long;
    if (said === "random" || said === "random_free" || said === "free") {
      this.#drawn += 1;
      return ((this.#drawn * golden) % 1) * long;
    }
    const value = element.number(attribute, usual);
    return Math.min(long, Math.max(0, value < 0 ? value + long : value));
  }

  /** Of a distribution each type has its share. */
  #type(element: XmlElement): number {
    const types = this.#types.named(element.optional("type") ?? usualType, element);
    if (types.length > 1) this.#drawn += 1;
    let left = (this.#drawn * golden) % 1;
    for (const { of, share } of types) {
      left -= share;
      if (left < 0) return of;
    }
    return types.at(-1)?.of as number;
  }
}

/** A trip that may be made by other means. */
const rides = (element: XmlElement): boolean =>
  element.name === "personTrip" && element.list("modes").some((mode) => mode !== "walk");

function speedOf(element: XmlElement): Pick<Walk, "speed_m_s"> {
  if (element.optional("speed") === undefined) return {};
  const speed_m_s = element.number("speed");
  if (speed_m_s > 0 && speed_m_s < 1000) return { speed_m_s };
  const words = { element: element.name, attribute: "speed", value: String(speed_m_s) };
  throw element.wrong("SCENARIO_NUMBER_BAD", words, "speed");
}
