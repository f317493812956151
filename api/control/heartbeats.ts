/**
 * Keeps each device under the plan we commanded, for only as long as this process hears from it: when the loop stops
 * or a status grows old nothing is sent, and the device's backup timer gives the street its local plan back.
 */
import type { NtcipController } from "../../controllers/index.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Service } from "../../core/ports/service.ts";
import type { ControllerStatus } from "../../core/ports/signal-controller.ts";
import { sentence } from "../../core/problems/problem.ts";

type Beating = Pick<NtcipController, "heartbeat" | "id" | "intersection">;

export interface HeartbeatOptions {
  readonly controllers: readonly Beating[];
  readonly signals: () => ReadonlyMap<string, ControllerStatus>;
  /** False while nothing may be written to the controller. */
  readonly mayWrite: (controller: string) => boolean;
  readonly clock: Clock;
  readonly log: { warn(words: object, message: string): void };
}

const FRESH_MS = 5000;
const LOOK_MS = 1000;

export function createHeartbeats({ controllers, signals, mayWrite, clock, log }: HeartbeatOptions): Service {
  const ended = new AbortController();
  let loops: Promise<unknown> = Promise.resolve();

  const isFresh = (controller: Beating): boolean => {
    const status = signals().get(controller.intersection);
    return status !== undefined && clock.nowMs() - status.at_ms < FRESH_MS;
  };

  /** Milliseconds until the next beat is due. */
  const beatOnce = async (controller: Beating): Promise<number> => {
    if (!isFresh(controller) || !mayWrite(controller.id)) return LOOK_MS;
    const beat = await controller.heartbeat();
    if (beat.ok) return Math.max(LOOK_MS, beat.value.next_s * 1000);
    if (!ended.signal.aborted)
      for (const found of beat.problems) log.warn({ controller: controller.id }, sentence(found));
    return LOOK_MS;
  };

  const loop = async (controller: Beating): Promise<void> => {
    while (!ended.signal.aborted) {
      const waitMs = await beatOnce(controller);
      await clock.sleep(waitMs, ended.signal).catch(() => undefined);
    }
  };

  return {
    start: () => {
      loops = Promise.all(controllers.map(loop));
      return Promise.resolve();
    },
    close: async () => {
      ended.abort();
      await loops;
    },
  };
}
