/** One queue before a stop line through a cycle that repeats: what arrives, what may leave, and what waits between. */

export interface QueueCost {
  /** Mean vehicles that wait, those of a queue that outlives its green apart. */
  readonly waiting: number;
  /** Vehicles a cycle that come to stand. */
  readonly stops: number;
  readonly longest: number;
}

/**
 * Runs the queue twice around, so that it begins as it ends; where more arrives than may leave, it begins empty and the rest
 * leaves with what capacity there is. `outflow` is written: vehicles in each step.
 */
export function runQueue(inflow: Float64Array, capacity: Float64Array, outflow: Float64Array): QueueCost {
  const steps = inflow.length;
  let [arriving, leaving] = [0, 0];
  for (let t = 0; t < steps; t += 1) {
    arriving += inflow[t] as number;
    leaving += capacity[t] as number;
  }
  const scale = arriving > leaving && arriving > 0 ? leaving / arriving : 1;
  let queue = 0;
  for (let t = 0; t < steps; t += 1)
    queue = Math.max(0, queue + scale * (inflow[t] as number) - (capacity[t] as number));
  let [waiting, stops, longest] = [0, 0, 0];
  for (let t = 0; t < steps; t += 1) {
    const came = scale * (inflow[t] as number);
    const out = Math.min(queue + came, capacity[t] as number);
    // Whoever meets a queue, or a light that lets nobody through, has to stop.
    stops += queue + came - out > 1e-9 ? Math.min(came, queue + came - out) : 0;
    queue += came - out;
    outflow[t] = out;
    waiting += queue;
    if (queue > longest) longest = queue;
  }
  return { waiting: waiting / steps, stops, longest };
}
