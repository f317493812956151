/** The queue of one lane through a cycle that repeats, as a fluid: even arrivals, and a rate of discharge for each spell. */

/** Spells of one cycle, one after the other: how long each lasts, and what may leave in it, veh/s. */
export interface Spells {
  readonly length_s: Float64Array;
  readonly rate: Float64Array;
  readonly count: number;
}

/** Queue after a spell, and vehicle-seconds waited in it. */
interface Passed {
  readonly queue: number;
  readonly waited: number;
}

function pass(queue: number, arriving: number, rate: number, length_s: number): Passed {
  const growing = arriving - rate;
  const after = queue + growing * length_s;
  if (after >= 0) return { queue: after, waited: ((queue + after) / 2) * length_s };
  // It is gone before the spell is over.
  return { queue: 0, waited: (queue * queue) / (-2 * growing) };
}

/** Vehicles that leave in a cycle, at most. */
export function leaving({ count, length_s, rate }: Spells): number {
  let sum = 0;
  for (let at = 0; at < count; at += 1) sum += (length_s[at] as number) * (rate[at] as number);
  return sum;
}

/**
 * Mean vehicles that wait, those of a queue that outlives the cycle apart: with one green it is Webster's first term, but any
 * number of greens of any rates may share the cycle. `arriving`, veh/s, is at most what may leave.
 */
export function waiting(spells: Spells, arriving: number): number {
  const { count, length_s, rate } = spells;
  let [queue, waited, cycle_s] = [0, 0, 0];
  // Once around from nothing: what stands then is what the cycle begins with.
  for (let at = 0; at < count; at += 1) {
    queue = pass(queue, arriving, rate[at] as number, length_s[at] as number).queue;
  }
  for (let at = 0; at < count; at += 1) {
    const passed = pass(queue, arriving, rate[at] as number, length_s[at] as number);
    queue = passed.queue;
    waited += passed.waited;
    cycle_s += length_s[at] as number;
  }
  return waited / cycle_s;
}
