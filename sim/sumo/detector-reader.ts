/** Loops and areas of SUMO's additional files: E1 (`inductionLoop`), E2 (`laneAreaDetector`), E3 (`entryExitDetector`). */
import type { RoadNetwork } from "../network/road-network.ts";
import type { XmlElement } from "./xml.ts";

/** A place on a lane, metres from its start. */
export interface LanePlace {
  readonly lane: number;
  readonly at_m: number;
}

export type DetectorDefinition =
  | { readonly kind: "loop"; readonly id: string; readonly period_s: number; readonly place: LanePlace }
  | {
      readonly kind: "area";
      readonly id: string;
      readonly period_s: number;
      /** The lane where it ends, and how far it reaches back from there, beyond the lane's start where it is longer. */
      readonly lane: number;
      readonly from_m: number;
      readonly to_m: number;
    }
  | {
      readonly kind: "entry-exit";
      readonly id: string;
      readonly period_s: number;
      readonly entries: readonly LanePlace[];
      readonly exits: readonly LanePlace[];
    };

interface OpenEntryExit {
  readonly kind: "entry-exit";
  readonly id: string;
  readonly period_s: number;
  readonly entries: LanePlace[];
  readonly exits: LanePlace[];
}

const loops = new Set(["inductionLoop", "e1Detector", "instantInductionLoop"]);
const areas = new Set(["laneAreaDetector", "e2Detector"]);
const entryExits = new Set(["entryExitDetector", "e3Detector"]);
/** One interval for the whole run. */
const wholeRun_s = 86_400;

export class DetectorReader {
  readonly found: DetectorDefinition[] = [];
  readonly #lanes: ReadonlyMap<string, number>;
  readonly #length_m: Float64Array;
  #open: OpenEntryExit | null = null;

  constructor({ lanes }: RoadNetwork) {
    this.#lanes = new Map(lanes.ids.map((id, at) => [id, at]));
    this.#length_m = lanes.length_m;
  }

  /** False for an element that is no detector. */
  take(element: XmlElement): boolean {
    const { name } = element;
    if (loops.has(name)) {
      this.found.push({ kind: "loop", ...this.#named(element), place: this.#place(element, "pos") });
    } else if (areas.has(name)) this.#area(element);
    else if (entryExits.has(name)) {
      this.#open = { kind: "entry-exit", ...this.#named(element), entries: [], exits: [] };
      this.found.push(this.#open);
    } else if (name === "detEntry") this.#open?.entries.push(this.#place(element, "pos"));
    else if (name === "detExit") this.#open?.exits.push(this.#place(element, "pos"));
    else return false;
    return true;
  }

  #named(element: XmlElement): { readonly id: string; readonly period_s: number } {
    const period = element.optional("period") === undefined ? "freq" : "period";
    return { id: element.text("id"), period_s: element.time_s(period, wholeRun_s) };
  }

  #lane(id: string, element: XmlElement): number {
    const lane = this.#lanes.get(id);
    if (lane === undefined) throw element.wrong("SCENARIO_LANE_UNKNOWN", { lane: id.slice(0, 60) }, "lane");
    return lane;
  }

  #place(element: XmlElement, attribute: string): LanePlace {
    const lane = this.#lane(element.text("lane"), element);
    return { lane, at_m: this.#within(lane, element.number(attribute), element) };
  }

  /** Negative places count from the lane's end, as SUMO's do. */
  #within(lane: number, said_m: number, element: XmlElement): number {
    const length_m = this.#length_m[lane] as number;
    const at_m = said_m < 0 ? length_m + said_m : said_m;
    if (at_m >= 0 && at_m <= length_m) return at_m;
    // `friendlyPos` lets SUMO move what lies beside the lane; so do we.
    if (/^(1|true|yes|on|x)$/i.test(element.optional("friendlyPos") ?? ""))
      return Math.min(length_m, Math.max(0, at_m));
    throw element.wrong("SCENARIO_DETECTOR_BESIDE", {
      id: element.optional("id") ?? element.name,
      at_m: said_m,
      length_m,
    });
  }

  #area(element: XmlElement): void {
    const several = element.list("lanes");
    const lane = this.#lane(several.at(-1) ?? element.text("lane"), element);
    const first = this.#lane(several[0] ?? element.text("lane"), element);
    const named = this.#named(element);
    const said = (attribute: string): number | null =>
      element.optional(attribute) === undefined ? null : element.number(attribute);
    const [pos_m, end_m, length_m] = [said("pos"), said("endPos"), said("length")];
    const end = end_m === null ? null : this.#within(lane, end_m, element);
    const start = pos_m === null ? null : this.#within(first, pos_m, element);
    // Over several lanes it is laid on the last one, as far back from its end as the lanes before are long.
    const before = several
      .slice(0, -1)
      .reduce((sum, id) => sum + (this.#length_m[this.#lane(id, element)] as number), 0);
    const from_m = start === null ? (end ?? this.#end(lane)) - (length_m ?? this.#end(lane)) : start - before;
    const to_m =
      end ?? (start === null || length_m === null ? this.#end(lane) : Math.min(this.#end(lane), from_m + length_m));
    if (!(to_m > from_m)) throw element.wrong("SCENARIO_DETECTOR_EMPTY", { id: named.id });
    this.found.push({ kind: "area", ...named, lane, from_m, to_m });
  }

  #end(lane: number): number {
    return this.#length_m[lane] as number;
  }
}
