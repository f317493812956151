/**
 * Keeps together in memory what is looked at one after the other, without which most of a step is waiting among tens of thousands:
 * those on the road by their lanes, with what their ways tell them, and in large networks lanes by their places.
 */
import { laneOrder } from "./lane-order.ts";
import { NONE, type World } from "./world.ts";

/** Within so many steps few come to an edge of which they were told from afar; and within those to quite another place. */
const waysEvery = 8;
const seatsEvery = 32;

export interface LayOutOptions {
  /** Of more vehicles on the road what is asked of each is laid side by side: nothing comes of it but time. */
  readonly fewSeated: number;
  /** In networks of more lanes these are gone over by their places, not as they came into use, and chance falls otherwise. */
  readonly fewLanes: number;
}

export class LayOut {
  readonly #w: World;
  readonly #few: number;
  /** Null where lanes are gone over as they came into use. */
  readonly #lanes: Int32Array | null;
  /** Those on the road, lane by lane. */
  readonly #order: Int32Array;

  constructor(world: World, { fewSeated, fewLanes }: LayOutOptions) {
    this.#w = world;
    this.#few = fewSeated;
    this.#lanes = world.active.length > fewLanes ? laneOrder(world.network) : null;
    this.#order = new Int32Array(world.seats.count);
  }

  /** After so many steps. Not where lanes are no single files. */
  look(steps: number): void {
    if (this.#w.sideBySide !== null) return;
    if (this.#lanes !== null) this.#lineUp(this.#lanes);
    if (steps % waysEvery === 0) this.#gather(steps % seatsEvery === 0);
  }

  /** Has the lanes in use gone over in that order. */
  #lineUp(lanes: Int32Array): void {
    const { active, activeAt, count } = this.#w;
    let at = 0;
    for (let i = 0; i < lanes.length; i += 1) {
      const lane = lanes[i] as number;
      if (count[lane] === 0) continue;
      active[at] = lane;
      activeAt[lane] = at;
      at += 1;
    }
  }

  #gather(seats: boolean): void {
    const w = this.#w;
    let count = 0;
    for (let i = 0; i < w.activeCount; i += 1) count += w.count[w.active[i] as number] as number;
    if (count <= this.#few) return;
    this.#listVehicles();
    if (seats) {
      w.seats.seat(this.#order, count);
      for (let v = 0; v < count; v += 1) this.#order[v] = v;
    }
    w.ways.gather(this.#order, count, w.row, w.nextRow);
  }

  #listVehicles(): void {
    const w = this.#w;
    let count = 0;
    for (let i = 0; i < w.activeCount; i += 1) {
      for (let v = w.front[w.active[i] as number] as number; v !== NONE; v = w.behind[v] as number) {
        this.#order[count] = v;
        count += 1;
      }
    }
  }
}
