/**
 * The time plans of a site: cycle, offset, and dynamic bands that move seconds between its two stages; the week and time tables
 * that choose one of them; and the pattern that the machine runs for it.
 */
import type { MachinePattern } from "../../../core/signal/machine/types.ts";
import { localTime } from "../../../core/signal/schedule/zone.ts";
import { CLEARANCE_S, SHORTEST_STAGE_S, STAGES } from "./signals.ts";

export interface TimePlan {
  readonly number: number;
  cycle_s: number;
  offset_s: number;
  readonly bands: Map<number, number>;
}

export const SHORTEST_CYCLE_S = 2 * SHORTEST_STAGE_S;

export type PlanSource = "startup" | "forced" | "calendar_clock";

interface Switch {
  readonly plan: number;
  readonly minute: number;
}

const ITEM = /^\d{1,3}(-\d{1,3})+$/;

/** `a-b,a-b` as lists of numbers, each of the given length; null when the text is not of that form. */
export function readItems(text: string, length: number): readonly (readonly number[])[] | null {
  if (text === "") return [];
  const items = text.split(",").map((item) => (ITEM.test(item.trim()) ? item.trim().split("-").map(Number) : []));
  return items.every((item) => item.length === length) ? items : null;
}

export class PlanTable {
  readonly #plans: ReadonlyMap<number, TimePlan>;
  readonly #week = new Map<number, number>();
  readonly #days = new Map<number, Switch[]>();
  readonly #localTime: (clock_ms: number) => { readonly day: number; readonly minute: number };
  #chosen: number | null = null;
  #bandTimeout_min = 0;
  #bandsSet_ms = 0;
  #pattern: MachinePattern | null = null;

  constructor(plans: readonly TimePlan[], timeZone: string) {
    this.#plans = new Map(plans.map((plan) => [plan.number, plan]));
    this.#localTime = localTimeIn(timeZone);
  }

