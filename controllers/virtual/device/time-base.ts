/**
 * The device's own plan by the clock: which schedule entry means today, which day plan it names, which of its events
 * was the last, and the action of that.
 */
import { noAction, oid } from "../../ntcip/oids.ts";
import type { Sizes } from "../database/layout.ts";
import type { Parameters } from "../database/parameters.ts";
import { type LocalTime, localTime } from "./local-time.ts";

export interface InForce {
  /** 0 where no schedule entry means today. */
  readonly dayPlan: number;
  /** Row of the action table; 0 none. */
  readonly action: number;
  /** Of that row: 0 none, 1..253 a pattern, 254 free, 255 flash. */
  readonly pattern: number;
  readonly specialFunctions: number;
}

interface Entry {
  readonly months: number;
  readonly days: number;
  readonly dates: number;
  readonly dayPlan: number;
}

interface Event {
  readonly minute: number;
  readonly action: number;
}

/** How far back an event of an earlier day is looked for. */
const DAYS_BACK = 7;

export class TimeBase {
  readonly #sizes: Sizes;
  #read: Parameters | null = null;
  #entries: readonly Entry[] = [];
  #events: ReadonlyMap<number, readonly Event[]> = new Map();
  #minute = -1;
  #inForce: InForce = { dayPlan: 0, action: 0, pattern: 0, specialFunctions: 0 };

  constructor(sizes: Sizes) {
    this.#sizes = sizes;
  }

  /** Looked up anew each minute of the clock, when the clock jumps and when the database changes. */
  at(parameters: Parameters, utc_s: number): InForce {
    const minute = Math.floor(utc_s / 60);
    if (parameters === this.#read && minute === this.#minute) return this.#inForce;
    if (parameters !== this.#read) this.#readTables(parameters);
    this.#read = parameters;
    this.#minute = minute;
    this.#inForce = this.#find(parameters, utc_s);
    return this.#inForce;
  }

  #find(parameters: Parameters, utc_s: number): InForce {
    const differential_s = parameters.number("globalLocalTimeDifferential");
    const saving = parameters.number("globalDaylightSaving");
    const now = localTime(utc_s, differential_s, saving);
    const dayPlan = this.#dayPlanOf(now);
    // With no schedule at all the first action holds at all times.
    const action = this.#entries.length === 0 ? 1 : this.#actionAt(now, utc_s, differential_s, saving);
    if (action < 1 || action > this.#sizes.actions) return { dayPlan, action: 0, pattern: 0, specialFunctions: 0 };
    return {
      dayPlan,
      action,
      pattern: parameters.number("timebaseAscPattern", action),
      specialFunctions: parameters.number("timebaseAscSpecialFunction", action),
    };
  }

  /** Before the first event of a day the last one of the day before goes on. */
  #actionAt(now: LocalTime, utc_s: number, differential_s: number, saving: number): number {
    const today = this.#lastOf(this.#dayPlanOf(now), now.minute);
    if (today !== null) return today;
    for (let back = 1; back <= DAYS_BACK; back += 1) {
      const then = localTime(utc_s - back * 86_400, differential_s, saving);
      const last = this.#lastOf(this.#dayPlanOf(then), 24 * 60);
      if (last !== null) return last;
    }
    return 0;
  }

  #lastOf(dayPlan: number, minute: number): number | null {
    let found: Event | null = null;
    for (const event of this.#events.get(dayPlan) ?? []) {
      if (event.minute <= minute && (found === null || event.minute >= found.minute)) found = event;
    }
    return found?.action ?? null;
  }

  /** The entry that means the fewest days wins; among equals the first. */
  #dayPlanOf({ month, day, date }: LocalTime): number {
    let best: Entry | null = null;
    for (const entry of this.#entries) {
      const meant = (entry.months & (1 << month)) !== 0 && (entry.days & (1 << day)) !== 0 && hasDate(entry, date);
      if (meant && (best === null || breadth(entry) < breadth(best))) best = entry;
    }
    return best?.dayPlan ?? 0;
  }

  #readTables(parameters: Parameters): void {
    this.#entries = rows(this.#sizes.schedules).flatMap((row) => {
      const dayPlan = parameters.number("timeBaseScheduleDayPlan", row);
      if (dayPlan === 0) return [];
      const months = parameters.number("timeBaseScheduleMonth", row);
      const days = parameters.number("timeBaseScheduleDay", row);
      return [{ months, days, dates: parameters.number("timeBaseScheduleDate", row), dayPlan }];
    });
    const actions = new Map(rows(this.#sizes.actions).map((row) => [oid("timebaseAscActionNumber", row), row]));
    this.#events = new Map(
      rows(this.#sizes.dayPlans).map((plan) => [plan, dayPlanEvents(parameters, this.#sizes, plan, actions)]),
    );
  }
}

const rows = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at + 1);

function dayPlanEvents(
  parameters: Parameters,
  { dayPlanEvents: count }: Sizes,
  plan: number,
  actions: ReadonlyMap<string, number>,
): readonly Event[] {
  return rows(count).flatMap((row) => {
    const named = parameters.value(oid("dayPlanActionNumberOID", plan, row));
    const action = typeof named === "string" && named !== noAction ? actions.get(named) : undefined;
    if (action === undefined) return [];
    const minute = parameters.number("dayPlanHour", plan, row) * 60 + parameters.number("dayPlanMinute", plan, row);
    return [{ minute, action }];
  });
}

/** The mask has 32 bits, read without a sign. */
const hasDate = ({ dates }: Entry, date: number): boolean => ((dates >>> date) & 1) === 1;

/** Days of a year that the entry means, roughly: what is left when month, day and date all must agree. */
function breadth({ months, days, dates }: Entry): number {
  return ones(months, 1, 12) * ones(days, 1, 7) * ones(dates, 1, 31);
}

function ones(mask: number, first: number, last: number): number {
  let count = 0;
  for (let bit = first; bit <= last; bit += 1) count += (mask >>> bit) & 1;
  return count;
}
