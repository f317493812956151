/** Sleep that a caller may end: an abort is a request to stop, not a fault. */
import type { Clock } from "../../core/ports/clock.ts";

/** False when the caller gave up, before or meanwhile. Nothing is waited for where no time is left. */
export async function pause(clock: Clock, ms: number, stop: AbortSignal): Promise<boolean> {
  if (ms > 0 && !stop.aborted) {
    await clock.sleep(ms, stop).catch((error: unknown) => {
      if (!stop.aborted) throw error;
    });
  }
  return !stop.aborted;
}
