/**
 * Where people walk: sidewalks along edges and crossings over them are ways with two ends, which hang together at corners. Corners
 * are the walking areas of a network, or whole junctions where it has none.
 */

/** A way is walked from its beginning to its end, or back. */
export type WalkingDirection = 1 | -1;

export interface Footways {
  /** Sidewalks first, then crossings. */
  readonly length_m: Float64Array;
  readonly width_m: Float64Array;
  readonly shape: readonly Float64Array[];
  /** Of a sidewalk its edge; -1 for a crossing. */
  readonly edge: Int32Array;
  /** By edge: its sidewalk, or -1. */
  readonly ofEdge: Int32Array;
  /** Corners at which way w begins and ends: corner[2w] and corner[2w + 1]; -1 where it leads nowhere. */
  readonly corner: Int32Array;
  readonly corners: Corners;
  readonly crossings: CrossingRules;
  readonly meetings: Meetings;
}

/** Made when they are first asked for: most scenarios have nobody on foot. */
export interface FootwaySource {
  get(): Footways;
}

export interface Corners {
  readonly ids: readonly string[];
  readonly length_m: Float64Array;
  readonly width_m: Float64Array;
  readonly junction: Int32Array;
  /** Ends of ways (2w, 2w + 1) at corner c: ends[firstEnd[c]] to ends[firstEnd[c + 1] - 1]. */
  readonly firstEnd: Int32Array;
  readonly ends: Int32Array;
}

/** By way; of sidewalks nothing is said. */
export interface CrossingRules {
  /** Of way w in its direction [2w] and back [2w + 1]: the signal, by its number in the network, and the place in its state; -1 without. */
  readonly signal: Int32Array;
  readonly signalIndex: Int32Array;
  /** 1: without a signal vehicles give way here; 0: people do. */
  readonly priority: Uint8Array;
  /** Links whose vehicles people wait for: yieldTo[firstYield[w]] … */
  readonly firstYield: Int32Array;
  readonly yieldTo: Int32Array;
}

/** Where lanes inside junctions cross people's ways. */
export interface Meetings {
  readonly lane: Int32Array;
  readonly way: Int32Array;
  /** From where one stops for people to the end of the lane, and how wide their way is there, along the lane. */
  readonly behind_m: Float64Array;
  readonly size_m: Float64Array;
  /** The middle of the lane, along the crossing. */
  readonly at_m: Float64Array;
  /** 1: vehicles come from the left of who walks in the crossing's direction. */
  readonly fromLeft: Uint8Array;
  /** Meetings of lane l are those from firstOfLane[l] on; of way w: ofWay[firstOfWay[w]] … */
  readonly firstOfLane: Int32Array;
  readonly firstOfWay: Int32Array;
  readonly ofWay: Int32Array;
}

export const beginningOf = (way: number): number => 2 * way;
export const endOf = (way: number): number => 2 * way + 1;
export const wayOf = (end: number): number => end >> 1;
/** Whoever sets out from this end of a way walks so. */
export const directionFrom = (end: number): WalkingDirection => ((end & 1) === 0 ? 1 : -1);
/** The other end of the same way. */
export const opposite = (end: number): number => end ^ 1;
