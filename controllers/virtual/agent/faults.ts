/** Misbehaviour a test can order from a virtual controller, as real ones show it. */
export interface Faults {
  /** Answers nothing at all. */
  readonly silent?: boolean;
  /** Says this when asked for the object, whatever it holds. */
  readonly lie?: { readonly oid: string; readonly value: number };
  /** Share of replies that get lost, 0..1, spread evenly: 0.25 loses every fourth. The request has been executed. */
  readonly dropShare?: number;
}

/** Decides which replies get lost: evenly spread, so that a test repeats exactly. */
export function replyDropper(): (share: number) => boolean {
  let owed = 0;
  return (share) => {
    owed += share;
    if (owed < 1) return false;
    owed -= 1;
    return true;
  };
}
