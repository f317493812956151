/** `departLane`, `departPos`, `departSpeed` and `arrivalPos`: what SUMO 1.15 refuses is refused, what it puts right is put right alike. */
import type { Alternative, DepartLane, DepartPosition, DepartSpeed, Departure, VehicleType } from "../demand/demand.ts";
import { classBit, type RoadNetwork } from "../network/road-network.ts";
import type { Notes } from "./notes.ts";
import type { XmlElement } from "./xml.ts";

/** Words beside numbers, and what is done for each. */
const laneWords = new Map(["first", "best", "free", "random", "allowed"].map((word) => [word, word]));
const positionWords = new Map([
  ...["base", "random", "random_free", "free", "last"].map((word) => [word, word] as const),
  ["stop", "base"] as const,
]);
const speedWords = new Map([
  ...["max", "desired", "speedLimit", "random"].map((word) => [word, word] as const),
  ...["last", "avg"].map((word) => [word, "desired"] as const),
]);
const arrivalWords = new Map(["max", "random"].map((word) => [word, word]));

export type DepartureWords = Pick<Departure, "lane" | "position" | "speed" | "arrival">;

export class DepartureReader {
  readonly #network: RoadNetwork;
  readonly #types: readonly VehicleType[];
  readonly #notes: Notes;

  constructor(network: RoadNetwork, types: readonly VehicleType[], notes: Notes) {
    this.#network = network;
    this.#types = types;
    this.#notes = notes;
  }

  /** Of a vehicle that may be any of these, which all have a first edge. */
  words(element: XmlElement, oneOf: readonly Alternative[]): DepartureWords {
    const arrival = word(element, "arrivalPos", arrivalWords, "max") as number | "max" | "random";
    return {
      lane: this.#lane(element, oneOf),
      position: this.#position(element, oneOf),
      speed: this.#speed(element, oneOf),
      ...(arrival === "max" ? {} : { arrival }),
    };
  }

  /** A number counts from the right; the lane has to be there, and open to the vehicle. */
  #lane(element: XmlElement, oneOf: readonly Alternative[]): DepartLane {
    const lane = word(element, "departLane", laneWords, "first") as DepartLane;
    if (typeof lane !== "number") return lane;
    const { edges, lanes } = this.#network;
    for (const { route, type } of oneOf) {
      const edge = route[0] as number;
      const first = edges.firstLane[edge] as number;
      const count = (edges.firstLane[edge + 1] as number) - first;
      const bit = classBit((this.#types[type] as VehicleType).class);
      const there = Number.isInteger(lane) && lane >= 0 && lane < count;
      if (there && ((lanes.allowed[first + lane] as number) & bit) !== 0) continue;
      const words = { vehicle: nameOf(element), lane, edge: edges.ids[edge] ?? "", count };
      throw element.wrong("SCENARIO_DEPART_LANE", words, "departLane");
    }
    return lane;
  }

  /** Beyond either end of the edge: SUMO takes its end, and says so. */
  #position(element: XmlElement, oneOf: readonly Alternative[]): DepartPosition {
    const position = word(element, "departPos", positionWords, "base") as DepartPosition;
    if (typeof position !== "number") return position;
    const { edges, lanes } = this.#network;
    const lengths_m = oneOf.map(({ route }) => lanes.length_m[edges.firstLane[route[0] as number] as number] as number);
    if (Math.abs(position) <= Math.min(...lengths_m)) return position;
    this.#notes.add("SCENARIO_DEPART_POSITION", {}, element);
    return Math.max(...lengths_m);
  }

  /** Faster than the type can, or, where all drivers of it are alike, faster than it may there: refused. */
  #speed(element: XmlElement, oneOf: readonly Alternative[]): DepartSpeed {
    const speed = word(element, "departSpeed", speedWords, "0") as DepartSpeed;
    if (typeof speed !== "number") return speed;
    const { edges, lanes } = this.#network;
    for (const { route, type: at } of oneOf) {
      const { id, maxSpeed_m_s, speedDev, speedFactor } = this.#types[at] as VehicleType;
      const edge = route[0] as number;
      const liked = speedFactor * (lanes.speed_m_s[edges.firstLane[edge] as number] as number);
      const said = { vehicle: nameOf(element), speed };
      if (speed < 0) throw element.wrong("SCENARIO_DEPART_BACKWARDS", said, "departSpeed");
      if (speed > maxSpeed_m_s + slack_m_s) {
        throw element.wrong("SCENARIO_DEPART_SPEED", { ...said, type: id, most: maxSpeed_m_s }, "departSpeed");
      }
      if (speed <= liked + slack_m_s) continue;
      if (speedDev === 0) {
        const words = { ...said, edge: edges.ids[edge] ?? "", most: Math.round(100 * liked) / 100 };
        throw element.wrong("SCENARIO_DEPART_SPEED_EDGE", words, "departSpeed");
      }
      this.#notes.add("SCENARIO_DEPART_FAST", {}, element);
    }
    return speed;
  }
}

/** Speeds of files are written with two or three digits. */
const slack_m_s = 0.001;

const nameOf = (element: XmlElement): string => element.text("id").slice(0, 60);

function word(
  element: XmlElement,
  attribute: string,
  words: ReadonlyMap<string, string>,
  otherwise: string,
): string | number {
  const text = element.optional(attribute) ?? otherwise;
  return words.get(text) ?? element.number(attribute, Number(otherwise));
}
