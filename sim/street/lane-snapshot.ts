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

  /** Empty, with room for so many. */
  reset(room: number): void {
    this.count = 0;
    if (room <= this.vehicle.length) return;
    const size = 2 * room;
    this.position_m = new Float64Array(size);
    this.speed_m_s = new Float64Array(size);
    this.body_m = new Float64Array(size);
    this.vehicle = new Int32Array(size);
    this.class = new Int32Array(size);
  }

  add(vehicle: number, position_m: number, speed_m_s: number, body_m: number, bit: number): void {
    const at = this.count;
    this.vehicle[at] = vehicle;
    this.position_m[at] = position_m;
    this.speed_m_s[at] = speed_m_s;
    this.body_m[at] = body_m;
    this.class[at] = bit;
    this.count += 1;
  }
}
