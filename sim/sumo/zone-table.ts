/** Zones (`taz`): edges on which trips between zones may begin and end. */
import type { RouteTable } from "./route-table.ts";
import type { XmlElement } from "./xml.ts";

interface Zone {
  readonly sources: Set<number>;
  readonly sinks: Set<number>;
}

const names = new Set(["taz", "tazs", "tazSource", "tazSink"]);

export class ZoneTable {
  readonly #routes: RouteTable;
  readonly #zones = new Map<string, Zone>();
  #open: Zone | null = null;

  constructor(routes: RouteTable) {
    this.#routes = routes;
  }

  /** False for an element that is not about zones. Weights share out counts of trips; SUMO's trips do not heed them, nor do ours. */
  take(element: XmlElement): boolean {
    const { name } = element;
    if (!names.has(name)) return false;
    if (name === "taz") this.#zone(element);
    else if (name !== "tazs" && this.#open !== null) {
      const edge = this.#routes.edge(element.text("id"), element);
      (name === "tazSource" ? this.#open.sources : this.#open.sinks).add(edge);
    }
    return true;
  }

  closed(name: string): void {
    if (name === "taz") this.#open = null;
  }

  /** The edges of the zone that an attribute names, of which there is one at least; null without the attribute. */
  edges(element: XmlElement, key: "fromTaz" | "toTaz"): readonly number[] | null {
    const id = element.optional(key);
    if (id === undefined) return null;
    const zone = this.#zones.get(id);
    const words = { element: element.name, id: element.text("id").slice(0, 60), zone: id.slice(0, 60) };
    if (zone === undefined) throw element.wrong("SCENARIO_ZONE_UNKNOWN", words, key);
    const edges = key === "fromTaz" ? zone.sources : zone.sinks;
    if (edges.size === 0) throw element.wrong("SCENARIO_ZONE_EMPTY", words, key);
    return [...edges];
  }

  #zone(element: XmlElement): void {
    const id = element.text("id");
    if (this.#zones.has(id)) throw element.wrong("SCENARIO_TWICE", { element: "taz", id: id.slice(0, 60) }, "id");
    const edges = element.list("edges").map((edge) => this.#routes.edge(edge, element));
    this.#open = { sources: new Set(edges), sinks: new Set(edges) };
    this.#zones.set(id, this.#open);
  }
}
