/** Asks every controller once a second what it shows, publishes the answers and keeps the newest of each. */

import { type AlarmBits, alarmChanges, isTrouble, type NtcipDevice } from "../../controllers/index.ts";
import type { Bus } from "../../core/ports/bus.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Service } from "../../core/ports/service.ts";
import type { ControllerStatus, SignalController } from "../../core/ports/signal-controller.ts";
import { ok, type Problem, type Result, sentence } from "../../core/problems/problem.ts";

/** One whose poll brings its alarms too. */
interface Polled extends SignalController {
  readonly device?: NtcipDevice;
}

export interface SignalPollerOptions {
  readonly controllers: readonly Polled[];
  readonly bus: Bus;
  readonly clock: Clock;
  readonly log: { warn(words: object, message: string): void; info(words: object, message: string): void };
  readonly period_ms?: number;
}

export interface SignalPoller extends Service {
  /** The newest status by intersection; older than a few seconds means the controller is silent. */
  latest(): ReadonlyMap<string, ControllerStatus>;
  /** By controller id: null when its last poll was answered. */
  troubles(): ReadonlyMap<string, Problem | null>;
}

export function createSignalPoller(options: SignalPollerOptions): SignalPoller {
  const { controllers, bus, clock, log, period_ms = 1000 } = options;
  const latest = new Map<string, ControllerStatus>();
  const troubles = new Map<string, Problem | null>();
  const alarms = new Map<string, AlarmBits>();
  const ended = new AbortController();
  let loops: Promise<unknown> = Promise.resolve();

  /** Said once when it goes wrong and once when it is well again, not every second. */
  const note = (controller: Polled, trouble: Problem | null): void => {
    const before = troubles.get(controller.id) ?? null;
    troubles.set(controller.id, trouble);
    if (trouble !== null && before === null) log.warn({ controller: controller.id }, sentence(trouble));
    if (trouble === null && before !== null) log.info({ controller: controller.id }, "controller answers again");
  };

  /** Alarms of the device's own, as they come and go: nobody else asks for them, or some would be lost. */
  const tellAlarms = (controller: Polled, now: AlarmBits): void => {
    for (const { alarm, change } of alarmChanges(alarms.get(controller.id) ?? null, now).filter((one) =>
      isTrouble(one.alarm),
    )) {
      if (change === "cleared") log.info({ controller: controller.id, alarm }, "alarm cleared");
      else log.warn({ controller: controller.id, alarm }, `alarm ${change}`);
    }
    alarms.set(controller.id, now);
  };

  const statusOf = async (controller: Polled): Promise<Result<ControllerStatus>> => {
    if (controller.device === undefined) return controller.status();
    const polled = await controller.device.poll();
    if (!polled.ok) return polled;
    tellAlarms(controller, polled.value.alarm_bits);
    return ok(polled.value.status);
  };

  const pollOnce = async (controller: Polled): Promise<void> => {
    const status = await statusOf(controller);
    if (ended.signal.aborted) return;
    if (!status.ok) {
      note(controller, status.problems[0] ?? null);
      return;
    }
    note(controller, null);
    latest.set(status.value.intersection, status.value);
    bus.publish("signal", status.value);
  };

  const loop = async (controller: Polled, firstDelayMs: number): Promise<void> => {
    await clock.sleep(firstDelayMs, ended.signal);
    while (!ended.signal.aborted) {
      const startedMs = clock.nowMs();
      await pollOnce(controller);
      await clock.sleep(Math.max(50, period_ms - (clock.nowMs() - startedMs)), ended.signal);
    }
  };

  return {
    start: (stop) => {
      stop.addEventListener("abort", () => ended.abort(), { once: true });
      const spread = period_ms / Math.max(1, controllers.length);
      const running = controllers.map((controller, i) =>
        loop(controller, i * spread).catch((error: unknown) => {
          if (!ended.signal.aborted) throw error;
        }),
      );
      loops = Promise.all(running);
      return Promise.resolve();
    },
    close: async () => {
      ended.abort();
      await loops;
    },
    latest: () => latest,
    troubles: () => troubles,
  };
}
