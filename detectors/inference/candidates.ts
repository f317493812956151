/** Boxes before suppression: parallel arrays of fixed room, reused for every frame. */
export interface Candidates {
  count: number;
  /** [room x 4]: left, top, right, bottom. */
  readonly corners: Float32Array;
  readonly scores: Float32Array;
  /** Index into `vehicleClasses`. */
  readonly classes: Uint8Array;
}

export function createCandidates(room: number): Candidates {
  return {
    count: 0,
    corners: new Float32Array(room * 4),
    scores: new Float32Array(room),
    classes: new Uint8Array(room),
  };
}
