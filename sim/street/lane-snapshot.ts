/** A lane's view with room that grows and is used again. */
import type { LaneView } from "./running-street.ts";

const firstRoom = 16;

export class LaneSnapshot implements LaneView {
  readonly lane: number;
  readonly length_m: number;
  count = 0;
  position_m = new Float64Array(firstRoom);
  speed_m_s = new Float64Array(firstRoom);
  body_m = new Float64Array(firstRoom);
  vehicle = new Int32Array(firstRoom);
  class = new Int32Array(firstRoom);
  /** The step whose end this shows. */
  step = -1;

  constructor(lane: number, length_m: number) {
    this.lane = lane;
    this.length_m = length_m;
  }

  reset(): void {
    this.count = 0;
  }

  copy(): LaneSnapshot {
    const made = new LaneSnapshot(this.lane, this.length_m);
    made.become(this);
    return made;
  }

  /** Shows what another shows. */
  become({ count, position_m, speed_m_s, body_m, vehicle, class: bits }: LaneView): void {
    this.reset();
    for (let at = 0; at < count; at += 1) {
      this.add(
        vehicle[at] as number,
        position_m[at] as number,
        speed_m_s[at] as number,
        body_m[at] as number,
        bits[at] as number,
      );
    }
  }

  /** Foremost first, whatever the order in which they were added. */
  sort(): void {
    for (let from = 1; from < this.count; from += 1) {
      for (let at = from; at > 0 && (this.position_m[at - 1] as number) < (this.position_m[at] as number); at -= 1) {
        this.#swap(at - 1, at);
      }
    }
  }

  add(vehicle: number, position_m: number, speed_m_s: number, body_m: number, bit: number): void {
    const at = this.count;
    if (at === this.vehicle.length) this.#grow();
    this.vehicle[at] = vehicle;
    this.position_m[at] = position_m;
    this.speed_m_s[at] = speed_m_s;
    this.body_m[at] = body_m;
    this.class[at] = bit;
    this.count += 1;
  }

  #swap(a: number, b: number): void {
    swap(this.position_m, a, b);
    swap(this.speed_m_s, a, b);
    swap(this.body_m, a, b);
    swap(this.vehicle, a, b);
    swap(this.class, a, b);
  }

  #grow(): void {
    const size = 2 * this.vehicle.length;
    const larger = <T extends Float64Array | Int32Array>(made: T, from: T): T => {
      made.set(from);
      return made;
    };
    this.position_m = larger(new Float64Array(size), this.position_m);
    this.speed_m_s = larger(new Float64Array(size), this.speed_m_s);
    this.body_m = larger(new Float64Array(size), this.body_m);
    this.vehicle = larger(new Int32Array(size), this.vehicle);
    this.class = larger(new Int32Array(size), this.class);
  }
}

function swap(values: Float64Array | Int32Array, a: number, b: number): void {
  const kept = values[a] as number;
  values[a] = values[b] as number;
  values[b] = kept;
}
