/** Carries out what was planned: who may pass which link, the speed that comes of it, and the way driven. */
import { brakeGap, halting_m_s, safeStopSpeed } from "./krauss.ts";
import { hasPriority, isRed, isYellow } from "./light.ts";
import { RightOfWay } from "./right-of-way.ts";
import { NONE, type World } from "./world.ts";

const near_m = 0.1;

export class Mover {
  readonly #w: World;
  /** The lanes that had vehicles when the step began. */
  readonly #order: Int32Array;
  /** In which step each vehicle moved last. */
  readonly #moved: Int32Array;
  /** By lane. 1: the only one of its edge, where nobody thinks of lanes. */
  readonly #alone: Uint8Array;
  readonly #rights: RightOfWay;
  // The vehicle that is being moved: what it drives at least, to come over which link, and whether it has to wait for one.
  #least = 0;
  #least_m = 0;
  #leastCanBrake = false;
  #waits = false;
  readonly #bounds = { least: 0, emergency: 0, most: 0 };
  /** How many steps, and how many moves. */
  readonly #step: Int32Array;
  readonly #counted: Float64Array;

  constructor(world: World) {
    this.#w = world;
    const { columns } = world;
    this.#order = columns.name("Mover.#order", columns.whole(world.active.length));
    this.#rights = new RightOfWay(world, false);
    this.#moved = columns.name("Mover.#moved", world.seats.whole());
    this.#counted = columns.name("Mover.#counted", columns.floats(1));
    this.#step = columns.name("Mover.#step", columns.whole(1, 0));
    const { edges, lanes } = world.network;
    const alone = Uint8Array.from(lanes.edge, (edge) =>
      (edges.firstLane[edge + 1] as number) - (edges.firstLane[edge] as number) === 1 ? 1 : 0,
    );
    this.#alone = columns.name("Mover.#alone", columns.copy(alone));
  }

  /** Vehicles moved, over all steps. */
  get updates(): number {
    return this.#counted[0] as number;
  }

  all(): void {
    const w = this.#w;
    const step = (this.#step[0] as number) + 1;
    this.#step[0] = step;
    const count = w.activeCount;
    for (let i = 0; i < count; i += 1) this.#order[i] = w.active[i] as number;
    for (let i = 0; i < count; i += 1) {
      const lane = this.#order[i] as number;
      let v = w.front[lane] as number;
      while (v !== NONE) {
        const next = w.behind[v] as number;
        if (this.#moved[v] !== step) this.#move(v, lane, step);
        v = next;
      }
    }
  }

  #move(v: number, lane: number, step: number): void {
    const w = this.#w;
    this.#moved[v] = step;
    this.#counted[0] = (this.#counted[0] as number) + 1;
    const speed = this.#settle(v, this.#wanted(v));
    w.gained[v] = speed - (w.speed[v] as number);
    w.speed[v] = speed;
    const limit = w.limit(v, lane);
    w.loss_s[v] = (w.loss_s[v] as number) + (w.dt * (limit - speed)) / limit;
    if (speed < halting_m_s) {
      w.waiting_s[v] = (w.waiting_s[v] as number) + w.dt;
      if (w.standing_s[v] === 0) w.stops[v] = (w.stops[v] as number) + 1;
      w.standing_s[v] = (w.standing_s[v] as number) + w.dt;
    } else w.standing_s[v] = 0;
    const way = speed * w.dt;
    w.driven[v] = (w.driven[v] as number) + way;
    w.pos[v] = (w.pos[v] as number) + way;
    if ((w.pos[v] as number) > (w.network.lanes.length_m[lane] as number) - near_m) this.#passOn(v, lane);
  }

  /**
   * The planned speed, or that of the first link that is not open. Sets what is driven at least, once a link where one gives
   * way is open: who hesitated there would meet others.
   */
  #wanted(v: number): number {
    const w = this.#w;
    const { plan } = w;
    const first = plan.of[v] as number;
    const end = first + (plan.counts[v] as number);
    this.#least = Number.NEGATIVE_INFINITY;
    this.#waits = false;
    let speed = w.planned[v] as number;
    if (first === end && speed < (w.decel[v] as number)) this.#waits = speed < this.#reachable(v);
    for (let at = first; at < end; at += 1) {
      if (!this.#passes(v, at)) {
        speed = plan.wait[at] as number;
        break;
      }
      if (at === end - 1) speed = Math.min(speed, plan.pass[at] as number);
    }
    const settled = this.#orStops(v, speed);
    w.mustWait[v] = this.#waits ? 1 : 0;
    return settled;
  }

