/** One act, one case: the same vehicle told twice for the same thing is not fined twice. */
import type { CaseRecord } from "../ports/cases.ts";

export interface DuplicateWindows {
  /** Two acts of one plate against one rule at one intersection, no further apart than this, are one. */
  readonly moving_s: number;
  /** The same for vehicles that stand: whoever is parked is seen again and again. */
  readonly standing_s: number;
}

const standing: readonly string[] = ["stopping", "stop_line"];

/** How far apart in time two acts against this rule may be and still be one. */
export function windowOf_ms(rule: string, { moving_s, standing_s }: DuplicateWindows): number {
  return 1000 * (standing.includes(rule) ? standing_s : moving_s);
}

function sameVehicle(a: CaseRecord, b: CaseRecord): boolean {
  const [one, other] = [a.detection, b.detection];
  if (one.camera === other.camera && one.session_ms === other.session_ms && one.track === other.track) return true;
  return a.plate?.text != null && a.plate.text === b.plate?.text;
}

/** Did somebody find that it was no violation, or the service that it is none to look at? */
const isRejected = ({ case: { state, steps } }: CaseRecord): boolean =>
  state === "rejected" || (state === "closed" && !steps.some(({ kind }) => kind === "noticed"));

/** Of two that both wait to be screened, the earlier act goes on. */
function goesBefore(a: CaseRecord, b: CaseRecord): boolean {
  if (a.case.state !== "detected") return true;
  return a.detection.at_ms < b.detection.at_ms || (a.detection.at_ms === b.detection.at_ms && a.id < b.id);
}

/** The one of `others` that `record`, which waits to be screened, tells again; null when it is the first of its kind. */
export function duplicateOf(
  record: CaseRecord,
  others: readonly CaseRecord[],
  windows: DuplicateWindows,
): CaseRecord | null {
  const { rule, intersection, at_ms, staged } = record.detection;
  const window_ms = windowOf_ms(rule.id, windows);
  const found = others.find((other) => {
    const about = other.detection;
    if (other.id === record.id || about.rule.id !== rule.id || about.intersection !== intersection) return false;
    if (about.staged !== staged || Math.abs(about.at_ms - at_ms) > window_ms || isRejected(other)) return false;
    return goesBefore(other, record) && sameVehicle(record, other);
  });
  return found ?? null;
}
