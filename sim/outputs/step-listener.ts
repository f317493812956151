/** What outputs are told of each step: `step-watch.ts` tells it. */

/** Vehicles on the road after the step: the first `count` of `running`; and how many came and went so far. */
export interface OnTheRoad {
  readonly running: Int32Array;
  readonly count: number;
  readonly inserted: number;
  readonly arrived: number;
}

export interface Movement {
  readonly v: number;
  readonly lane: number;
  /** Of the front, from the lane's start. Beyond its end where only the rear is still on the lane. */
  readonly from_m: number;
  readonly to_m: number;
  /** Since the step began, and for how long. */
  readonly after_s: number;
  readonly for_s: number;
  /** The front is on the lane. */
  readonly front: boolean;
}

export interface StepListener {
  departed?(v: number, lane: number): void;
  /** The movement is used again: keep nothing of it. */
  moved?(movement: Movement): void;
  /** Over the lane's start, over its end. */
  entered?(v: number, lane: number): void;
  left?(v: number, lane: number): void;
  /** From one lane of an edge to another. */
  changed?(v: number, from: number, to: number): void;
  /** At the end of its way, on that lane. Told after its last movement. */
  arrived?(v: number, lane: number): void;
  /** After all of that; `watch` knows who is on the road. */
  stepped?(watch: OnTheRoad): void;
}
