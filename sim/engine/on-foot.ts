/** What drivers know of people on foot: `walkers/` keeps it. */
export interface OnFoot {
  /** Links of whose vehicles people want to know when they come. */
  readonly awaited: Int32Array;
  /**
   * Where `v` has to stop for people who cross `lane`, inside a junction and with its end so far ahead: the way to there, below 0
   * where it should have stopped already; infinite where nobody is in the way.
   */
  stopAhead_m(v: number, lane: number, seen: number): number;
}
