/** A time that comes out of a formula, with what went into it. */

/** The formulas, as they are shown. docs/reference/signal-model.md says more of each. */
export const formulas = {
  yellow: {
    text: "1.0 + v / (2 * 3.05 + 2 * 9.81 * grade)",
    source: "ITE kinematic yellow change, NCHRP Report 731 (2012)",
  },
  yellow_turning: {
    text: "1.0 + (v - v_entry / 2) / (3.05 + 9.81 * grade)",
    source: "extended kinematic yellow change, ITE Journal, March 2020",
  },
  red_clear: {
    text: "max((width + 6.1) / v, (width + 2) / 8) - 1.0",
    source: "NCHRP Report 731 (2012), with a motorcycle at 8 m/s",
  },
  intergreen: {
    text: "overrun + (path_from + vehicle) / v_clearing - path_to / v_entering",
    source: "conflict-specific intergreen, RiLSA",
  },
  ped_clear: {
    text: "max(crossing / walking_speed, (crossing + 1.8) / 0.91 - walk) - 3",
    source: "MUTCD 2009 section 4E.06",
  },
  min_green: {
    text: "3 + 2 * ceil(setback / 7.5)",
    source: "Signal Timing Manual: the queue between stop line and detector",
  },
} as const;

export type FormulaName = keyof typeof formulas;

export interface Derived {
  readonly value_s: number;
  readonly formula: FormulaName;
  /** What went in, by name and unit. */
  readonly inputs: Readonly<Record<string, number>>;
}

/** Up to the next tenth; the small allowance keeps 3.3000000000000003 from becoming 3.4. */
export const upToTenth = (seconds: number): number => Math.ceil(seconds * 10 - 1e-9) / 10;

/** Up to the next whole second, with the same allowance. */
export const upToSecond = (seconds: number): number => Math.ceil(seconds - 1e-9);
