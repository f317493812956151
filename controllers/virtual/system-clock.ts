/** The machine's own clock behind the port, for the process that runs virtual controllers in real time. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "../../core/ports/clock.ts";

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  sleep: async (ms, stop) => {
    await sleep(ms, undefined, stop === undefined ? {} : { signal: stop as globalThis.AbortSignal });
  },
};
