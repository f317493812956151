/**
 * Everything that moves, in typed arrays. A vehicle is a seat in them (`seats.ts`). Vehicles of a lane form a list from
 * the foremost to the last; nothing is allocated while time goes on, but for a pool that doubles when it is full.
 */
import type { Demand, Departure, VehicleType } from "../demand/demand.ts";
import { drawSpeedFactor, topSpeed_m_s } from "../demand/speed-factor.ts";
import { classBit, type RoadNetwork } from "../network/road-network.ts";
import { Columns } from "./columns.ts";
import type { ErrandBook } from "./errand-book.ts";
import type { Following } from "./following.ts";
import { Intentions } from "./intentions.ts";
import { brakeGap } from "./krauss.ts";
import type { SideBySide } from "./lateral/side-by-side.ts";
import { Minds } from "./minds.ts";
import type { OnFoot } from "./on-foot.ts";
import { Random } from "./random.ts";
import { Seats } from "./seats.ts";
import { WayTable } from "./way-table.ts";
import { Ways } from "./ways.ts";
import type { WholeStep } from "./whole-step.ts";

export const NONE = -1;
/** Speeds of files are written with two or three digits. */
const slack_m_s = 0.001;

export interface WorldOptions {
  readonly network: RoadNetwork;
  readonly demand: Demand;
  readonly seed: number;
  readonly step_s: number;
  readonly begin_s: number;
  readonly columns?: Columns;
}

/** By lane where its part of the list begins, and the list: those from which one comes into it. */
function leadingInto({ lanes, links }: RoadNetwork, columns: Columns): readonly [Int32Array, Int32Array] {
  const into: number[][] = lanes.ids.map(() => []);
  for (const [link, next] of links.next.entries()) into[next]?.push(links.from[link] as number);
  const first = columns.whole(into.length + 1, 0);
  for (const [lane, list] of into.entries()) first[lane + 1] = (first[lane] as number) + list.length;
  return [first, columns.copy(Int32Array.from(into.flat()))];
}

function insideOf({ edges, lanes }: RoadNetwork, columns: Columns): Uint8Array {
  const inside = Uint8Array.from(lanes.edge, (edge) => edges.inside[edge] as number);
  return columns.name("World.#inside", columns.copy(inside));
}

export class World {
  readonly network: RoadNetwork;
  readonly demand: Demand;
  readonly columns: Columns;
  readonly random: Random;
  /** Now, and a step, s. */
  readonly #times_s: Float64Array;
  /** Lanes with somebody on them, links somebody comes to, places changed. */
  readonly #counts: Int32Array;

  // Lanes.
  readonly front: Int32Array;
  readonly back: Int32Array;
  readonly count: Int32Array;
  /** What the vehicles of a lane take of it, one behind the other, m. */
  readonly taken_m: Float64Array;
  /** Who left the lane last over its end, and how far it had driven then: its rear may still be here. */
  readonly lastOut: Int32Array;
  readonly lastOutWay: Float64Array;
  /** Lanes with somebody on them, in no order; where each stands in that list. */
  readonly active: Int32Array;
  readonly activeAt: Int32Array;

  // Links.
  readonly state: Uint8Array;
  readonly approach: Int32Array;
  readonly touched: Int32Array;
  /** How many came onto the road so far. */
  departed = 0;

  // Vehicles, by seat.
  readonly seats: Seats;
  readonly lane: Int32Array;
  readonly ahead: Int32Array;
  readonly behind: Int32Array;
  readonly pos: Float64Array;
  readonly speed: Float64Array;
  /** By how much it became faster in the last step. */
  readonly gained: Float64Array;
  /** Driven since departure. */
  readonly driven: Float64Array;
  readonly length: Float64Array;
  readonly minGap: Float64Array;
  readonly accel: Float64Array;
  readonly decel: Float64Array;
  readonly emergency: Float64Array;
  readonly sigma: Float64Array;
  readonly tau: Float64Array;
  readonly topSpeed: Float64Array;
  readonly factor: Float64Array;
  /** What it still has to drive, from the edge on that it is on or that it comes to next: a place in `ways`. */
  readonly way: Int32Array;
  /** What it tells of the rightmost lane of its edge: a row of `ways`, or a copy of it. */
  readonly row: Int32Array;
  /** The same of the way after it, or NONE. */
  readonly nextWay: Int32Array;
  readonly nextRow: Int32Array;
  readonly planned: Float64Array;
  /** 1: found in the last step that it has to wait ahead. */
  readonly mustWait: Uint8Array;
  /** When the junction in which it is was entered: infinite again for who is stuck there; really; and past its place to wait. */
  readonly entered_s: Float64Array;
  readonly enteredFirst_s: Float64Array;
  readonly crossed_s: Float64Array;

