/** Whose rear is still on lanes that he has driven off: lane by lane, made anew in every step. */
import { NONE, type World } from "../world.ts";

/** So many lanes behind its own may a long vehicle still be on. */
const lanesBehind = 3;

export class Overhang {
  readonly #w: World;
  readonly longest_m: number;
  /** By vehicle: the lanes that it came over, the last first. */
  readonly #came: Int32Array;
  /** By lane: the first entry. */
  readonly first: Int32Array;
  /** Lanes with entries. */
  readonly lanes: Int32Array;
  laneCount = 0;
  // Entries.
  #count = 0;
  readonly vehicle: Int32Array;
  /** Its rear, from the lane's start. */
  readonly rear_m: Float64Array;
  readonly next: Int32Array;

  constructor(world: World) {
    const [lanes, vehicles] = [world.front.length, world.lane.length];
    this.#w = world;
    this.longest_m = Math.max(0, ...world.demand.types.map(({ length_m }) => length_m));
    this.#came = new Int32Array(vehicles * lanesBehind).fill(NONE);
    this.first = new Int32Array(lanes).fill(NONE);
    this.lanes = new Int32Array(lanes);
    this.vehicle = new Int32Array(vehicles * lanesBehind);
    this.rear_m = new Float64Array(vehicles * lanesBehind);
    this.next = new Int32Array(vehicles * lanesBehind);
  }

  left(v: number, lane: number): void {
    const at = v * lanesBehind;
    this.#came.copyWithin(at + 1, at, at + lanesBehind - 1);
    this.#came[at] = lane;
  }

  find(): void {
    const w = this.#w;
    for (let i = 0; i < this.laneCount; i += 1) this.first[this.lanes[i] as number] = NONE;
    this.laneCount = 0;
    this.#count = 0;
    for (let i = 0; i < w.activeCount; i += 1) {
      let v = w.back[w.active[i] as number] as number;
      for (; v !== NONE && (w.pos[v] as number) < this.longest_m; v = w.ahead[v] as number) {
        const rear = w.rear_m(v);
        if (rear < 0) this.#note(v, rear);
      }
    }
  }

  #note(v: number, rearBehind_m: number): void {
    let rear = rearBehind_m;
    for (let at = v * lanesBehind; at < (v + 1) * lanesBehind && rear < 0; at += 1) {
      const lane = this.#came[at] as number;
      if (lane === NONE) return;
      rear += this.#w.network.lanes.length_m[lane] as number;
      this.#add(v, lane, rear);
    }
  }

  #add(v: number, lane: number, rear: number): void {
    const head = this.first[lane] as number;
    if (head === NONE) {
      this.lanes[this.laneCount] = lane;
      this.laneCount += 1;
    }
    const entry = this.#count;
    this.#count += 1;
    this.vehicle[entry] = v;
    this.rear_m[entry] = rear;
    this.next[entry] = head;
    this.first[lane] = entry;
  }
}
