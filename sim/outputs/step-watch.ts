/**
 * What happened to each vehicle in the last step, found by comparing the world with how the step before left it: the engine
 * itself knows nothing of being watched. Where a vehicle passed several lanes, its time is shared out by the way driven on each.
 */
import { NONE, type World } from "../engine/world.ts";
import { Emissions } from "./emissions.ts";
import { Stayers } from "./stayers.ts";
import type { Movement, OnTheRoad, StepListener } from "./step-listener.ts";

/** No more lanes are passed in a step. */
const mostLanes = 64;

type Writable<T> = { -readonly [K in keyof T]: T[K] };

export class StepWatch implements OnTheRoad {
  /** Vehicles on the road after the step: the first `count`. */
  readonly running: Int32Array;
  count = 0;
  inserted = 0;
  /** How many had departed when newcomers were met last. */
  #departed = 0;
  arrived = 0;
  readonly #w: World;
  /** By what they want to be told: most of them want little. */
  readonly #told: { readonly [K in keyof StepListener]-?: readonly Required<Pick<StepListener, K>>[] };
  /** 1: was seen on the road. Who is off it again, and not at the end of his way, stands in a bay. */
  readonly #known: Uint8Array;
  /** As the step before left them. */
  readonly #lane: Int32Array;
  readonly #pos: Float64Array;
  readonly #way: Int32Array;
  /** A lane that only the rear is still on, and how far the front is beyond its end. */
  readonly #tail: Int32Array;
  readonly #beyond: Float64Array;
  /** Where the vehicle that is being followed is by now. */
  readonly #at = { lane: NONE, way: NONE, from_m: 0, to_m: 0, after_s: 0 };
  /** Null where somebody else wants to be told of movements. */
  readonly #stayers: Stayers | null;
  /** How many have arrived of those still on the list. */
  #gone = 0;
  readonly #movement: Writable<Movement> = { v: 0, lane: 0, from_m: 0, to_m: 0, after_s: 0, for_s: 0, front: true };

  constructor(world: World, listeners: readonly StepListener[]) {
    this.#w = world;
    const wanting = <K extends keyof StepListener>(what: K): readonly Required<Pick<StepListener, K>>[] =>
      listeners.filter((listener) => listener[what] !== undefined) as Required<Pick<StepListener, K>>[];
    this.#told = {
      departed: wanting("departed"),
      moved: wanting("moved"),
      entered: wanting("entered"),
      left: wanting("left"),
      changed: wanting("changed"),
      arrived: wanting("arrived"),
      stepped: wanting("stepped"),
    };
    this.running = world.columns.whole(world.seats.count, 0);
    world.seats.rename(
      () => this.running,
      () => this.count,
    );
    this.#known = world.seats.bytes();
    this.#lane = world.seats.whole();
    this.#pos = world.seats.floats();
    this.#way = world.seats.whole();
    this.#tail = world.seats.whole();
    this.#beyond = world.seats.floats();
    const { moved } = this.#told;
    const [only] = moved;
    const watched = { running: this.running, lane: this.#lane, pos: this.#pos, way: this.#way, tail: this.#tail };
    this.#stayers = only instanceof Emissions && moved.length === 1 ? new Stayers(world, only, watched) : null;
  }

  /** After every step. */
  look(): void {
    this.#drive();
    this.#meetNewcomers();
    for (const listener of this.#told.stepped) listener.stepped(this);
  }

  #drive(): void {
    if (this.#stayers === null) {
      for (let i = 0; i < this.count; i += 1) this.#watch(this.running[i] as number);
    } else {
      const others = this.#stayers.look(this.count);
      for (let i = 0; i < others; i += 1) this.#watch(this.running[this.#stayers.others[i] as number] as number);
    }
    if (this.#gone > 0) this.#dismiss();
  }

  /** What `v` did in the last step. */
  #watch(v: number): void {
    if (this.#lane[v] !== NONE) this.#follow(v);
    if (!Number.isNaN(this.#w.arrived_s[v] as number)) this.#gone += 1;
    else this.#remember(v);
  }

  /** Takes those who arrived off the list. */
  #dismiss(): void {
    const w = this.#w;
    let kept = 0;
    for (let i = 0; i < this.count; i += 1) {
      const v = this.running[i] as number;
      if (!Number.isNaN(w.arrived_s[v] as number)) continue;
      this.running[kept] = v;
      kept += 1;
    }
    this.count = kept;
    this.arrived += this.#gone;
    this.#gone = 0;
  }

  #remember(v: number): void {
    const w = this.#w;
    this.#lane[v] = w.lane[v] as number;
    this.#pos[v] = w.pos[v] as number;
    this.#way[v] = w.way[v] as number;
  }

  /** Whoever is on a lane and was never seen has just departed. */
  #meetNewcomers(): void {
    const w = this.#w;
    if (w.departed === this.#departed) return;
    this.#departed = w.departed;
    for (let i = 0; i < w.activeCount; i += 1) {
      const lane = w.active[i] as number;
      for (let v = w.front[lane] as number; v !== NONE; v = w.behind[v] as number) {
        if (this.#lane[v] === NONE && this.#known[v] === 0) this.#meet(v, lane);
      }
    }
  }

  #meet(v: number, lane: number): void {
    this.#known[v] = 1;
    this.#remember(v);
    this.running[this.count] = v;
    this.count += 1;
    this.inserted += 1;
    for (const listener of this.#told.departed) listener.departed(v, lane);
  }

  /** Along the lanes that the engine's mover passed, by the same arithmetic. */
  #follow(v: number): void {
    const w = this.#w;
    const lane = this.#lane[v] as number;
    const from = this.#pos[v] as number;
    const to = from + (w.speed[v] as number) * w.dt;
    // Most stay on their lane, with all of their body.
    if (this.#tail[v] === NONE && to <= (w.network.lanes.length_m[lane] as number)) {
      this.#tell(v, lane, from, to, 0, w.dt, true);
      this.#tellLane(v, lane);
    } else this.#followOn(v, lane, from, to);
  }

  #followOn(v: number, lane: number, from_m: number, to_m: number): void {
    const w = this.#w;
    const speed = w.speed[v] as number;
    const at = this.#at;
    at.lane = lane;
    at.way = this.#way[v] as number;
    at.from_m = from_m;
    at.to_m = to_m;
    at.after_s = 0;
    this.#dragTail(v, speed);
    for (let passed = 0; passed < mostLanes && this.#passesEnd(); passed += 1) {
      if (this.#isAtGoal()) {
        this.#tellEnd(v, speed);
        for (const listener of this.#told.arrived) listener.arrived(v, at.lane);
        return;
      }
      this.#passOn(v, speed);
    }
    const length = w.network.lanes.length_m[at.lane] as number;
    this.#tell(v, at.lane, at.from_m, Math.min(at.to_m, length), at.after_s, w.dt - at.after_s, true);
    this.#tellLane(v, at.lane);
  }

  /** It drove as far as `lane`: is it on another one beside it now, or on none? */
  #tellLane(v: number, lane: number): void {
    const now = this.#w.lane[v] as number;
    if (now === lane) return;
    if (now === NONE) {
      this.#tellGone(v, lane);
      return;
    }
    const { changed } = this.#told;
    for (let i = 0; i < changed.length; i += 1) changed[i]?.changed(v, lane, now);
  }

