/** Misbehaviour a test can order from a virtual controller and its line, as real ones show it. */
interface Lie {
  readonly oid: string;
  readonly value: number;
}

export interface Faults {
  /** Answers nothing at all. */
  readonly silent?: boolean;
  /** Says this when asked for the object, whatever it holds. */
  readonly lie?: Lie;
  readonly lies?: readonly Lie[];
  /** Share of replies that get lost, 0..1, spread evenly: 0.25 loses every fourth. The request has been executed. */
  readonly dropShare?: number;
  /** Share of requests that get lost before they are read. */
  readonly loseShare?: number;
  /** Share of requests that arrive twice. */
  readonly duplicateShare?: number;
  /** Share of requests that the following one overtakes. */
  readonly reorderShare?: number;
  /** Every reply takes this long, */
  readonly delay_ms?: number;
  /** and up to this much longer. */
  readonly jitter_ms?: number;
  /** Objects, columns or whole trees the device does not have, as another version or make would. */
  readonly absent?: readonly string[];
}

/** Decides whom a share strikes: evenly spread, so that a test repeats exactly. */
export function evenly(): (share: number | undefined) => boolean {
  let owed = 0;
  return (share = 0) => {
    owed += share;
    if (owed < 1) return false;
    owed -= 1;
    return true;
  };
}

/** A number in [0, 1) that jumps about without chance: multiples of the golden ratio (a Weyl sequence). */
export function scattered(): () => number {
  let at = 0;
  return () => {
    at = (at + 0.618_033_988_749_895) % 1;
    return at;
  };
}
