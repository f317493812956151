/**
 * Roads as the engine wants them: numbers in typed arrays, names beside. An edge is a run of lanes from one junction to
 * the next, or a path inside one; lane 0 is the rightmost. A link is a way from the end of one lane into another.
 */

import type { FootwaySource } from "./footways.ts";

/** What a lane may carry, one bit each: SUMO's vehicle classes. */
export const vehicleClassNames = [
  "private",
  "emergency",
  "authority",
  "army",
  "vip",
  "pedestrian",
  "passenger",
  "hov",
  "taxi",
  "bus",
  "coach",
  "delivery",
  "truck",
  "trailer",
  "motorcycle",
  "moped",
  "bicycle",
  "evehicle",
  "tram",
  "rail_urban",
  "rail",
  "rail_electric",
  "rail_fast",
  "ship",
  "custom1",
  "custom2",
] as const;

export type RoadClass = (typeof vehicleClassNames)[number];

export const classBit = (name: RoadClass): number => 1 << vehicleClassNames.indexOf(name);
export const everyClass = 0x7fffffff;

export interface Edges {
  readonly ids: readonly string[];
  readonly byId: ReadonlyMap<string, number>;
  /** Lanes of edge e: firstLane[e] to firstLane[e + 1] - 1. */
  readonly firstLane: Int32Array;
  /** 1: inside a junction. */
  readonly inside: Uint8Array;
}

export interface Lanes {
  readonly ids: readonly string[];
  readonly edge: Int32Array;
  readonly length_m: Float64Array;
  readonly width_m: Float64Array;
  /** Corner points as drawn: x, y, x, y … in metres, y to the north; empty where the file has none. */
  readonly shape: readonly Float64Array[];
  readonly speed_m_s: Float64Array;
  readonly allowed: Int32Array;
  /** Links from lane l: firstLink[l] to firstLink[l + 1] - 1. */
  readonly firstLink: Int32Array;
  /** For a lane inside a junction: the link by which it was entered. */
  readonly entry: Int32Array;
  /** The junction inside which it is; -1 outside. */
  readonly junction: Int32Array;
  /** Of its curve inside a junction, m; infinite where it has none. */
  readonly radius_m: Float64Array;
  /** For a lane inside a junction: conflicts firstConflict[l] to firstConflict[l + 1] - 1. */
  readonly firstConflict: Int32Array;
}

export interface Links {
  readonly from: Int32Array;
  /** The lane outside the junction that it leads to in the end. */
  readonly to: Int32Array;
  /** The lane that is entered: inside the junction, or `to`. */
  readonly next: Int32Array;
  /** All that is driven inside the junction from here on, m. */
  readonly inner_m: Float64Array;
  /** Character code of the state that it has without a signal. */
  readonly ownState: Uint8Array;
  /** Signal that rules it, and the place in its state string; -1 without. */
  readonly signal: Int32Array;
  readonly signalIndex: Int32Array;
  /** 1: leads back where one comes from. */
  readonly turnsAround: Uint8Array;
  /** 1: goes straight on. */
  readonly straight: Uint8Array;
  /** 1: leads onto an edge of a roundabout. */
  readonly intoRoundabout: Uint8Array;
  /** From so far one sees who else comes to a junction where one has to give way, m. */
  readonly visibility_m: Float64Array;
  /** May wait inside the junction. */
  readonly waitsInside: Uint8Array;
  /** Links to which way must be given: yieldTo[firstYield[k]] … */
  readonly firstYield: Int32Array;
  readonly yieldTo: Int32Array;
  /** 1: others cross its way; nobody comes to stand there. */
  readonly hasFoes: Uint8Array;
}

/** Places where lanes inside a junction touch, by lane: `lanes.firstConflict`. */
export interface Conflicts {
  /** The other lane. */
  readonly foe: Int32Array;
  /** From the beginning of the place to the end of the own lane, and of the other; and how long it is, for both. */
  readonly behind_m: Float64Array;
  readonly size_m: Float64Array;
  readonly foeBehind_m: Float64Array;
  readonly foeSize_m: Float64Array;
  /** 1: both lead into the same lane; both come from the same. */
  readonly sameEnd: Uint8Array;
  readonly sameStart: Uint8Array;
  /** 1: at the end of the other is a place to wait, and on one's own way there is none. */
  readonly foeWaits: Uint8Array;
  /** 1: whoever drives here must give way to the other. */
  readonly yields: Uint8Array;
  /** 1: the other gives way to whoever drives here; both may, where a signal keeps them apart. */
  readonly foeYields: Uint8Array;
}

export interface SignalPhase {
  readonly duration_s: number;
  /** A character for each link index; may be longer. */
  readonly state: string;
  readonly min_s: number;
  readonly max_s: number;
  /** Phases of which one follows; without them the next of the program does. */
  readonly next?: readonly number[];
}

export interface SignalProgram {
  readonly signal: string;
  readonly program: string;
  readonly type: string;
  readonly offset_s: number;
  readonly phases: readonly SignalPhase[];
  readonly parameters: Readonly<Record<string, string>>;
}

/** For people, ruled by a signal: its place in `signals`, and in the state. */
export interface Crossing {
  readonly signal: number;
  readonly index: number;
  readonly length_m: number;
}

export interface RoadNetwork {
  readonly edges: Edges;
  readonly lanes: Lanes;
  readonly links: Links;
  readonly conflicts: Conflicts;
  readonly signals: readonly string[];
  readonly crossings: readonly Crossing[];
  /** In the order of the files: of several for one signal the last is in force. */
  readonly programs: readonly SignalProgram[];
  /** Where people walk. */
  readonly footways: FootwaySource;
}
