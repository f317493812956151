/** A road network from SUMO's `.net.xml`. Elements that the engine has no use for (crossings, roundabouts …) are passed over. */
import { ok, type Problem, ProblemError, problem, type Result } from "../../core/problems/problem.ts";
import { emptyDraft, type NetworkDraft, type RequestDraft } from "../network/draft.ts";
import { freezeNetwork } from "../network/freeze-network.ts";
import type { RoadNetwork } from "../network/road-network.ts";
import { allowedBits } from "./lane-classes.ts";
import { ProgramReader } from "./read-programs.ts";
import { readXml, type XmlElement } from "./xml.ts";

const usualWidth_m = 3.2;
/** No road is longer, and nothing on one is faster. */
const longest_m = 1e6;
const fastest_m_s = 200;
/** Paths of people: the engine has none yet. */
const forPeople = new Set(["crossing", "walkingarea"]);
/** Directions of a connection that lead back. */
const turningBack = new Set(["t", "T"]);

function shapeOf(text: string): Float64Array {
  const numbers = text
    .split(/\s+/)
    .filter((point) => point !== "")
    .flatMap((point) => point.split(",").slice(0, 2).map(Number));
  return Float64Array.from(numbers.every(Number.isFinite) ? numbers : []);
}

class NetReader {
  readonly draft: NetworkDraft = emptyDraft();
  readonly programs: ProgramReader;
  readonly #file: string;
  readonly #laneNumbers = new Map<string, number>();
  readonly #edgeNumbers = new Map<string, number>();
  #people = false;

  constructor(file: string) {
    this.#file = file;
    this.programs = new ProgramReader(file, this.draft.programs);
  }

  open(element: XmlElement): void {
    if (this.programs.take(element)) return;
    const { name } = element;
    if (name === "edge") this.#edge(element);
    else if (name === "lane") this.#lane(element);
    else if (name === "junction") this.#junction(element);
    else if (name === "request") this.#request(element);
    else if (name === "connection") this.#connection(element);
  }

  #wrong(code: Problem["code"], words: Problem["words"], { line, column }: XmlElement): ProblemError {
    return new ProblemError([problem(code, words, { file: this.#file, line, column })]);
  }

  #edge(element: XmlElement): void {
    const role = element.optional("function") ?? "";
    this.#people = forPeople.has(role);
    if (this.#people) return;
    const id = element.text("id");
    if (this.#edgeNumbers.has(id)) throw this.#wrong("SCENARIO_TWICE", { element: "edge", id }, element);
    this.#edgeNumbers.set(id, this.draft.edges.length);
    this.draft.edges.push({ id, inside: role === "internal", lanes: [] });
  }

  #lane(element: XmlElement): void {
    if (this.#people || element.within.at(-1) !== "edge") return;
    const edge = this.draft.edges.length - 1;
    const lanes = this.draft.edges[edge]?.lanes ?? [];
    const id = element.text("id");
    const length_m = element.number("length");
    const speed_m_s = element.number("speed");
    if (!(length_m > 0 && length_m <= longest_m)) throw this.#wrong("SCENARIO_LANE_LENGTH", { id, length_m }, element);
    if (!(speed_m_s > 0 && speed_m_s <= fastest_m_s))
      throw this.#wrong("SCENARIO_LANE_SPEED", { id, speed_m_s }, element);
    this.#laneNumbers.set(id, this.draft.lanes.length);
    this.draft.lanes.push({
      id,
      edge,
      index: lanes.length,
      length_m,
      speed_m_s,
      width_m: element.number("width", usualWidth_m),
      allowed: allowedBits(element.optional("allow"), element.optional("disallow")),
      shape: shapeOf(element.text("shape")),
    });
    lanes.push(this.draft.lanes.length - 1);
  }

  #junction(element: XmlElement): void {
    this.draft.junctions.push({
      id: element.text("id"),
      type: element.text("type"),
      incoming: (element.optional("incLanes") ?? "").split(/\s+/).filter((id) => id !== ""),
      requests: new Map(),
    });
  }

  #request(element: XmlElement): void {
    const junction = this.draft.junctions.at(-1);
    if (junction === undefined) throw this.#wrong("SCENARIO_REQUEST_ALONE", {}, element);
    const request: RequestDraft = {
      response: element.text("response"),
      foes: element.text("foes"),
      waitsInside: (element.optional("cont") ?? "0") === "1",
    };
    junction.requests.set(element.number("index"), request);
  }

  #connection(element: XmlElement): void {
    const [from, to] = [element.text("from"), element.text("to")];
    if (!this.#edgeNumbers.has(from) || !this.#edgeNumbers.has(to)) {
      // Ways of people have no edges here.
      if (/^:.*_[cw]\d+$/.test(from) || /^:.*_[cw]\d+$/.test(to)) return;
      const edge = this.#edgeNumbers.has(from) ? to : from;
      throw this.#wrong("SCENARIO_CONNECTION_NOWHERE", { lane: edge }, element);
    }
    const via = element.optional("via");
    const signal = element.optional("tl") ?? null;
    this.draft.links.push({
      from: this.#laneAt(from, element.number("fromLane"), element),
      to: this.#laneAt(to, element.number("toLane"), element),
      via: via === undefined ? -1 : this.#laneCalled(via, element),
      state: element.optional("state") ?? "M",
      signal,
      signalIndex: signal === null ? -1 : element.number("linkIndex"),
      turnsAround: turningBack.has(element.optional("dir") ?? ""),
    });
  }

  #laneAt(edge: string, index: number, element: XmlElement): number {
    const lane = this.draft.edges[this.#edgeNumbers.get(edge) ?? -1]?.lanes[index];
    if (lane === undefined) throw this.#wrong("SCENARIO_CONNECTION_NOWHERE", { lane: `${edge}_${index}` }, element);
    return lane;
  }

  #laneCalled(id: string, element: XmlElement): number {
    const lane = this.#laneNumbers.get(id);
    if (lane === undefined) throw this.#wrong("SCENARIO_CONNECTION_NOWHERE", { lane: id }, element);
    return lane;
  }
}

/** `file` is told where something is wrong; `chunks` are its text in parts. */
export async function readNet(
  file: string,
  chunks: AsyncIterable<string> | Iterable<string>,
): Promise<Result<RoadNetwork>> {
  const reader = new NetReader(file);
  const read = await readXml(file, chunks, "net", {
    open: (element) => reader.open(element),
    close: (name) => reader.programs.closed(name),
  });
  return read.ok ? ok(freezeNetwork(reader.draft)) : read;
}
