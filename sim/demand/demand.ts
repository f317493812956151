/** Who drives: kinds of vehicles, and each vehicle with its departure and its way. */
import type { RoadClass } from "../network/road-network.ts";

/** More of them are a mistake in a file. */
export const mostVehicles = 5_000_000;

/** Defaults are those of SUMO's passenger car (user documentation, "Definition of Vehicles, Vehicle Types, and Routes"). */
export interface VehicleType {
  readonly id: string;
  readonly class: RoadClass;
  readonly length_m: number;
  readonly width_m: number;
  readonly minGap_m: number;
  readonly minGapLat_m: number;
  readonly accel_m_s2: number;
  readonly decel_m_s2: number;
  readonly emergencyDecel_m_s2: number;
  readonly maxSpeed_m_s: number;
  /** Imperfection of the driver, 0 to 1 (Krauss). */
  readonly sigma: number;
  /** Wanted headway. */
  readonly tau_s: number;
  /** Mean, standard deviation and bounds of the factor on speed limits. */
  readonly speedFactor: number;
  readonly speedDev: number;
  readonly speedFactorLeast: number;
  readonly speedFactorMost: number;
  /** What drivers or walkers of the type would like on any road, times their own factor; without it no limit but the road's. */
  readonly desiredSpeed_m_s?: number;
  /** Drivers of the type follow by the Intelligent Driver Model, which has no chance in it; without it by Krauss. */
  readonly idm?: IdmDriving;
}

/** The exponent of how speed is gained, and into parts of which length a step is cut. */
export interface IdmDriving {
  readonly delta: number;
  readonly stepping_s: number;
}

export type DepartLane = "first" | "best" | "free" | "random" | "allowed" | number;
export type DepartPosition = "base" | "random" | "random_free" | "free" | "last" | number;
export type DepartSpeed = "max" | "desired" | "speedLimit" | "random" | number;

/** A stand on the way, as a bus has at its stops. */
export interface Halt {
  readonly lane: number;
  /** Along the lane: whoever stands with his front between these is there; he drives up to the second if he can. */
  readonly start_m: number;
  readonly end_m: number;
  readonly duration_s: number;
  /** Not left earlier than that; below any time without. */
  readonly until_s: number;
  /** Off the lane, in a bay. */
  readonly parking: boolean;
}

export interface Departure {
  readonly id: string;
  readonly type: number;
  readonly depart_s: number;
  /** Edges in order; for a trip the quickest on empty roads. */
  readonly route: Int32Array;
  /** Of a trip: the edges that it has to come to, first and last included; its way is chosen when it departs. */
  readonly stops: Int32Array | null;
  readonly lane: DepartLane;
  readonly position: DepartPosition;
  readonly speed: DepartSpeed;
  /** In the order in which it comes to them. */
  readonly halts?: readonly Halt[];
  /** Where on its last edge it arrives, below 0 from its end; without it at the end. */
  readonly arrival?: number | "random";
  /** Of what it may turn out to be, where a seed decides; `type` and `route` above are the first of these. */
  readonly oneOf?: readonly Alternative[];
  /** Departs at a moment between these, which a seed picks; `depart_s` is the first of them. */
  readonly between_s?: readonly [number, number];
}

export interface Alternative {
  readonly type: number;
  readonly route: Int32Array;
  /** All of a departure sum up to 1. */
  readonly share: number;
}

/** One departs in each second with this chance, or so many a second on average, at any moment (Poisson). */
export type ChanceOfFlow =
  | { readonly kind: "bernoulli"; readonly each_s: number }
  | { readonly kind: "poisson"; readonly per_s: number };

/** Departures that a seed decides: `demand/draw.ts` makes them. */
export interface RandomFlow {
  readonly begin_s: number;
  readonly end_s: number;
  readonly most: number;
  readonly chance: ChanceOfFlow;
  /** Each is like this one, with its number behind the id and its own time. */
  readonly like: Departure;
}

/** From a place on one edge to a place on another, both along their edges. */
export interface Walk {
  /** Ends by which sidewalks are entered, the first as if behind who sets out: `foot-router.ts`. */
  readonly route: Int32Array;
  readonly from_m: number;
  readonly to_m: number;
  /** Without it as fast as who walks likes to. */
  readonly speed_m_s?: number;
}

/** Somebody on foot. */
export interface Walker {
  readonly id: string;
  readonly type: number;
  readonly depart_s: number;
  /** One after the other. */
  readonly walks: readonly Walk[];
}

/** The same for people: each is like this one. */
export interface RandomWalkers extends Omit<RandomFlow, "like"> {
  readonly like: Walker;
}

export interface Demand {
  readonly types: readonly VehicleType[];
  /** In order of departure. */
  readonly departures: readonly Departure[];
  readonly flows?: readonly RandomFlow[];
  /** In order of departure. */
  readonly walkers?: readonly Walker[];
  readonly walkerFlows?: readonly RandomWalkers[];
}