  // What is told of each in the end.
  readonly departed_s: Float64Array;
  readonly arrived_s: Float64Array;
  readonly loss_s: Float64Array;
  readonly waiting_s: Float64Array;
  /** Since it last moved. */
  readonly standing_s: Float64Array;
  readonly stops: Int32Array;

  readonly minds: Minds;
  /** A speed that somebody beside asked for, for the next step; above any speed when nobody did. */
  readonly courtesy: Float64Array;

  /** Of this step and of the one before; they change places. */
  plan: Intentions;
  planBefore: Intentions;
  /** Places across the road; null where lanes are single files. */
  sideBySide: SideBySide | null = null;
  /** Halts and ends of trips; null where nobody has any. */
  errands: ErrandBook | null = null;
  /** Drivers who follow otherwise than by Krauss; null where all do. */
  following: Following | null = null;
  /** What drivers know of people; null where nobody walks. */
  onFoot: OnFoot | null = null;
  /** Null where the classes drive the step themselves. */
  compiled: WholeStep | null = null;
  readonly ways: WayTable;
  /** By type: who finds the ways of its routes. */
  readonly #ways: readonly Ways[];
  /** Those from which one comes into lane l: into[firstInto[l]] to into[firstInto[l + 1] - 1]. */
  readonly firstInto: Int32Array;
  readonly into: Int32Array;
  /** By lane. 1: inside a junction. */
  readonly #inside: Uint8Array;

  constructor({ network, demand, seed, step_s, begin_s, columns = new Columns() }: WorldOptions) {
    this.network = network;
    this.demand = demand;
    this.columns = columns;
    this.random = new Random(seed, columns.whole(4));
    this.#times_s = columns.name("World.#times_s", columns.copy(Float64Array.of(begin_s, step_s)));
    this.#counts = columns.name("World.#counts", columns.whole(3, 0));
    const [lanes, links] = [network.lanes.ids.length, network.links.from.length];
    this.ways = new WayTable(columns);
    const seats = new Seats(demand.departures.length, columns);
    this.seats = seats;
    this.front = columns.whole(lanes);
    this.back = columns.whole(lanes);
    this.count = columns.whole(lanes, 0);
    this.taken_m = columns.floats(lanes);
    this.lastOut = columns.whole(lanes);
    this.lastOutWay = columns.floats(lanes);
    this.active = columns.whole(lanes);
    this.activeAt = columns.whole(lanes);
    this.state = columns.copy(network.links.ownState);
    this.approach = columns.whole(links);
    this.touched = columns.whole(links);
    this.lane = seats.whole();
    this.ahead = seats.whole();
    this.behind = seats.whole();
    this.pos = seats.floats();
    this.speed = seats.floats();
    this.gained = seats.floats();
    this.driven = seats.floats();
    this.length = seats.floats();
    this.minGap = seats.floats();
    this.accel = seats.floats();
    this.decel = seats.floats();
    this.emergency = seats.floats();
    this.sigma = seats.floats();
    this.tau = seats.floats();
    this.topSpeed = seats.floats();
    this.factor = seats.floats();
    [this.way, this.nextWay] = [seats.whole(), seats.whole()];
    [this.row, this.nextRow] = [seats.whole(), seats.whole()];
    this.plan = new Intentions(seats, columns);
    this.planBefore = new Intentions(seats, columns);
    this.planned = seats.floats();
    this.mustWait = seats.bytes();
    this.entered_s = seats.floats();
    this.enteredFirst_s = seats.floats();
    this.crossed_s = seats.floats();
    this.departed_s = seats.floats(Number.NaN);
    this.arrived_s = seats.floats(Number.NaN);
    this.loss_s = seats.floats();
    this.waiting_s = seats.floats();
    this.standing_s = seats.floats();
    this.stops = seats.whole(0);
    this.minds = new Minds(seats, columns);
    this.courtesy = seats.floats(Number.POSITIVE_INFINITY);
    this.#nameSeats();
    [this.firstInto, this.into] = leadingInto(network, columns);
    this.#inside = insideOf(network, columns);
    this.#ways = demand.types.map((type) => this.#waysOf(type));
    this.#bearVehicles();
  }

  get now_s(): number {
    return this.#times_s[0] as number;
  }

  set now_s(now_s: number) {
    this.#times_s[0] = now_s;
  }

  get dt(): number {
    return this.#times_s[1] as number;
  }

  get activeCount(): number {
    return this.#counts[0] as number;
  }

  set activeCount(count: number) {
    this.#counts[0] = count;
  }

  get touchedCount(): number {
    return this.#counts[1] as number;
  }

  set touchedCount(count: number) {
    this.#counts[1] = count;
  }

  /** How often two who stood in each other's lane had to change places. */
  get swaps(): number {
    return this.#counts[2] as number;
  }

  set swaps(swaps: number) {
    this.#counts[2] = swaps;
  }

