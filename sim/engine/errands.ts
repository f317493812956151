/**
 * What some vehicles have to do beside coming to the end of their way: halts, as those of buses, and ends of trips before the
 * end of the last edge. Whoever has a halt brakes for it as for a line, stands there for its time, then drives on; in a bay
 * (`parking`) he is off the lane meanwhile and waits for a gap. After SUMO's `stop`.
 */
import type { Demand, Departure, Halt } from "../demand/demand.ts";
import type { ErrandBook } from "./errand-book.ts";
import { brakeGap, halting_m_s, secureGap, stopSpeedUpTo } from "./krauss.ts";
import type { World } from "./world.ts";

const NONE = -1;

/** Vehicles come to stand this close to where they are told to. */
const near_m = 0.1;
/** Whoever has stood so long beside the lane of his halt and cannot come over drives on without it. */
const patience_s = 60;

/** What is left to do of one vehicle. */
interface Errand {
  /** Among the departures: its seat changes, this does not. */
  readonly number: number;
  readonly halts: readonly Halt[];
  /** The way to each halt, from the edge of the one before on; the last of them leads on to the end. */
  readonly ways: readonly number[];
  /** Where on its last edge its trip ends; infinite at the end. */
  readonly end_m: number;
  /** The halt that comes next, or at which it stands. */
  next: number;
  until_s: number;
  stands: boolean;
  parked: number;
  /** What was told of it when it came to stand: standing at a halt is no loss. */
  loss_s: number;
  waiting_s: number;
  stops: number;
}

const isBusy = ({ halts, arrival }: Departure): boolean => halts !== undefined || arrival !== undefined;

export class Errands implements ErrandBook {
  readonly #w: World;
  /** By number. */
  readonly #byVehicle = new Map<number, Errand>();
  /** Of those on the road. */
  readonly #open: Errand[] = [];
  /** Stood at halts, by vehicle, s. */
  readonly halted_s: Float64Array;

  constructor(world: World) {
    this.#w = world;
    this.halted_s = world.seats.floats();
  }

  /** Of all who have any, before the first step. */
  static bring(world: World, { departures }: Demand): void {
    if (!departures.some(isBusy)) return;
    world.errands = new Errands(world);
    for (const [v, departure] of departures.entries()) if (isBusy(departure)) world.takeWay(v, departure.route);
  }

