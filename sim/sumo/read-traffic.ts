/** SUMO's route files and additional files: either may hold demand, signal programs and detectors, so they are read alike. */
import { ok, type Problem, type Result } from "../../core/problems/problem.ts";
import type { Demand } from "../demand/demand.ts";
import type { RoadNetwork, SignalProgram } from "../network/road-network.ts";
import { DemandReader } from "./demand-reader.ts";
import { type DetectorDefinition, DetectorReader } from "./detector-reader.ts";
import type { Span } from "./flow-times.ts";
import { Notes } from "./notes.ts";
import { ProgramReader } from "./read-programs.ts";
import { readXml, type XmlElement } from "./xml.ts";

/** How such files begin; SUMO itself takes any. */
const roots = ["routes", "additional", "additionals", "trips", "vehicles", "flows", "add", "root"];

/** What changes nothing about who drives where. */
const silent = new Set([
  ...roots,
  ...["location", "param", "poi", "poly", "edgeData", "laneData", "timedEvent", "routeProbe", "vTypeProbe"],
  ...["parkingSpace", "access"],
  ...["type", "restriction"],
]);

/** What SUMO acts on and we do not. */
const leftOut = new Set([
  ...["rerouter", "variableSpeedSign", "calibrator", "WAUT", "include", "overheadWireSegment", "tractionSubstation"],
]);

/** What stands inside those. */
const inside = new Set([
  ...["destProbReroute", "closingReroute", "closingLaneReroute", "routeProbReroute", "parkingAreaReroute", "step"],
  ...["wautSwitch", "wautJunction", "overheadWire", "overheadWireClamp"],
]);

export interface Traffic {
  readonly demand: Demand;
  readonly programs: readonly SignalProgram[];
  readonly detectors: readonly DetectorDefinition[];
  readonly notes: readonly Problem[];
}

export class TrafficReader {
  readonly #demand: DemandReader;
  readonly #programs: SignalProgram[] = [];
  readonly #detectors: DetectorReader;
  readonly #notes = new Notes();

  constructor(network: RoadNetwork, span: Span) {
    this.#demand = new DemandReader(network, span, this.#notes);
    this.#detectors = new DetectorReader(network);
  }

  /** One more file; those that were read before are known to it. */
  async read(file: string, chunks: AsyncIterable<string> | Iterable<string>): Promise<Result<void>> {
    this.#demand.begin();
    const programs = new ProgramReader(this.#programs);
    return readXml(file, chunks, roots, {
      open: (element) => {
        if (programs.take(element) || this.#detectors.take(element) || this.#demand.take(element)) return;
        this.#passOver(element);
      },
      close: (name) => {
        programs.closed(name);
        this.#demand.closed(name);
      },
    });
  }

  get traffic(): Traffic {
    return {
      demand: this.#demand.demand,
      programs: this.#programs,
      detectors: this.#detectors.found,
      notes: this.#notes.problems,
    };
  }

  #passOver(element: XmlElement): void {
    const { name } = element;
    if (silent.has(name) || inside.has(name)) return;
    const code = leftOut.has(name) ? "SCENARIO_ELEMENT_LEFT_OUT" : "SCENARIO_ELEMENT_UNKNOWN";
    this.#notes.add(code, { element: name.slice(0, 60) }, element);
  }
}

const endless: Span = { begin_s: 0, end_s: 1e9 };

/** The demand of a single file. Departures are in order of time, whatever their order in the file. */
export async function readRoutes(
  file: string,
  chunks: AsyncIterable<string> | Iterable<string>,
  network: RoadNetwork,
  span: Span = endless,
): Promise<Result<Demand>> {
  const reader = new TrafficReader(network, span);
  const read = await reader.read(file, chunks);
  return read.ok ? ok(reader.traffic.demand) : read;
}
