/** Watches a device after its database changed: it must go on running as it did, and say so, within three cycles. */
import type { Clock } from "../../../core/ports/clock.ts";
import type { ControllerStatus } from "../../../core/ports/signal-controller.ts";
import { failed, problem, type Result } from "../../../core/problems/problem.ts";
import { pause } from "../pause.ts";

const CYCLES = 3;
const POLL_MS = 1000;
/** One good answer may come from before the device looked at its new values. */
const GOOD_ANSWERS = 3;
/** Free running has no cycle; faults show when the device next looks at its plan. */
const WITHOUT_CYCLE_S = 30;
/** Words of `localFreeStatus` for a plan that the device would not run. */
const FAULTS: readonly string[] = ["badPlan", "badCycleTime", "splitOverrun", "invalidOffset", "failed"];

export interface Watched {
  readonly controller: string;
  readonly before: ControllerStatus;
  /** Longest cycle that may run; null when none does. */
  readonly cycle_s: number | null;
  readonly clock: Clock;
  readonly stop: AbortSignal;
  status(): Promise<Result<ControllerStatus>>;
}

function runsWell(before: ControllerStatus, now: ControllerStatus): boolean {
  if (FAULTS.includes(now.free_status)) return false;
  return before.free_status !== "notFree" || (now.free_status === "notFree" && now.pattern === before.pattern);
}

function notConfirmed({ controller }: Watched, seconds: number, last: Result<ControllerStatus>): Result<never> {
  const running = last.ok ? last.value.pattern : "?";
  const free_status = last.ok ? last.value.free_status : "?";
  return failed(problem("DATABASE_NOT_CONFIRMED", { controller, seconds, running, free_status }));
}

export async function confirmDatabase(watched: Watched): Promise<Result<ControllerStatus>> {
  const { before, clock, cycle_s, stop } = watched;
  const seconds = cycle_s === null ? WITHOUT_CYCLE_S : CYCLES * cycle_s;
  const deadline_ms = clock.nowMs() + seconds * 1000;
  let good = 0;
  for (;;) {
    const now = await watched.status();
    good = now.ok && runsWell(before, now.value) ? good + 1 : 0;
    if (good >= GOOD_ANSWERS) return now;
    if (stop.aborted || clock.nowMs() >= deadline_ms) return notConfirmed(watched, seconds, now);
    await pause(clock, POLL_MS, stop);
  }
}