  #of(v: number): Errand | undefined {
    return this.#byVehicle.get(this.#w.seats.number[v] as number);
  }

  #seat({ number }: Errand): number {
    return this.#w.seats.of[number] as number;
  }

  /** What `v`, not yet on the road, has to do; `ways`: to each of its halts, and to its end. */
  give(v: number, halts: readonly Halt[], ways: readonly number[], end_m: number): void {
    const number = this.#w.seats.number[v] as number;
    this.#byVehicle.set(number, {
      number,
      halts,
      ways,
      end_m,
      next: 0,
      until_s: 0,
      stands: false,
      parked: NONE,
      loss_s: 0,
      waiting_s: 0,
      stops: 0,
    });
  }

  /** `v` has just come onto the road. */
  begin(v: number): void {
    const errand = this.#of(v);
    if (errand !== undefined) this.#open.push(errand);
  }

  /** Of a vehicle, on its last edge. */
  end_m(v: number): number {
    return this.#of(v)?.end_m ?? Number.POSITIVE_INFINITY;
  }

  /** Before anybody plans: who has a halt ahead asks himself to be slow enough for it. */
  ask(): void {
    const { courtesy } = this.#w;
    for (const errand of this.#open) {
      if (errand.parked !== NONE || errand.next >= errand.halts.length) continue;
      const v = this.#seat(errand);
      const speed = errand.stands ? 0 : this.#speedFor(errand);
      if (speed < (courtesy[v] as number)) courtesy[v] = speed;
    }
  }

  /** After all have moved. */
  settle(): void {
    let kept = 0;
    for (const errand of this.#open) {
      if (!this.#done(errand)) {
        this.#open[kept] = errand;
        kept += 1;
      }
    }
    this.#open.length = kept;
  }

  #speedFor(errand: Errand): number {
    const w = this.#w;
    const v = this.#seat(errand);
    const decel = w.decel[v] as number;
    const most = Math.min((w.speed[v] as number) + (w.accel[v] as number) * w.dt, w.topSpeed[v] as number);
    const reach = most * w.dt + brakeGap(most, decel, w.tau[v] as number, w.dt);
    const to_m = this.#distance_m(v, errand.halts[errand.next] as Halt, reach);
    if (to_m > reach) return Number.POSITIVE_INFINITY;
    const gap = Math.max(0, to_m);
    const safe = stopSpeedUpTo(most, gap, decel, w.dt, w.dt);
    return w.following === null ? safe : Math.min(safe, w.following.stopSpeed(v, gap));
  }

  /** From the front to the place of a halt on the way; beyond `reach` at least that it is farther. */
  #distance_m(v: number, halt: Halt, reach: number): number {
    const w = this.#w;
    const { lanes, links } = w.network;
    let lane = w.lane[v] as number;
    let way = w.way[v] as number;
    let sum = -(w.pos[v] as number);
    while (sum <= reach) {
      if (!w.isInside(lane) && lanes.edge[lane] === lanes.edge[halt.lane]) return sum + halt.end_m;
      const link = w.linkFrom(lane, way);
      if (link === NONE) break;
      sum += lanes.length_m[lane] as number;
      lane = links.next[link] as number;
      if (!w.isInside(lane)) way = w.ways.next[way] as number;
    }
    return Number.POSITIVE_INFINITY;
  }

  /** True when nothing is left to do. */
  #done(errand: Errand): boolean {
    const w = this.#w;
    const { halts } = errand;
    if (!Number.isNaN(w.arrived_s[this.#seat(errand)] as number)) return true;
    if (errand.next < halts.length) this.#halt(errand, halts[errand.next] as Halt);
    return this.#arrives(errand);
  }

  #halt(errand: Errand, halt: Halt): void {
    const v = this.#seat(errand);
    if (errand.stands) this.#stand(errand);
    else if (this.#isThere(v, halt)) this.#comeToStand(errand, halt);
    else if (this.#passedBy(v, halt)) this.#goOn(errand);
  }

  #isThere(v: number, { lane, start_m, end_m }: Halt): boolean {
    const w = this.#w;
    const pos = w.pos[v] as number;
    return (
      w.lane[v] === lane && pos >= Math.min(start_m, end_m - near_m) - near_m && (w.speed[v] as number) <= halting_m_s
    );
  }

  /** Beyond it, or stuck beside it. */
  #passedBy(v: number, halt: Halt): boolean {
    const w = this.#w;
    const lane = w.lane[v] as number;
    if (w.network.lanes.edge[lane] !== w.network.lanes.edge[halt.lane]) return false;
    const beyond = (w.pos[v] as number) > halt.end_m + 1;
    return beyond || (lane !== halt.lane && (w.standing_s[v] as number) >= patience_s);
  }

  #comeToStand(errand: Errand, { duration_s, until_s, parking }: Halt): void {
    const w = this.#w;
    const v = this.#seat(errand);
    errand.stands = true;
    errand.until_s = Math.max(w.now_s + duration_s, until_s);
    // The step in which it came to stand is one of the halt.
    const stood = (w.standing_s[v] as number) > 0;
    errand.loss_s = (w.loss_s[v] as number) - (stood ? w.dt : 0);
    errand.waiting_s = (w.waiting_s[v] as number) - (stood ? w.dt : 0);
    errand.stops = (w.stops[v] as number) - (w.standing_s[v] === w.dt ? 1 : 0);
    w.speed[v] = 0;
    w.gained[v] = 0;
    if (parking) {
      errand.parked = w.lane[v] as number;
      w.leaveLane(v);
      w.minds.forget(v);
    }
    this.#stand(errand);
  }

  /** A step more; or, when its time is over, back into the traffic. */
  #stand(errand: Errand): void {
    const w = this.#w;
    const v = this.#seat(errand);
    w.loss_s[v] = errand.loss_s;
    w.waiting_s[v] = errand.waiting_s;
    w.stops[v] = errand.stops;
    w.standing_s[v] = 0;
    this.halted_s[v] = (this.halted_s[v] as number) + w.dt;
    if (w.now_s + w.dt < errand.until_s) return;
    if (errand.parked !== NONE && !this.#pullsOut(v, errand.parked)) return;
    this.#goOn(errand);
  }

  #goOn(errand: Errand): void {
    errand.stands = false;
    errand.parked = NONE;
    errand.next += 1;
    this.#w.setWay(this.#seat(errand), errand.ways[errand.next] as number);
  }

  /** Out of a bay, where there is room and nobody has to brake hard. */
  #pullsOut(v: number, lane: number): boolean {
    const w = this.#w;
    const leader = w.leaderAt(lane, w.pos[v] as number);
    const follower = leader === NONE ? (w.front[lane] as number) : (w.behind[leader] as number);
    if (leader !== NONE && w.gap_m(v, leader) < 0) return false;
    if (follower !== NONE) {
      const [decel, tau] = [w.decel[follower] as number, w.tau[follower] as number];
      const need = secureGap(w.speed[follower] as number, 0, w.decel[v] as number, decel, tau, w.dt);
      if (w.gap_m(follower, v) < need) return false;
    }
    w.enterBehind(v, lane, leader);
    return true;
  }

  /** Has it come to the place on its last edge where its trip ends? */
  #arrives(errand: Errand): boolean {
    const w = this.#w;
    const v = this.#seat(errand);
    const { end_m, halts, next } = errand;
    const way = w.way[v] as number;
    const lane = w.lane[v] as number;
    if (end_m === Number.POSITIVE_INFINITY) return next >= halts.length;
    if (lane === NONE || w.isInside(lane) || w.ways.next[way] !== NONE || (w.pos[v] as number) <= end_m - near_m)
      return false;
    w.arrive(v);
    return true;
  }
}
