/** A road network from SUMO's `.net.xml`. Elements that the engine has no use for are passed over. */
import { failed, ok, type Problem, problem, type Result } from "../../core/problems/problem.ts";
import { emptyDraft, type NetworkDraft, type RequestDraft } from "../network/draft.ts";
import { freezeNetwork } from "../network/freeze-network.ts";
import type { RoadNetwork } from "../network/road-network.ts";
import { allowedBits } from "./lane-classes.ts";
import type { Notes } from "./notes.ts";
import { ProgramReader } from "./read-programs.ts";
import { readXml, type XmlElement } from "./xml.ts";

const usualWidth_m = 3.2;
/** No road is longer, and nothing on one is faster. */
const longest_m = 1e6;
const fastest_m_s = 200;
const widest_m = 100;
/** Corners of people may have no length at all. */
const shortest_m = 0.1;
/** Where ways merge like a zipper one sees far. */
const zipperVisibility_m = 100;
const mostLinksOfSignal = 10_000;
/** What a network file may hold and nothing comes of here. */
const silent = new Set([
  ...["location", "type", "restriction", "neigh", "stopOffset", "param", "prohibition", "split"],
  ...["bpt", "node", "crossing", "walkingArea"],
]);
/** Where only people are. */
const forPeople = new Set(["crossing", "walkingarea"]);
const footEdge = /^:.*_[cw]\d+$/;
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
  readonly #notes: Notes | null;
  readonly #laneNumbers = new Map<string, number>();
  readonly #edgeNumbers = new Map<string, number>();
  /** The direction in which one turns without crossing anybody's way. */
  #near = "r";
  /** Of people alone: the edge whose lane comes next. */
  #foot: { readonly edge: string; readonly crossing: boolean } | null = null;

  constructor(file: string, notes: Notes | null) {
    this.#file = file;
    this.#notes = notes;
    this.programs = new ProgramReader(this.draft.programs);
  }

  open(element: XmlElement): void {
    if (this.programs.take(element)) return;
    const { name } = element;
    if (name === "edge") this.#edge(element);
    else if (name === "lane") this.#lane(element);
    else if (name === "junction") this.#junction(element);
    else if (name === "request") this.#request(element);
    else if (name === "connection") this.#connection(element);
    else if (name === "net") this.#near = element.optional("lefthand") === "true" ? "l" : "r";
    else if (name === "roundabout") for (const id of element.list("edges")) this.draft.roundabouts.add(id);
    else if (!silent.has(name)) this.#notes?.add("SCENARIO_ELEMENT_UNKNOWN", { element: name.slice(0, 60) }, element);
  }

  /** What can only be seen when all was read; null when nothing is wrong. */
  missing(): Problem | null {
    const { edges } = this.draft;
    if (!edges.some(({ inside }) => !inside)) return problem("SCENARIO_NET_EMPTY", {}, { file: this.#file });
    const bare = edges.find(({ lanes }) => lanes.length === 0);
    return bare === undefined ? null : problem("SCENARIO_EDGE_BARE", { edge: bare.id }, { file: this.#file });
  }

  #edge(element: XmlElement): void {
    const role = element.optional("function") ?? "";
    const people = forPeople.has(role);
    this.#foot = people ? { edge: element.text("id"), crossing: role === "crossing" } : null;
    if (people) return;
    const id = element.text("id");
    if (this.#edgeNumbers.has(id)) throw element.wrong("SCENARIO_TWICE", { element: "edge", id });
    this.#edgeNumbers.set(id, this.draft.edges.length);
    this.draft.edges.push({ id, inside: role === "internal", lanes: [] });
    this.draft.foot.ends.push(this.#node(element.optional("from")), this.#node(element.optional("to")));
  }

  #node(id: string | undefined): number {
    if (id === undefined) return -1;
    const { nodes } = this.draft.foot;
    const known = nodes.get(id);
    if (known !== undefined) return known;
    nodes.set(id, nodes.size);
    return nodes.size - 1;
  }

  #footLane(element: XmlElement, edge: string, crossing: boolean): void {
    const id = element.text("id");
    const said_m = element.number("length");
    if (!(said_m >= 0 && said_m <= longest_m)) throw element.wrong("SCENARIO_LANE_LENGTH", { id, length_m: said_m });
    const length_m = Math.max(shortest_m, said_m);
    const width_m = element.number("width", usualWidth_m);
    if (!(width_m > 0 && width_m <= widest_m)) throw element.wrong("SCENARIO_LANE_WIDTH", { id, width_m });
    const shape = shapeOf(element.text("shape"));
    this.draft.foot.lanes.push({ edge, lane: id, crossing, length_m, width_m, shape });
  }

  #lane(element: XmlElement): void {
    if (element.within.at(-1) !== "edge") return;
    if (this.#foot !== null) {
      this.#footLane(element, this.#foot.edge, this.#foot.crossing);
      return;
    }
    const edge = this.draft.edges.length - 1;
    const lanes = this.draft.edges[edge]?.lanes ?? [];
    const id = element.text("id");
    const length_m = element.number("length");
    const speed_m_s = element.number("speed");
    if (!(length_m > 0 && length_m <= longest_m)) throw element.wrong("SCENARIO_LANE_LENGTH", { id, length_m });
    if (!(speed_m_s > 0 && speed_m_s <= fastest_m_s)) throw element.wrong("SCENARIO_LANE_SPEED", { id, speed_m_s });
    const width_m = element.number("width", usualWidth_m);
    if (!(width_m > 0 && width_m <= widest_m)) throw element.wrong("SCENARIO_LANE_WIDTH", { id, width_m });
    if (this.#laneNumbers.has(id)) throw element.wrong("SCENARIO_TWICE", { element: "lane", id });
    this.#laneNumbers.set(id, this.draft.lanes.length);
    this.draft.lanes.push({
      id,
      edge,
      index: lanes.length,
      length_m,
      speed_m_s,
      width_m,
      allowed: allowedBits(element.optional("allow"), element.optional("disallow")),
      shape: shapeOf(element.text("shape")),
    });
    lanes.push(this.draft.lanes.length - 1);
  }

  #junction(element: XmlElement): void {
    this.draft.junctions.push({
      id: element.text("id"),
      type: element.text("type"),
      incoming: element.list("incLanes"),
      inside: element.list("intLanes"),
      requests: new Map(),
    });
  }

  #request(element: XmlElement): void {
    const junction = this.draft.junctions.at(-1);
    if (junction === undefined) throw element.wrong("SCENARIO_REQUEST_ALONE", {});
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
      if (footEdge.test(from) || footEdge.test(to)) {
        this.#footJoin(from, to, element);
        return;
      }
      const edge = this.#edgeNumbers.has(from) ? to : from;
      throw element.wrong("SCENARIO_CONNECTION_NOWHERE", { lane: edge });
    }
    const via = element.optional("via");
    const signal = element.optional("tl") ?? null;
    this.draft.links.push({
      from: this.#laneAt(from, element.number("fromLane"), element),
      to: this.#laneAt(to, element.number("toLane"), element),
      via: via === undefined ? -1 : this.#laneCalled(via, element),
      state: element.optional("state") ?? "M",
      signal,
      signalIndex: signal === null ? -1 : this.#linkIndex(element),
      turnsAround: turningBack.has(element.optional("dir") ?? ""),
      straight: element.optional("dir") === "s",
      bends: !["s", this.#near].includes(element.optional("dir") ?? ""),
      ...this.#visibility(element),
    });
  }

  #footJoin(from: string, to: string, element: XmlElement): void {
    const signal = element.optional("tl") ?? null;
    this.draft.foot.joins.push({
      from,
      to,
      state: element.optional("state") ?? "M",
      signal,
      signalIndex: signal === null ? -1 : this.#linkIndex(element),
    });
  }

  #visibility(element: XmlElement): { readonly visibility_m?: number } {
    if (element.optional("visibility") !== undefined) return { visibility_m: element.number("visibility") };
    return element.optional("state") === "Z" ? { visibility_m: zipperVisibility_m } : {};
  }

  #linkIndex(element: XmlElement): number {
    const value = element.number("linkIndex");
    if (Number.isInteger(value) && value >= 0 && value < mostLinksOfSignal) return value;
    throw element.wrong("SCENARIO_LINK_INDEX", { value });
  }

  #laneAt(edge: string, index: number, element: XmlElement): number {
    const lane = this.draft.edges[this.#edgeNumbers.get(edge) ?? -1]?.lanes[index];
    if (lane === undefined) throw element.wrong("SCENARIO_CONNECTION_NOWHERE", { lane: `${edge}_${index}` });
    return lane;
  }

  #laneCalled(id: string, element: XmlElement): number {
    const lane = this.#laneNumbers.get(id);
    if (lane === undefined) throw element.wrong("SCENARIO_CONNECTION_NOWHERE", { lane: id });
    return lane;
  }
}

/** `file` is told where something is wrong; `chunks` are its text in parts; `notes` are told what nothing came of. */
export async function readNet(
  file: string,
  chunks: AsyncIterable<string> | Iterable<string>,
  notes: Notes | null = null,
): Promise<Result<RoadNetwork>> {
  const reader = new NetReader(file, notes);
  const read = await readXml(file, chunks, "net", {
    open: (element) => reader.open(element),
    close: (name) => reader.programs.closed(name),
  });
  if (!read.ok) return read;
  const missing = reader.missing();
  return missing === null ? ok(freezeNetwork(reader.draft)) : failed(missing);
}
