/**
 * Days of the year as controllers know them (NTCIP 1201, 2.4.3): month, date and weekday, each a set of bits; a day is
 * meant when all three sets hold it. There is no year in it, so every date falls on every weekday sooner or later.
 */
import type { PlanDay } from "../sections/time-plan.ts";

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"] as const;
/** In the order of NTCIP: bit 1 is Sunday. */
const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;
const LONGEST_MONTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Bit 0 of `months` is January, of `dates` the first, of `days` Sunday. */
export interface DaySet {
  readonly months: number;
  readonly dates: number;
  readonly days: number;
}

const ALL: DaySet = { months: 0xfff, dates: 0x7fffffff, days: 0x7f };

const bitsOf = (places: readonly number[]): number => places.reduce((bits, place) => bits | (1 << place), 0);

export function daySet({ months, dates, days }: PlanDay): DaySet {
  return {
    months: months === undefined ? ALL.months : bitsOf(months.map((month) => MONTHS.indexOf(month))),
    dates: dates === undefined ? ALL.dates : bitsOf(dates.map((date) => date - 1)),
    days: days === undefined ? ALL.days : bitsOf(days.map((day) => WEEKDAYS.indexOf(day))),
  };
}

/** Month from 0, date from 1, weekday from 0 (Sunday). */
export interface Day {
  readonly month: number;
  readonly date: number;
  readonly weekday: number;
}

export const dayText = ({ month, date, weekday }: Day): string =>
  `${WEEKDAYS[weekday] ?? ""} ${date} ${MONTHS[month] ?? ""}`;

export const holds = (set: DaySet, { month, date, weekday }: Day): boolean =>
  (set.months & (1 << month)) !== 0 && (set.dates & (1 << (date - 1))) !== 0 && (set.days & (1 << weekday)) !== 0;

/** Every day that there is, 29 February included, on every weekday. */
export const everyDay: readonly Day[] = LONGEST_MONTHS.flatMap((length, month) =>
  Array.from({ length }, (_, i) => i + 1).flatMap((date) => WEEKDAYS.map((_, weekday) => ({ month, date, weekday }))),
);

/** A day that both mean, or null. */
export const sharedDay = (a: DaySet, b: DaySet): Day | null =>
  everyDay.find((day) => holds(a, day) && holds(b, day)) ?? null;

/** Is there such a day at all? 31 June is none. */
const isReal = (set: DaySet): boolean => everyDay.some((day) => holds(set, day));

/** `from` without `taken`, in at most three sets that share no day. */
function without(from: DaySet, taken: DaySet): readonly DaySet[] {
  const months = from.months & taken.months;
  const dates = from.dates & taken.dates;
  const days = from.days & taken.days;
  if (months === 0 || dates === 0 || days === 0) return [from];
  const rest: readonly DaySet[] = [
    { ...from, months: from.months & ~months },
    { ...from, months, dates: from.dates & ~dates },
    { months, dates, days: from.days & ~days },
  ];
  return rest.filter(({ months: m, dates: d, days: w }) => m !== 0 && d !== 0 && w !== 0);
}

/**
 * Entries in order of rank (holidays first, then weekends, then all the rest), made into entries of which no two mean the
 * same day: what each loses to those before it is taken out of it. Makes of controllers differ in which of two they take.
 */
export function disjoint(ranked: readonly { readonly set: DaySet; readonly day_plan: number }[]) {
  const taken: DaySet[] = [];
  return ranked.flatMap(({ set, day_plan }) => {
    const left = taken.reduce<readonly DaySet[]>((sets, other) => sets.flatMap((each) => without(each, other)), [set]);
    taken.push(set);
    return left.filter(isReal).map((each) => ({ set: each, day_plan }));
  });
}

/** A set as the site file writes it; a part that means all is left out. */
export function planDay(set: DaySet, day_plan: number): PlanDay {
  const named = <T>(bits: number, names: readonly T[]): T[] => names.filter((_, i) => (bits & (1 << i)) !== 0);
  const dates = Array.from({ length: 31 }, (_, i) => i + 1);
  return {
    ...(set.months === ALL.months ? {} : { months: named(set.months, MONTHS) }),
    ...(set.dates === ALL.dates ? {} : { dates: named(set.dates, dates) }),
    ...(set.days === ALL.days ? {} : { days: named(set.days, WEEKDAYS) }),
    day_plan,
  };
}
