/**
 * How many pictures a second one camera looks at. Every second's load goes in, a rate comes out: down at once when the
 * machine cannot follow, up again carefully when there is room. Pure, so that its steadiness can be proved on a made-up
 * machine; each camera decides for itself, and what makes the cameras fair to one another is said at `patienceWithLateness_ms`.
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
}

export interface Pace {
  readonly rate_per_s: number;
  /** Seconds under strain in a row, seconds with room in a row, and seconds since the rate changed. */
  readonly strained_s: number;
  readonly calm_s: number;
  readonly held_s: number;
  /** Seconds of calm that a raise needs: doubled by each raise that had to be taken back. */
  readonly caution_s: number;
  readonly raised: boolean;
  readonly late_ms: number;
}

/** A look begins while the one before goes on when they take all the time; this share still leaves room for a hard picture. */
const busiest = 0.9;
/** A raise must leave so much free. Well below `busiest`, or the next second would take it back. */
const roomy = 0.75;
const step = 1.25;
/** One second may be an accident. */
const strainedBefore_s = 2;
/** A change needs time to show. */
const settling_s = 3;
const leastCaution_s = 5;
const mostCaution_s = 160;
/** Pictures this late are no lateness at all. */
const onTime_ms = 150;

export function beginPace({ wanted_per_s }: PaceSettings): Pace {
  return {
    rate_per_s: wanted_per_s,
    strained_s: 0,
    calm_s: 0,
    held_s: 0,
    caution_s: leastCaution_s,
    raised: false,
    late_ms: 0,
  };
}

/** The pace after another second. */
export function paceAfter(pace: Pace, load: Load, settings: PaceSettings): Pace {
  const strained = isStrained(pace, load, settings);
  const next: Pace = {
    ...pace,
    strained_s: strained ? pace.strained_s + 1 : 0,
    calm_s: hasRoom(pace, load, settings) ? pace.calm_s + 1 : 0,
    held_s: pace.held_s + 1,
    late_ms: load.late_ms,
  };
  if (next.held_s < settling_s) return next;
  if (next.strained_s >= strainedBefore_s && pace.rate_per_s > settings.least_per_s) return lowered(next, settings);
  if (next.calm_s >= next.caution_s && pace.rate_per_s < settings.wanted_per_s) return raised(next, settings);
  return forgiving(next);
}

/**
 * Pictures late by more than this are strain. Whoever looks more often gives way sooner: that evens the rates of cameras that
 * share a machine out, although none knows of another.
 */
function patienceWithLateness_ms(pace: Pace, { wanted_per_s }: PaceSettings): number {
  return 300 + 900 * (1 - pace.rate_per_s / wanted_per_s);
}

/** Lateness that shrinks is on its way out: giving way further would only overshoot. */
function isStrained(pace: Pace, { busy, late_ms }: Load, settings: PaceSettings): boolean {
  return busy > busiest || (late_ms > patienceWithLateness_ms(pace, settings) && late_ms > 0.9 * pace.late_ms);
}

function hasRoom(pace: Pace, { busy, late_ms }: Load, settings: PaceSettings): boolean {
  const next = Math.min(settings.wanted_per_s, pace.rate_per_s * step);
  return late_ms <= onTime_ms && (busy * next) / pace.rate_per_s <= roomy;
}

function lowered(pace: Pace, { least_per_s }: PaceSettings): Pace {
  return {
    ...pace,
    rate_per_s: Math.max(least_per_s, pace.rate_per_s / step),
    strained_s: 0,
    calm_s: 0,
    held_s: 0,
    caution_s: pace.raised ? Math.min(mostCaution_s, pace.caution_s * 2) : pace.caution_s,
    raised: false,
  };
}

function raised(pace: Pace, { wanted_per_s }: PaceSettings): Pace {
  const rate_per_s = Math.min(wanted_per_s, pace.rate_per_s * step);
  return { ...pace, rate_per_s, strained_s: 0, calm_s: 0, held_s: 0, raised: true };
}

/** A rate that held for long proves the last raise right, and the machine another than the one that taught caution. */
function forgiving(pace: Pace): Pace {
  if (pace.held_s % (2 * mostCaution_s) !== 0) return pace;
  return { ...pace, raised: false, caution_s: Math.max(leastCaution_s, pace.caution_s / 2) };
}
