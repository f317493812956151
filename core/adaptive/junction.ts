/** An intersection as an adaptive policy has it: lanes before it, ways over it, lanes behind it, and what it may show. */

/** What a stage gives a movement. */
export const RED = 0;
/** May go after a stop, when nobody else comes: the green arrow. */
export const AFTER_STOP = 1;
/** Green that gives way to others. */
export const YIELDING = 2;
export const PRIORITY = 3;

export interface ApproachLane {
  readonly speed_m_s: number;
  /** As far before the stop line as anything is seen. */
  readonly seen_m: number;
  /** Movements from here, by their places in `Junction.movements`. */
  readonly movements: readonly number[];
}

export interface Movement {
  readonly lane: number;
  readonly exit: number;
  /** Movements whose vehicles go first when this one has no priority. */
  readonly yieldsTo: readonly number[];
}

/** Of a crossing for people. */
export interface Walk {
  /** By stage: 1 where it gives the walk. At least one does. */
  readonly stages: Uint8Array;
  /** It comes within so long after it ended, s. */
  readonly longestWait_s: number;
}

export interface Junction {
  readonly lanes: readonly ApproachLane[];
  readonly movements: readonly Movement[];
  /** Lanes behind it. */
  readonly exits: number;
  /** By stage: what each movement is given. */
  readonly stages: readonly Uint8Array[];
  /** Seconds without green for whoever gets it next, by stage shown and stage to come: yellow and all-red. */
  readonly change_s: readonly Float64Array[];
  readonly minGreen_s: number;
  readonly walks?: readonly Walk[];
}

/** By stage: best of what the movements of each lane are given. */
export const givenToLanes = ({ lanes, stages }: Junction): readonly Uint8Array[] =>
  stages.map((stage) =>
    Uint8Array.from(lanes, ({ movements }) => movements.reduce((best, m) => Math.max(best, stage[m] as number), RED)),
  );