  /** Its trip ends before the end of the lane; or it is in a bay now. */
  #tellGone(v: number, lane: number): void {
    if (Number.isNaN(this.#w.arrived_s[v] as number)) return;
    for (const listener of this.#told.arrived) listener.arrived(v, lane);
  }

  #isAtGoal(): boolean {
    const { lane, way } = this.#at;
    return !this.#w.isInside(lane) && (way === NONE || this.#w.ways.next[way] === NONE);
  }

  #passesEnd(): boolean {
    const w = this.#w;
    const { lane, way, to_m } = this.#at;
    if (to_m <= (w.network.lanes.length_m[lane] as number)) return false;
    return this.#isAtGoal() || w.linkFrom(lane, way) !== NONE;
  }

  /** The movement up to the lane's end; afterwards `after_s` is when the front was there. */
  #tellEnd(v: number, speed: number): void {
    const at = this.#at;
    const length = this.#w.network.lanes.length_m[at.lane] as number;
    const for_s = Math.max(0, length - at.from_m) / speed;
    this.#tell(v, at.lane, at.from_m, length, at.after_s, for_s, true);
    at.after_s += for_s;
  }

  #passOn(v: number, speed: number): void {
    const w = this.#w;
    const at = this.#at;
    const lane = at.lane;
    this.#tellEnd(v, speed);
    for (const listener of this.#told.left) listener.left(v, lane);
    at.to_m -= w.network.lanes.length_m[lane] as number;
    at.from_m = 0;
    this.#leaveTail(v, lane, at.to_m, at.after_s, speed);
    at.lane = w.network.links.next[w.linkFrom(lane, at.way)] as number;
    if (!w.isInside(at.lane) && at.way !== NONE) at.way = w.ways.next[at.way] as number;
    for (const listener of this.#told.entered) listener.entered(v, at.lane);
  }

  /** The rear follows over the end of `lane`, which the front has just passed; `to`: how far the front comes beyond. */
  #leaveTail(v: number, lane: number, to: number, after: number, speed: number): void {
    if (this.#w.isInside(lane)) return;
    this.#tail[v] = lane;
    this.#beyond[v] = 0;
    this.#pull(v, to, after, speed);
  }

  #dragTail(v: number, speed: number): void {
    if (this.#tail[v] !== NONE) this.#pull(v, (this.#beyond[v] as number) + speed * this.#w.dt, 0, speed);
  }

  #pull(v: number, to: number, after: number, speed: number): void {
    const w = this.#w;
    const lane = this.#tail[v] as number;
    const from = this.#beyond[v] as number;
    const clear = w.length[v] as number;
    const end = Math.min(to, clear);
    const for_s = speed === 0 || to < clear ? w.dt - after : (end - from) / speed;
    const length = w.network.lanes.length_m[lane] as number;
    this.#tell(v, lane, length + from, length + end, after, for_s, false);
    this.#beyond[v] = to;
    if (to >= clear) this.#tail[v] = NONE;
  }

  #tell(v: number, lane: number, from_m: number, to_m: number, after_s: number, for_s: number, front: boolean): void {
    const movement = this.#movement;
    movement.v = v;
    movement.lane = lane;
    movement.from_m = from_m;
    movement.to_m = to_m;
    movement.after_s = after_s;
    movement.for_s = for_s;
    movement.front = front;
    const { moved } = this.#told;
    for (let i = 0; i < moved.length; i += 1) moved[i]?.moved(movement);
  }
}
