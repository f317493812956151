/**
 * How many pictures a second one camera looks at. Every second's load goes in, a rate comes out: down at once when the
 * machine cannot follow, up again when there is measured room. Each camera decides for itself. What makes them fair to one
 * another: all of one machine see the same idle time and the same kind of lateness, they climb by steps of one size and fall
 * in proportion (Chiu and Jain 1989, "Analysis of the Increase and Decrease Algorithms"), and who looks more often gives way
 * sooner and climbs later.
 */

export interface PaceSettings {
  /** Pictures a second, as the site asks. */
  readonly wanted_per_s: number;
  /** Never fewer: below, counts are no longer worth having. */
  readonly least_per_s: number;
}

/** What one second showed. */
export interface Load {
  /** Share of the second spent looking at pictures, 0 to 1. */
  readonly busy: number;
  /** How much later than at the best of times pictures came out of the decoder: it had to wait for a processor. */
  readonly late_ms: number;
  /** Share of the machine that did nothing, 0 to 1. */
  readonly idle: number;
}

export interface Pace {
  readonly rate_per_s: number;
  /** Seconds under strain in a row, seconds with room in a row, and seconds since the rate changed. */
  readonly strained_s: number;
  readonly calm_s: number;
  readonly held_s: number;
  readonly late_ms: number;
}

/** Looking this much of the time leaves no room for a hard picture. */
const busiest = 0.9;
/** A climb must leave so much free. Well below `busiest`, or the next second would take it back. */
const roomy = 0.75;
const fall = 0.8;
/** Of what is wanted. */
const climb = 0.1;
/** One second may be an accident. */
const strainedBefore_s = 2;
const calmBefore_s = 5;
/** A change needs time to show. */
const settling_s = 3;
/** Pictures this late are no lateness at all. */
const onTime_ms = 150;

export function beginPace({ wanted_per_s }: PaceSettings): Pace {
  return { rate_per_s: wanted_per_s, strained_s: 0, calm_s: 0, held_s: 0, late_ms: 0 };
}

/** The pace after another second. */
export function paceAfter(pace: Pace, load: Load, settings: PaceSettings): Pace {
  const { wanted_per_s, least_per_s } = settings;
  const { rate_per_s } = pace;
  const next: Pace = {
    rate_per_s,
    strained_s: isStrained(pace, load, settings) ? pace.strained_s + 1 : 0,
    calm_s: hasRoom(pace, load, settings) ? pace.calm_s + 1 : 0,
    held_s: pace.held_s + 1,
    late_ms: load.late_ms,
  };
  if (next.held_s < settling_s) return next;
  if (next.strained_s >= strainedBefore_s && rate_per_s > least_per_s) {
    return changed(next, Math.max(least_per_s, rate_per_s * fall));
  }
  if (next.calm_s >= calmBefore_s && rate_per_s < wanted_per_s) return changed(next, climbed(rate_per_s, settings));
  return next;
}

const changed = (pace: Pace, rate_per_s: number): Pace => ({
  ...pace,
  rate_per_s,
  strained_s: 0,
  calm_s: 0,
  held_s: 0,
});

const climbed = (rate_per_s: number, { wanted_per_s }: PaceSettings): number =>
  Math.min(wanted_per_s, rate_per_s + climb * wanted_per_s);

/** Lateness that shrinks is on its way out: giving way further would only overshoot. */
function isStrained(pace: Pace, { busy, late_ms }: Load, { wanted_per_s }: PaceSettings): boolean {
  const patience_ms = 300 + 900 * (1 - pace.rate_per_s / wanted_per_s);
  return busy > busiest || (late_ms > patience_ms && late_ms > 0.9 * pace.late_ms);
}

/** Looking is a third of a camera's work, so a climb of all cameras takes a thirtieth of the machine: what is idle must be more. */
function hasRoom(pace: Pace, { busy, late_ms, idle }: Load, settings: PaceSettings): boolean {
  const { rate_per_s } = pace;
  const leastIdle = 0.05 + (0.1 * rate_per_s) / settings.wanted_per_s;
  return late_ms <= onTime_ms && idle >= leastIdle && (busy * climbed(rate_per_s, settings)) / rate_per_s <= roomy;
}