  #waysOf(type: VehicleType): Ways {
    const stopping_m = brakeGap(type.maxSpeed_m_s, type.decel_m_s2, 2 * type.tau_s, this.dt);
    const driving = { allowed: classBit(type.class), sight_m: stopping_m + type.minGap_m };
    return new Ways(this.network, driving, this.ways);
  }

  /** From now on `v`, not yet on the road, drives this route. */
  takeWay(v: number, route: Int32Array): void {
    const departure = this.departureOf(v) as Departure;
    const ways = this.#ways[departure.type] as Ways;
    const { halts = [], arrival } = departure;
    if (halts.length === 0 && arrival === undefined) {
      this.setWay(v, ways.of(route));
      return;
    }
    const found = ways.withHalts(route, halts) ?? [ways.of(route)];
    this.setWay(v, found[0] as number);
    const lastLane = this.network.edges.firstLane[route.at(-1) as number] as number;
    this.errands?.give(v, found.length > 1 ? halts : [], found, this.#arrival_m(arrival, lastLane));
  }

  #arrival_m(said: number | "random" | undefined, lane: number): number {
    const long = this.network.lanes.length_m[lane] as number;
    if (said === "random") return this.random.next() * long;
    if (said === undefined) return Number.POSITIVE_INFINITY;
    return said < 0 ? Math.max(0, said + long) : said;
  }

  /** `v` is at the end of its way. */
  arrive(v: number): void {
    this.leaveLane(v);
    this.arrived_s[v] = this.now_s + this.dt;
    this.setWay(v, NONE);
  }

  setWay(v: number, way: number): void {
    this.way[v] = way;
    this.row[v] = way === NONE ? NONE : (this.ways.row[way] as number);
    this.#lookUpNext(v, way);
  }

  /** `v` comes to the next edge of its way. */
  driveOn(v: number): void {
    const way = this.nextWay[v] as number;
    this.way[v] = way;
    this.row[v] = this.nextRow[v] as number;
    this.#lookUpNext(v, way);
  }

  #lookUpNext(v: number, way: number): void {
    const next = way === NONE ? NONE : (this.ways.next[way] as number);
    this.nextWay[v] = next;
    this.nextRow[v] = next === NONE ? NONE : (this.ways.row[next] as number);
  }

  /** The way after one that `v` drives now or later, or NONE; his next is told beside him. */
  wayAfter(v: number, way: number): number {
    return way === this.way[v] ? (this.nextWay[v] as number) : (this.ways.next[way] as number);
  }

  /** The row of its rightmost lane. */
  rowAfter(v: number, way: number): number {
    if (way === this.way[v]) return this.nextRow[v] as number;
    const next = this.ways.next[way] as number;
    return next === NONE ? NONE : (this.ways.row[next] as number);
  }

  departureOf(v: number): Departure | undefined {
    return this.demand.departures[this.seats.number[v] as number];
  }

  /** Wherever somebody is told by his seat. */
  #nameSeats(): void {
    const { seats } = this;
    for (const column of [this.ahead, this.behind, this.front, this.back, this.lastOut]) {
      seats.rename(
        () => column,
        () => column.length,
      );
    }
    for (const plan of [this.plan, this.planBefore]) {
      seats.rename(
        () => plan.vehicle,
        () => plan.count,
      );
    }
  }

  #bearVehicles(): void {
    const { types, departures } = this.demand;
    for (const [v, { type: at, route, speed }] of departures.entries()) {
      const type = types[at] as VehicleType;
      this.length[v] = type.length_m;
      this.minGap[v] = type.minGap_m;
      this.accel[v] = type.accel_m_s2;
      this.decel[v] = type.decel_m_s2;
      this.emergency[v] = type.emergencyDecel_m_s2;
      this.sigma[v] = type.sigma;
      this.tau[v] = type.tau_s;
      this.factor[v] = this.#factorFor(drawSpeedFactor(type, this.random), speed, route[0] as number);
      this.topSpeed[v] = topSpeed_m_s(type, this.factor[v] as number);
      this.takeWay(v, route);
    }
  }

  /** Whoever departs faster than he would like to likes it from then on: in hundredths of the limit, upwards, as SUMO has it. */
  #factorFor(drawn: number, speed: Departure["speed"], edge: number): number {
    const limit = this.network.lanes.speed_m_s[this.network.edges.firstLane[edge] as number] as number;
    const fast = typeof speed === "number" && speed > drawn * limit + slack_m_s;
    return fast ? Math.ceil((100 * speed) / limit) / 100 : drawn;
  }

  /** What was planned is the plan of the step before, and a new one is made. */
  turnPlans(): void {
    const before = this.planBefore;
    this.planBefore = this.plan;
    this.plan = before;
  }

  /** What this vehicle drives at most on a lane. */
  limit(v: number, lane: number): number {
    const wanted = (this.network.lanes.speed_m_s[lane] as number) * (this.factor[v] as number);
    return Math.min(wanted, this.topSpeed[v] as number);
  }

  isInside(lane: number): boolean {
    return this.#inside[lane] === 1;
  }

  /** Of a lane among those of its edge, from the right. */
  indexOf(lane: number): number {
    const { edges, lanes } = this.network;
    return lane - (edges.firstLane[lanes.edge[lane] as number] as number);
  }

  /** What a way tells of a lane of its edge: a row of `ways`. */
  rowOf(lane: number, way: number): number {
    return this.ways.rowOf(way, this.indexOf(lane));
  }

  /** By which somebody with this way leaves a lane; NONE at its end, and where the way does not go on from here. */
  linkFrom(lane: number, way: number): number {
    return this.linkBy(lane, way === NONE ? NONE : (this.ways.row[way] as number));
  }

  /** The same, by the row of the rightmost lane. */
  linkBy(lane: number, first: number): number {
    const { lanes } = this.network;
    if (!this.isInside(lane))
      return first === NONE ? NONE : (this.ways.link[this.ways.rowBeside(first, this.indexOf(lane))] as number);
    const link = lanes.firstLink[lane] as number;
    return link < (lanes.firstLink[lane + 1] as number) ? link : NONE;
  }

  rear_m(v: number): number {
    return (this.pos[v] as number) - (this.length[v] as number);
  }

  /** What is free between `v` and somebody ahead on its lane or beside, less what `v` keeps standing. */
  gap_m(v: number, leader: number): number {
    return this.rear_m(leader) - (this.pos[v] as number) - (this.minGap[v] as number);
  }

  /** What the vehicles of a lane take of it, standing. */
  filled_m(lane: number): number {
    if (this.sideBySide !== null) return this.sideBySide.filled_m(lane);
    let sum = 0;
    for (let u = this.front[lane] as number; u !== NONE; u = this.behind[u] as number) {
      sum += (this.length[u] as number) + (this.minGap[u] as number);
    }
    return sum;
  }

  /** Behind whom one comes into a lane at that place: mostly the last; NONE where nobody is ahead. */
  leaderAt(lane: number, pos: number): number {
    let leader = this.back[lane] as number;
    while (leader !== NONE && (this.pos[leader] as number) < pos) leader = this.ahead[leader] as number;
    return leader;
  }

  /** Puts `v` into a lane's list right behind `leader`, or at its front for NONE. */
  enterBehind(v: number, lane: number, leader: number): void {
    const follower = leader === NONE ? (this.front[lane] as number) : (this.behind[leader] as number);
    this.lane[v] = lane;
    this.ahead[v] = leader;
    this.behind[v] = follower;
    if (leader === NONE) this.front[lane] = v;
    else this.behind[leader] = v;
    if (follower === NONE) this.back[lane] = v;
    else this.ahead[follower] = v;
    if (this.count[lane] === 0) this.#activate(lane);
    this.count[lane] = (this.count[lane] as number) + 1;
    this.taken_m[lane] = (this.taken_m[lane] as number) + (this.length[v] as number) + (this.minGap[v] as number);
  }

  leaveLane(v: number): void {
    const lane = this.lane[v] as number;
    const [ahead, behind] = [this.ahead[v] as number, this.behind[v] as number];
    if (ahead === NONE) this.front[lane] = behind;
    else this.behind[ahead] = behind;
    if (behind === NONE) this.back[lane] = ahead;
    else this.ahead[behind] = ahead;
    this.count[lane] = (this.count[lane] as number) - 1;
    this.lane[v] = NONE;
    const taken = (this.taken_m[lane] as number) - (this.length[v] as number) - (this.minGap[v] as number);
    // Rounding errors do not add up.
    this.taken_m[lane] = this.count[lane] === 0 ? 0 : taken;
    if (this.count[lane] === 0) this.#deactivate(lane);
  }

  #activate(lane: number): void {
    this.activeAt[lane] = this.activeCount;
    this.active[this.activeCount] = lane;
    this.activeCount += 1;
  }

  #deactivate(lane: number): void {
    this.activeCount -= 1;
    const moved = this.active[this.activeCount] as number;
    const at = this.activeAt[lane] as number;
    this.active[at] = moved;
    this.activeAt[moved] = at;
    this.activeAt[lane] = NONE;
  }

  /** How far beyond the lane's end the rear of whoever left it last is; negative while it is still here. */
  rearBeyond_m(lane: number): number {
    const out = this.lastOut[lane] as number;
    if (out === NONE || this.lane[out] === NONE) return Number.POSITIVE_INFINITY;
    return (this.driven[out] as number) - (this.lastOutWay[lane] as number) - (this.length[out] as number);
  }
}
