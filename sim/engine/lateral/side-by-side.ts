/** What the engine asks of the lateral model, where one is driven with it (`mixed-traffic.ts`). Metres and metres a second. */
export interface SideBySide {
  /** Of each vehicle: its middle, to the left of the middle of its lane. */
  readonly offset_m: Float64Array;
  readonly width_m: Float64Array;
  /** What is driven at most behind the hindmost in `v`'s way on a lane that begins `seen_m` ahead of it. */
  speedBehindLast(v: number, lane: number, seen_m: number): number;
  /** From a lane's start to the last in `v`'s way who stands there, less those who still drive up to him. */
  room_m(v: number, lane: number): number;
  /** What the vehicles of a lane take of it, standing abreast. */
  filled_m(lane: number): number;
  /** `v` has left a lane over its end. */
  left(v: number, lane: number): void;
  /** Chooses for `v` the place across the lane where it can drive fastest, up to `wanted`; negative without room. */
  letIn(v: number, lane: number, pos: number, wanted: number): number;
  /** `v` is on the road now, where it was let in. */
  entered(v: number): void;
}
