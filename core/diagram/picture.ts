/** What a time-space diagram shows, in seconds and metres; `time-space.ts` draws it. */

/** A green, in master time; it repeats with the cycle. `to_s` may lie beyond the cycle. */
export interface ShownGreen {
  readonly from_s: number;
  readonly to_s: number;
}

export interface ShownSignal {
  readonly name: string;
  /** Metres, or what the picture's scale says. */
  readonly at_m: number;
  /** Null where the offset means nothing to a reader. */
  readonly offset_s: number | null;
  readonly outbound: readonly ShownGreen[];
  readonly inbound: readonly ShownGreen[];
}

/** A band of departures, and when its first vehicle passes each light, in the order of the lights. */
export interface ShownBand {
  readonly width_s: number;
  readonly passes_s: readonly number[];
}

export interface ShownTrajectory {
  readonly points: readonly { readonly at_s: number; readonly at_m: number }[];
}

export interface TimeSpacePicture {
  readonly title: string;
  readonly cycle_s: number;
  /** In outbound order. */
  readonly signals: readonly ShownSignal[];
  /** Null where the direction has none. */
  readonly outbound: ShownBand | null;
  readonly inbound: ShownBand | null;
  /** What places are measured by: metres, or seconds of driving where lengths are not known. Metres unless said. */
  readonly scale?: "metres" | "driving_time";
  readonly trajectories?: readonly ShownTrajectory[];
}
