/** `stop` of vehicles, routes and flows, and the places for them that additional files name: bus stops and their kin. */
import type { Halt } from "../demand/demand.ts";
import type { RoadNetwork } from "../network/road-network.ts";
import type { Notes } from "./notes.ts";
import type { XmlElement } from "./xml.ts";

/** Places: elements, and the attributes of `stop` that name them. */
const places = ["busStop", "trainStop", "containerStop", "chargingStation", "parkingArea"];
/** A stop without a place of its own and without a start is so long. */
const shortest_m = 0.2;
/** Ends of a stop that wait for others. */
const untilOthers = ["triggered", "containerTriggered", "expected", "join"];

type Stretch = Pick<Halt, "lane" | "start_m" | "end_m">;

export class HaltReader {
  readonly #network: RoadNetwork;
  readonly #notes: Notes;
  readonly #lanes: ReadonlyMap<string, number>;
  readonly #places = new Map<string, Stretch>();

  constructor(network: RoadNetwork, notes: Notes) {
    this.#network = network;
    this.#notes = notes;
    this.#lanes = new Map(network.lanes.ids.map((id, at) => [id, at]));
  }

  /** False for an element that is no place to stop at. */
  take(element: XmlElement): boolean {
    if (!places.includes(element.name)) return false;
    const stretch = this.#stretch(element, Number.POSITIVE_INFINITY);
    this.#places.set(`${element.name} ${element.text("id")}`, stretch);
    return true;
  }

  /** Null, and noted, for one that is left out. */
  halt(element: XmlElement): Halt | null {
    const stretch = this.#placeOf(element);
    const waits = untilOthers.some((key) => isTrue(element.optional(key)));
    const [duration, until] = [element.optional("duration"), element.optional("until")];
    if (stretch === null || waits || (duration === undefined && until === undefined)) {
      this.#notes.add("SCENARIO_STOP_LEFT_OUT", {}, element);
      return null;
    }
    return {
      ...stretch,
      duration_s: element.time_s("duration", 0),
      until_s: element.time_s("until", Number.NEGATIVE_INFINITY),
      parking: isTrue(element.optional("parking")) || element.optional("parkingArea") !== undefined,
    };
  }

  #placeOf(element: XmlElement): Stretch | null {
    for (const kind of places) {
      const id = element.optional(kind);
      if (id === undefined) continue;
      const known = this.#places.get(`${kind} ${id}`);
      if (known === undefined) throw element.wrong("SCENARIO_STOP_UNKNOWN", { place: id.slice(0, 60) }, kind);
      return known;
    }
    return element.optional("lane") === undefined ? null : this.#stretch(element, shortest_m);
  }

  #stretch(element: XmlElement, usual_m: number): Stretch {
    const id = element.text("lane");
    const lane = this.#lanes.get(id);
    if (lane === undefined) throw element.wrong("SCENARIO_LANE_UNKNOWN", { lane: id.slice(0, 60) }, "lane");
    const long = this.#network.lanes.length_m[lane] as number;
    const along = (key: string, otherwise: number): number => {
      const said = element.number(key, otherwise);
      return Math.min(long, Math.max(0, said < 0 ? said + long : said));
    };
    const end_m = along("endPos", long);
    return { lane, end_m, start_m: Math.min(end_m, along("startPos", Math.max(0, end_m - usual_m))) };
  }
}

const isTrue = (text: string | undefined): boolean => text !== undefined && !["", "0", "false", "no"].includes(text);
