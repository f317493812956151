/** The real clock, for the processes that `detectors` starts. */
import { setTimeout as wait } from "node:timers/promises";
import type { Clock } from "../core/ports/clock.ts";

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  sleep: async (ms, stop) => {
    await wait(ms, undefined, stop === undefined ? {} : { signal: stop as globalThis.AbortSignal });
  },
};
