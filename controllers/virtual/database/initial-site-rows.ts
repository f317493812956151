/** Rows that a site file may state: overlaps, preempts, sequences, patterns, and the local time of day. */
import type { Intersection } from "../../../core/network/schema.ts";
import { deciseconds } from "../../../core/signal/machine/convert.ts";
import { noAction, type ObjectName, oid, overlapType, preemptOption, specialPattern } from "../../ntcip/oids.ts";
import { splitModeOf } from "../../ntcip/split-modes.ts";
import type { Put } from "./parameters.ts";

export function putSiteRows(put: Put, site: Intersection): void {
  putOverlaps(put, site);
  putPreempts(put, site);
  putSequences(put, site);
  putPatterns(put, site);
  putTimeOfDay(put, site);
}

function putOverlaps(put: Put, { signal }: Intersection): void {
  for (const overlap of signal.overlaps ?? []) {
    const { number, type } = overlap;
    put("overlapType", type === "normal" ? overlapType.normal : overlapType.minusGreenYellow, number);
    put("overlapIncludedPhases", overlap.phases, number);
    put("overlapModifierPhases", overlap.modifier_phases, number);
    put("overlapTrailGreen", overlap.trail_green_s, number);
    put("overlapTrailYellow", deciseconds(overlap.trail_yellow_s), number);
    put("overlapTrailRed", deciseconds(overlap.trail_red_s), number);
  }
}

function putPreempts(put: Put, { signal }: Intersection): void {
  for (const preempt of signal.preempts ?? []) {
    const row = preempt.number;
    /** What the file leaves out keeps the safe value of an empty row. */
    const stated = (name: ObjectName, value: number | undefined): void => {
      if (value !== undefined) put(name, value, row);
    };
    const inTenths = (seconds: number | undefined) => (seconds === undefined ? undefined : deciseconds(seconds));
    if (preempt.dwell_flash === true) put("preemptControl", preemptOption.flashDwell, row);
    put("preemptLink", preempt.link ?? 0, row);
    put("preemptDelay", preempt.delay_s, row);
    put("preemptMinimumDuration", preempt.min_duration_s, row);
    stated("preemptMinimumGreen", preempt.min_green_s);
    stated("preemptMinimumWalk", preempt.min_walk_s);
    stated("preemptEnterPedClear", preempt.enter_ped_clear_s);
    stated("preemptEnterYellowChange", inTenths(preempt.enter_yellow_s));
    stated("preemptEnterRedClear", inTenths(preempt.enter_red_clear_s));
    put("preemptTrackPhase", preempt.track_phases, row);
    put("preemptTrackGreen", preempt.track_green_s, row);
    put("preemptDwellPhase", preempt.dwell_phases, row);
    put("preemptDwellGreen", preempt.dwell_green_s, row);
    if (preempt.exit_phases.length > 0) put("preemptExitPhase", preempt.exit_phases, row);
    put("preemptMaximumPresence", preempt.max_presence_s, row);
  }
}

function putSequences(put: Put, { signal }: Intersection): void {
  const rows = [{ number: 1, rings: signal.rings }, ...(signal.sequences ?? [])];
  for (const { number, rings } of rows) {
    for (const [at, ring] of rings.entries()) put("sequenceData", ring.flat(), number, at + 1);
  }
}

/** Every pattern has the split row of its own number. */
function putPatterns(put: Put, { signal }: Intersection): void {
  for (const { pattern, cycle_s, offset_s, sequence, splits } of signal.patterns ?? []) {
    put("patternCycleTime", cycle_s, pattern);
    put("patternOffsetTime", offset_s, pattern);
    put("patternSplitNumber", pattern, pattern);
    put("patternSequenceNumber", sequence, pattern);
    for (const { phase, split_s, mode } of splits) {
      put("splitTime", split_s, pattern, phase);
      put("splitMode", splitModeOf[mode], pattern, phase);
    }
  }
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"] as const;
const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;
const DATES = Array.from({ length: 31 }, (_, at) => at + 1);

/** Bits of the members of `all` that are meant, the first of them bit 1; without a choice all are. */
function bitsOf<T>(all: readonly T[], chosen: readonly T[] | undefined): number {
  return all.reduce<number>((bits, each, at) => (chosen?.includes(each) === false ? bits : bits + 2 ** (at + 1)), 0);
}

function putTimeOfDay(put: Put, { signal }: Intersection): void {
  const dayPlans = signal.day_plans ?? [];
  const named = dayPlans.flatMap((plan) => plan.events.map((event) => event.pattern));
  /** The first action is what runs without a schedule. */
  const patterns = [...new Set([specialPattern.free, ...named])];
  for (const [at, pattern] of patterns.entries()) put("timebaseAscPattern", pattern, at + 1);
  for (const { number, events } of dayPlans) {
    for (const [at, { at: time, pattern }] of events.entries()) {
      const [hour = 0, minute = 0] = time.split(":").map(Number);
      const action = patterns.indexOf(pattern) + 1;
      put("dayPlanHour", hour, number, at + 1);
      put("dayPlanMinute", minute, number, at + 1);
      put("dayPlanActionNumberOID", action > 0 ? oid("timebaseAscActionNumber", action) : noAction, number, at + 1);
    }
  }
  for (const [at, { months, days, dates, day_plan }] of (signal.plan_days ?? []).entries()) {
    put("timeBaseScheduleMonth", bitsOf<string>(MONTHS, months), at + 1);
    put("timeBaseScheduleDay", bitsOf<string>(DAYS, days), at + 1);
    put("timeBaseScheduleDate", bitsOf(DATES, dates), at + 1);
    put("timeBaseScheduleDayPlan", day_plan, at + 1);
  }
}
