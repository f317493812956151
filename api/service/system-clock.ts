/** The one place where wall-clock time enters. */
import { setTimeout as delay } from "node:timers/promises";
import type { Clock } from "../../core/ports/clock.ts";

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  sleep: async (ms, stop) => {
    await delay(ms, undefined, stop === undefined ? {} : { signal: stop as globalThis.AbortSignal });
  },
};
