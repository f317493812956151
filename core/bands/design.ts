/** A street whose cycle and speeds are still open within limits. Shares are of the cycle, so that greens grow with it. */

export interface Range {
  readonly least: number;
  readonly most: number;
}

export interface DesignPhasing {
  readonly name: string | null;
  /** Share of the cycle from begin of outbound green to begin of inbound green. */
  readonly inbound_after: number;
}

export interface DesignSignal {
  readonly green_out: number;
  readonly green_in: number;
  readonly phasings: readonly DesignPhasing[];
  readonly greens_per_cycle: 1 | 2;
}

export interface DesignLink {
  readonly length_m: number;
  /** Driving times. */
  readonly out_s: Range;
  readonly in_s: Range;
  /** What queues need to leave before the band comes: at the light after (outbound), at this one (inbound). */
  readonly clear_out_s: number;
  readonly clear_in_s: number;
}

export interface BandDesign {
  readonly cycle_s: Range;
  readonly signals: readonly DesignSignal[];
  /** One less than the lights. */
  readonly links: readonly DesignLink[];
  /** Speeds of neighbouring links differ by this share of the slower at most; absent: as they like. */
  readonly speed_change?: number;
}

/** `sum` and `equal` have one band for the whole street each way (MAXBAND), `links` one for each link (MULTIBAND). */
export type DesignGoal =
  | { readonly kind: "sum"; readonly out: number; readonly in: number }
  | { readonly kind: "equal" }
  | { readonly kind: "links"; readonly out: readonly number[]; readonly in: readonly number[] };