  get numbers(): readonly number[] {
    return [...this.#plans.keys()];
  }

  get plans(): readonly TimePlan[] {
    return [...this.#plans.values()];
  }

  get bandTimeout_min(): number {
    return this.#bandTimeout_min;
  }

  set bandTimeout_min(minutes: number) {
    this.#bandTimeout_min = minutes;
  }

  find(number: number, clock_ms: number): TimePlan | undefined {
    return this.#plans.get(number === 0 ? this.running(clock_ms).number : number);
  }

  /** By command until it is taken back (null); else by the tables; else the first. */
  choose(number: number | null): void {
    this.#chosen = number;
  }

  running(clock_ms: number): { readonly number: number; readonly source: PlanSource } {
    if (this.#chosen !== null) return { number: this.#chosen, source: "forced" };
    const scheduled = this.#scheduled(clock_ms);
    if (scheduled !== null) return { number: scheduled, source: "calendar_clock" };
    return { number: this.numbers[0] ?? 1, source: "startup" };
  }

  setBands(plan: TimePlan, bands: readonly (readonly number[])[], now_ms: number): void {
    for (const [band, seconds] of bands) {
      if (band !== undefined && seconds !== undefined) plan.bands.set(band, seconds);
    }
    this.#bandsSet_ms = now_ms;
  }

  /** Bands that nobody has set again within their time-out (M0023) lapse. */
  step(now_ms: number): void {
    if (this.#bandTimeout_min === 0 || now_ms - this.#bandsSet_ms < this.#bandTimeout_min * 60_000) return;
    for (const plan of this.plans) for (const band of plan.bands.keys()) plan.bands.set(band, 0);
  }

  /** `day-table` with Monday as 0. */
  set week(text: string) {
    for (const [day, table] of readItems(text, 2) ?? []) {
      if (day !== undefined && table !== undefined) this.#week.set(day, table);
    }
  }

  get week(): string {
    return [...this.#week].map(([day, table]) => `${day}-${table}`).join(",");
  }

  /** `table-plan-hour-minute`; a table that is named is replaced. */
  set days(text: string) {
    const items = readItems(text, 4) ?? [];
    for (const [table] of items) if (table !== undefined) this.#days.set(table, []);
    for (const [table, plan, hour, minute] of items) {
      if (table === undefined || plan === undefined || hour === undefined || minute === undefined) continue;
      this.#days.get(table)?.push({ plan, minute: hour * 60 + minute });
    }
    for (const switches of this.#days.values()) switches.sort((a, b) => a.minute - b.minute);
  }

  get days(): string {
    return [...this.#days]
      .flatMap(([table, switches]) =>
        switches.map(({ plan, minute }) => `${table}-${plan}-${Math.floor(minute / 60)}-${minute % 60}`),
      )
      .join(",");
  }

  /** Green seconds of the first stage with its clearance, bands counted, within what both stages need at least. */
  firstStage_s({ cycle_s, bands }: TimePlan): number {
    let moved = 0;
    for (const [band, seconds] of bands) moved += band % 2 === 1 ? seconds : -seconds;
    const wanted = Math.floor(cycle_s / 2) + moved;
    return Math.min(cycle_s - SHORTEST_STAGE_S, Math.max(SHORTEST_STAGE_S, wanted));
  }

  pattern(clock_ms: number, fixedTime: boolean): MachinePattern | null {
    const plan = this.#plans.get(this.running(clock_ms).number);
    if (plan === undefined) return null;
    const first_s = this.firstStage_s(plan);
    // RSMP adds the offset to the base counter; the machine's offset is how far local zero lags it.
    const lag_s = (plan.cycle_s - (plan.offset_s % plan.cycle_s)) % plan.cycle_s;
    const mode = fixedTime ? "max_recall" : "none";
    const next: MachinePattern = {
      number: plan.number,
      cycle_ds: plan.cycle_s * 10,
      offset_ds: lag_s * 10,
      splits: STAGES.flatMap((phases, stage) =>
        phases.map((phase) => ({ phase, split_ds: (stage === 0 ? first_s : plan.cycle_s - first_s) * 10, mode })),
      ),
    };
    // The same object as long as nothing changed, which the machine tells apart faster.
    if (JSON.stringify(next) !== JSON.stringify(this.#pattern)) this.#pattern = next;
    return this.#pattern;
  }

  /** Seconds until the stage turns green and red next, from a local time; greens follow the plan (M0007) or come earlier. */
  nextChanges(plan: TimePlan, stage: number, at_s: number): { readonly green_s: number; readonly red_s: number } {
    const first_s = this.firstStage_s(plan);
    const green = stage === 0 ? 0 : first_s;
    const red = (stage === 0 ? first_s : plan.cycle_s) - CLEARANCE_S;
    const until = (instant: number): number => (instant - at_s + 2 * plan.cycle_s) % plan.cycle_s;
    return { green_s: until(green), red_s: until(red) };
  }

  #scheduled(clock_ms: number): number | null {
    const { day, minute } = this.#localTime(clock_ms);
    const switches = this.#days.get(this.#week.get(day) ?? -1);
    const last = switches?.findLast((candidate) => candidate.minute <= minute);
    return last !== undefined && this.#plans.has(last.plan) ? last.plan : null;
  }
}

/** Day of the week (Monday is 0) and minute of the day; the time tables are in local time. Asked ten times a second, so cached. */
function localTimeIn(timeZone: string): (clock_ms: number) => { readonly day: number; readonly minute: number } {
  let known = { of: Number.NaN, day: 0, minute: 0 };
  return (clock_ms) => {
    const of = Math.floor(clock_ms / 60_000);
    if (known.of !== of) {
      const { weekday, second } = localTime(timeZone, clock_ms);
      known = { of, day: (weekday + 6) % 7, minute: Math.floor(second / 60) };
    }
    return known;
  };
}
