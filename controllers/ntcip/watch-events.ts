/** What happened at a device, told once: from the polls of one device, one after the other. */
import type { Problem } from "../../core/problems/problem.ts";
import { type AlarmChange, alarmChanges } from "./alarms.ts";
import type { DevicePoll } from "./poll.ts";

/** Older than this a status is not what the street shows now: three polls in a row have failed. */
const STALE_MS = 3000;

export type WatchEvent = { readonly controller: string; readonly at_ms: number } & (
  | { readonly kind: "silent"; readonly problem: Problem }
  | { readonly kind: "answers"; readonly silent_s: number | null }
  | ({ readonly kind: "alarm" } & AlarmChange)
  | { readonly kind: "runs"; readonly pattern: number; readonly free_status: string; readonly control_status: string }
  | { readonly kind: "flash"; readonly flash_status: string }
  | { readonly kind: "preempts"; readonly preempts: readonly number[] }
  | { readonly kind: "local_edit"; readonly problem: Problem }
  | { readonly kind: "edit_accepted" }
  | { readonly kind: "clock_drift"; readonly problem: Problem }
);

type Told = WatchEvent extends infer E ? (E extends WatchEvent ? Omit<E, "controller" | "at_ms"> : never) : never;

const runs = ({ status }: DevicePoll) => ({
  pattern: status.pattern,
  free_status: status.free_status,
  control_status: status.control_status,
});

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

export class WatchLog {
  readonly #controller: string;
  #last: DevicePoll | null = null;
  /** When it last answered; before that, when the watch began. */
  #heard_ms: number;
  #silent = false;
  #edit: Problem | null = null;
  #drifts = false;

  constructor(controller: string, start_ms: number) {
    this.#controller = controller;
    this.#heard_ms = start_ms;
  }

  /** An answer, and the local edit that nobody has accepted. */
  answered(poll: DevicePoll, edit: Problem | null): readonly WatchEvent[] {
    const { at_ms } = poll.status;
    const told: Told[] = [];
    const before = this.#last;
    if (this.#silent || before === null) {
      const silent_s = this.#silent ? Math.round((at_ms - this.#heard_ms) / 1000) : null;
      told.push({ kind: "answers", silent_s });
    }
    if (before === null || !same(runs(before), runs(poll))) told.push({ kind: "runs", ...runs(poll) });
    if (before?.flash_status !== poll.flash_status) told.push({ kind: "flash", flash_status: poll.flash_status });
    const [had = [], has = []] = [before?.status.preempts, poll.status.preempts];
    if (!same(had, has)) told.push({ kind: "preempts", preempts: has });
    for (const change of alarmChanges(before?.alarm_bits ?? null, poll.alarm_bits))
      told.push({ kind: "alarm", ...change });
    if (edit !== null && !same(edit, this.#edit)) told.push({ kind: "local_edit", problem: edit });
    if (edit === null && this.#edit !== null) told.push({ kind: "edit_accepted" });
    [this.#last, this.#heard_ms, this.#silent, this.#edit] = [poll, at_ms, false, edit];
    return told.map((event) => ({ ...event, controller: this.#controller, at_ms }) as WatchEvent);
  }

  /** A poll without an answer: told once, when the last one has grown stale. */
  failed(problem: Problem, at_ms: number): readonly WatchEvent[] {
    if (this.#silent || at_ms - this.#heard_ms < STALE_MS) return [];
    this.#silent = true;
    return [{ kind: "silent", problem, controller: this.#controller, at_ms }];
  }

  /** A reading of its clock: null when that is well. Told when it goes wrong. */
  clock(drift: Problem | null, at_ms: number): readonly WatchEvent[] {
    const before = this.#drifts;
    this.#drifts = drift !== null;
    if (drift === null || before) return [];
    return [{ kind: "clock_drift", problem: drift, controller: this.#controller, at_ms }];
  }
}
