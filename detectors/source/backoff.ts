/** How long to wait before trying again. */

const first_ms = 500;
/** A camera that is back must be seen again within ten seconds, whatever went before; opening it takes some of them. */
const longest_ms = 4000;

/**
 * Doubles from half a second to four, without end. `chance` in [0, 1) takes up to half of it away, so that the cameras
 * behind one failed switch do not all come back at the same instant. `attempt` counts from 0.
 */
export function backoff_ms(attempt: number, chance: number): number {
  const whole = Math.min(longest_ms, first_ms * 2 ** Math.min(attempt, 16));
  return Math.round(whole * (1 - chance / 2));
}
