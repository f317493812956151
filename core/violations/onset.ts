/** When a measured value passed a threshold, between the two sightings around that moment, by even change. */

export interface Measured {
  readonly at_ms: number;
  readonly value: number;
}

/** `before` may be missing (first seen like that): then it is the moment of `now`. */
export function passed_ms(before: Measured | null, now: Measured, threshold: number): number {
  if (before === null || !(before.value < threshold)) return now.at_ms;
  const share = (threshold - before.value) / (now.value - before.value);
  return before.at_ms + share * (now.at_ms - before.at_ms);
}
