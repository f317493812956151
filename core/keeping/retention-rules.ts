/**
 * How long what is kept, as dated data: a law that changes is a further row, and the rows before it stay. Durations are
 * those of the requirements for enforcement in Viet Nam. Where `confirmed` is false, the city's legal officer has to hold
 * the row against the official text before anything is enforced by it.
 */

export const keepingClasses = ["raw_video", "plate_passages", "rejected_cases", "case_files", "audit"] as const;

export type KeepingClass = (typeof keepingClasses)[number];

export interface RetentionRule {
  readonly class: KeepingClass;
  /** The local day on which it comes into force, `yyyy-mm-dd`. */
  readonly from: string;
  /** Null: nothing of this class is ever deleted by the service. */
  readonly keep_h: number | null;
  /** What the time is counted from. */
  readonly counted_from: "recorded" | "passed" | "rejected" | "closed" | "written";
  /** True: deleted as soon as the time is over. False: proposed, and deleted when the data-protection officer confirms. */
  readonly automatic: boolean;
  /** Where the duration comes from. */
  readonly source: string;
  /** Held against the official text by the city's legal officer. */
  readonly confirmed: boolean;
}

const DAY_H = 24;

/** In force unless the site file says otherwise. */
export const usualRules: readonly RetentionRule[] = [
  {
    class: "raw_video",
    from: "2026-01-01",
    keep_h: 30 * DAY_H,
    counted_from: "recorded",
    automatic: true,
    source: "at most 30 days; each camera's recording.keep_h is far below",
    confirmed: false,
  },
  {
    class: "plate_passages",
    from: "2026-01-01",
    keep_h: 3 * DAY_H,
    counted_from: "passed",
    automatic: true,
    source: "vehicles without a violation: 24 to 72 hours; each camera's plates.keep_h says how long below that",
    confirmed: false,
  },
  {
    class: "rejected_cases",
    from: "2026-01-01",
    keep_h: 30 * DAY_H,
    counted_from: "rejected",
    automatic: false,
    source: "proposals that were rejected: 30 days",
    confirmed: false,
  },
  {
    class: "case_files",
    from: "2026-01-01",
    keep_h: null,
    counted_from: "closed",
    automatic: false,
    source: "until the limitation period and the archive rule are over: the legal officer states both in the site file",
    confirmed: false,
  },
  {
    class: "audit",
    from: "2026-01-01",
    keep_h: null,
    counted_from: "written",
    automatic: false,
    source: "at least 10 years; chains are never cut, so ledger, audit and logs of cases stay for good",
    confirmed: false,
  },
];