  #reachable(v: number): number {
    const w = this.#w;
    return Math.min((w.speed[v] as number) + (w.accel[v] as number) * w.dt, w.topSpeed[v] as number);
  }

  #passes(v: number, at: number): boolean {
    const w = this.#w;
    const { plan } = w;
    const link = plan.link[at] as number;
    const wait = plan.wait[at] as number;
    if (link === NONE || plan.request[at] === 0) {
      if (link !== NONE) this.#yieldInside(v, link);
      this.#waits = wait < (w.speed[v] as number) || wait < halting_m_s;
      return false;
    }
    const distance = plan.distance[at] as number;
    const decel = w.decel[v] as number;
    const speed = w.speed[v] as number;
    const canBrake = distance > brakeGap(speed, decel, 0, w.dt) || speed < decel * w.dt;
    this.#waits = true;
    if (!this.#letsPass(v, at, canBrake)) return false;
    const pass = plan.pass[at] as number;
    this.#waits = pass < decel && pass <= wait && pass < this.#reachable(v);
    return true;
  }

  /** By its light, and by those who come with the right of way. */
  #letsPass(v: number, at: number, canBrake: boolean): boolean {
    const w = this.#w;
    const link = w.plan.link[at] as number;
    const state = w.state[link] as number;
    const distance = w.plan.distance[at] as number;
    const yellow = isYellow(state);
    if (yellow && canBrake) return false;
    if (!yellow && !this.#rights.isOpen(v, at, canBrake)) {
      const emergency = brakeGap(w.speed[v] as number, w.emergency[v] as number, 0, w.dt);
      return !canBrake && w.network.links.signal[link] === NONE && distance < emergency;
    }
    if (hasPriority(state) || this.#rights.wentFirst(link) || this.#rights.waitsInside(link)) return true;
    if (distance > (w.network.links.visibility_m[link] as number) && (canBrake || !yellow)) return false;
    this.#least_m = distance;
    this.#least = Math.min((distance + near_m) / w.dt, w.plan.pass[at] as number, this.#reachable(v));
    this.#leastCanBrake = canBrake;
    return true;
  }

  /** Stuck inside: others may go first now. */
  #yieldInside(v: number, link: number): void {
    const w = this.#w;
    const from = w.network.links.from[link] as number;
    const own = w.lane[v] as number;
    if (!w.isInside(from) || w.network.lanes.junction[own] !== w.network.lanes.junction[from]) return;
    w.entered_s[v] = Number.POSITIVE_INFINITY;
    w.crossed_s[v] = Number.POSITIVE_INFINITY;
  }

  /** Who is too slow to get over the link at once stops before it. */
  #orStops(v: number, speed: number): number {
    const w = this.#w;
    if (speed + 0.001 >= this.#least) return speed;
    if (!this.#leastCanBrake || speed >= (w.speed[v] as number)) {
      this.#least = speed;
      return speed;
    }
    const decel = w.decel[v] as number;
    const gentle = Math.max(0, (w.speed[v] as number) - decel * w.dt);
    const stop = Math.max(gentle, safeStopSpeed(this.#least_m, decel, w.dt, w.dt));
    this.#least = 0;
    this.#waits = true;
    return Math.min(speed, stop);
  }

  /** What the vehicle can and the driver does: bounds of acceleration, and imperfection (Krauss). */
  #settle(v: number, wanted: number): number {
    const w = this.#w;
    const now = w.speed[v] as number;
    const dice = w.random.next();
    // Who stands and has to go on standing can do nothing else, whatever others ask.
    const speed = now === 0 && wanted === 0 ? 0 : this.#driven(v, now, wanted, dice);
    w.minds.rest(v);
    if (this.#alone[w.lane[v] as number] === 1) w.minds.forget(v);
    return speed > 0 ? Math.max(speed, this.#least) : 0;
  }

  #driven(v: number, now: number, wanted: number, dice: number): number {
    const w = this.#w;
    const accel = w.accel[v] as number;
    const decel = w.decel[v] as number;
    const emergency = Math.max(0, now - (w.emergency[v] as number) * w.dt);
    const least = Math.min(Math.max(0, now - decel * w.dt), Math.max(wanted, emergency));
    const most = Math.max(least, Math.min(now + accel * w.dt, wanted));
    const dawdle = (w.sigma[v] as number) * Math.min(most, accel) * w.dt * dice;
    const driven = Math.max(least, most - dawdle, 0);
    if (w.minds.isQuiet(v)) return driven;
    const bounds = this.#bounds;
    bounds.emergency = emergency;
    bounds.least = least;
    bounds.most = most;
    return w.minds.settle(v, driven, bounds, decel, w.minGap[v] as number, w.dt);
  }

  #passOn(v: number, from: number): void {
    const w = this.#w;
    const { lanes, links } = w.network;
    let lane = from;
    while ((w.pos[v] as number) > (lanes.length_m[lane] as number) - near_m) {
      const inside = w.isInside(lane);
      const nextWay = w.nextWay[v] as number;
      const over = (w.pos[v] as number) - (lanes.length_m[lane] as number);
      // A trip is over this close to the end of its last edge.
      if (!inside && nextWay === NONE) {
        w.arrive(v);
        return;
      }
      if (over <= 0) return;
      const link = w.linkBy(lane, w.row[v] as number);
      if (link === NONE) {
        // The end of a lane that leads nowhere for this way: never passed.
        w.pos[v] = lanes.length_m[lane] as number;
        return;
      }
      if (isRed(w.state[link] as number) && !inside) {
        // Nobody passes red: who could not brake stops at the line.
        w.driven[v] = (w.driven[v] as number) - over;
        w.pos[v] = lanes.length_m[lane] as number;
        w.speed[v] = 0;
        return;
      }
      const next = links.next[link] as number;
      w.leaveLane(v);
      w.lastOut[lane] = v;
      w.sideBySide?.left(v, lane);
      w.lastOutWay[lane] = (w.driven[v] as number) - over;
      w.pos[v] = over;
      this.#stamp(v, link, inside, next);
      if (!w.isInside(next)) w.driveOn(v);
      w.enterBehind(v, next, w.leaderAt(next, over));
      lane = next;
    }
  }

  /** When it came into the junction, and over the place where others wait. */
  #stamp(v: number, link: number, inside: boolean, next: number): void {
    const w = this.#w;
    if (!w.isInside(next)) return;
    if (!inside) {
      w.entered_s[v] = w.now_s;
      w.enteredFirst_s[v] = w.now_s;
      w.crossed_s[v] = Number.POSITIVE_INFINITY;
    }
    if (w.network.links.waitsInside[link] === 1 && !inside) return;
    w.crossed_s[v] = w.now_s;
    w.entered_s[v] = w.enteredFirst_s[v] as number;
  }
}
