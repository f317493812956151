/** Polls every device once a second, spread over the second, and looks at each clock once a minute. */
import { setMaxListeners } from "node:events";
import type { Clock } from "../../core/ports/clock.ts";
import { type Problem, problem } from "../../core/problems/problem.ts";
import { clockDrift } from "./device-clock.ts";
import type { NtcipDevice } from "./ntcip-device.ts";
import { pause } from "./pause.ts";
import type { DevicePoll } from "./poll.ts";
import { type WatchEvent, WatchLog } from "./watch-events.ts";

export interface PollOptions {
  readonly devices: readonly NtcipDevice[];
  readonly clock: Clock;
  readonly onPoll?: (device: NtcipDevice, poll: DevicePoll) => void;
  /** A second in which a device could not be heard, whatever was tried. */
  readonly onMiss?: (device: NtcipDevice, why: Problem | undefined) => void;
  readonly onEvent?: (event: WatchEvent) => void;
}

const PERIOD_MS = 1000;
const CLOCK_MS = 60_000;

/** Resolves when `stop` aborts. Seconds that a slow answer swallowed are left out, not made up for. */
export async function pollDevices(options: PollOptions, stop: AbortSignal): Promise<void> {
  const { devices } = options;
  // Every device sleeps under the same signal.
  setMaxListeners(2 * devices.length + 10, stop as globalThis.AbortSignal);
  await Promise.all(devices.map((device, at) => pollOne(device, (at * PERIOD_MS) / devices.length, options, stop)));
}

async function pollOne(device: NtcipDevice, first_ms: number, options: PollOptions, stop: AbortSignal): Promise<void> {
  const { clock, onEvent, onMiss, onPoll } = options;
  const log = new WatchLog(device.id, clock.nowMs());
  const tell = (events: readonly WatchEvent[]): void => {
    for (const event of events) onEvent?.(event);
  };
  let due_ms = clock.nowMs() + first_ms;
  // Spread over the minute as the polls are over the second.
  let clockDue_ms = due_ms + (first_ms / PERIOD_MS) * CLOCK_MS;
  for (;;) {
    if (!(await pause(clock, due_ms - clock.nowMs(), stop))) return;
    const polled = await device.poll();
    if (stop.aborted) return;
    if (polled.ok) {
      onPoll?.(device, polled.value);
      tell(log.answered(polled.value, device.edits.edit));
    } else {
      onMiss?.(device, polled.problems[0]);
      tell(log.failed(polled.problems[0] ?? problem("CONTROLLER_CLOSED", { controller: device.id }), clock.nowMs()));
    }
    if (polled.ok && clock.nowMs() >= clockDue_ms) {
      clockDue_ms += CLOCK_MS;
      tell(await lookAtClock(device, log, clock));
    }
    due_ms = Math.max(due_ms + PERIOD_MS, clock.nowMs());
  }
}

async function lookAtClock(device: NtcipDevice, log: WatchLog, clock: Clock): Promise<readonly WatchEvent[]> {
  const read = await device.readClock();
  if (!read.ok) return [];
  return log.clock(clockDrift(read.value), clock.nowMs());
}
