/** Time that passes when somebody sleeps, and takes the virtual controllers along: three cycles in a few milliseconds. */
import type { Clock } from "../../core/ports/clock.ts";

export interface StreetClock extends Clock {
  /** Lets time pass without anybody asking for it. */
  pass(ms: number): void;
}

/** `onTime` is told every new time, in deciseconds since the epoch, at most 30 s apart. */
export function streetClock(start_ms: number, onTime: (clock_ds: number) => void): StreetClock {
  const STRIDE_MS = 30_000;
  let now_ms = start_ms;
  const pass = (ms: number): void => {
    for (let left = ms; left > 0; left -= STRIDE_MS) {
      now_ms += Math.min(left, STRIDE_MS);
      onTime(Math.floor(now_ms / 100));
    }
  };
  onTime(Math.floor(now_ms / 100));
  return {
    nowMs: () => now_ms,
    pass,
    sleep: (ms, stop) => {
      if (stop?.aborted === true) return Promise.reject(stop.reason);
      pass(ms);
      return Promise.resolve();
    },
  };
}
