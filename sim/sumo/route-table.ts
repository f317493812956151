/** Routes and their distributions, by name, as `route` and `routeDistribution` define them. */
import type { Halt } from "../demand/demand.ts";
import type { RoadNetwork } from "../network/road-network.ts";
import { type Shares, SharesDraft } from "./shares.ts";
import type { XmlElement } from "./xml.ts";

/** A route of more edges is a mistake. */
const mostEdges = 100_000;

export class RouteTable {
  readonly #network: RoadNetwork;
  readonly #named = new Map<string, Shares<Int32Array>>();
  /** What stands in routes; times count from a vehicle's departure. */
  readonly #halts = new Map<Int32Array, Halt[]>();
  #last: Int32Array | null = null;
  #open: { readonly id: string | null; readonly draft: SharesDraft<Int32Array> } | null = null;

  constructor(network: RoadNetwork) {
    this.#network = network;
  }

  /** In the route that was read last. */
  addHalt(halt: Halt): void {
    if (this.#last === null) return;
    const known = this.#halts.get(this.#last);
    if (known === undefined) this.#halts.set(this.#last, [halt]);
    else known.push(halt);
  }

  haltsOf(route: Int32Array): readonly Halt[] {
    return this.#halts.get(route) ?? [];
  }

  /** A route outside any vehicle, one of a distribution, or, given back, the own one of the vehicle around it. */
  route(element: XmlElement, ofVehicle: boolean): Shares<Int32Array> | null {
    if (this.#open !== null) {
      for (const { of } of this.#meant(element)) this.#open.draft.add(of, element);
      return null;
    }
    const route = this.#meant(element);
    if (ofVehicle) return route;
    this.#named.set(element.text("id"), route);
    return null;
  }

  openDistribution(element: XmlElement, ofVehicle: boolean): void {
    const draft = new SharesDraft<Int32Array>(element);
    for (const [at, id] of element.list("routes").entries()) {
      for (const { of } of this.named(id, element)) draft.addListed(of, at);
    }
    this.#open = { id: ofVehicle ? null : element.text("id"), draft };
  }

  /** Given back: the distribution that is the own one of the vehicle around it. */
  closeDistribution(): Shares<Int32Array> | null {
    if (this.#open === null) return null;
    const { id, draft } = this.#open;
    this.#open = null;
    const shares = draft.settled();
    if (id === null) return shares;
    this.#named.set(id, shares);
    return null;
  }

  named(name: string, element: XmlElement): Shares<Int32Array> {
    const known = this.#named.get(name);
    if (known === undefined) throw element.wrong("SCENARIO_ROUTE_UNKNOWN", { route: name.slice(0, 60) });
    return known;
  }

  edge(id: string, element: XmlElement): number {
    const edge = this.#network.edges.byId.get(id);
    if (edge === undefined) throw element.wrong("SCENARIO_EDGE_UNKNOWN", { edge: id.slice(0, 60) });
    if (this.#network.edges.inside[edge] === 1) {
      throw element.wrong("SCENARIO_EDGE_INSIDE", { edge: id.slice(0, 60) });
    }
    return edge;
  }

  #meant(element: XmlElement): Shares<Int32Array> {
    const other = element.optional("refId");
    if (other !== undefined) return this.named(other, element);
    element.text("edges");
    const ids = element.list("edges");
    if (ids.length === 0) throw element.wrong("SCENARIO_ROUTE_EMPTY", {});
    this.#last = Int32Array.from(this.#repeated(ids, element), (id) => this.edge(id, element));
    return [{ of: this.#last, share: 1 }];
  }

  /** `repeat`: how often the edges are driven; SUMO says nothing of more than a few. */
  #repeated(ids: readonly string[], element: XmlElement): readonly string[] {
    const times = element.number("repeat", 0);
    if (!(times > 1)) return ids;
    if (times * ids.length > mostEdges) throw element.wrong("SCENARIO_ROUTE_ENDLESS", { most: mostEdges }, "repeat");
    return Array.from({ length: Math.floor(times) }, () => ids).flat();
  }
}
