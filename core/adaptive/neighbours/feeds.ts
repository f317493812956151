/** Ways by which vehicles come from neighbours, and what is told of them. */
import type { Outflow } from "./outflow.ts";

/** So much longer than at free speed it takes from there, as most begin at a stop line, s. */
export const starting_s = 3;

/** One way by which vehicles come: what is told of it, and how long it takes from there to the stop lines here. */
export interface Feed {
  readonly told: () => Outflow | null;
  readonly travel_s: number;
}

/** Lanes side by side, by their places in the junction, to all of which the same ways lead. */
export interface FedApproach {
  readonly lanes: readonly number[];
  readonly feeds: readonly Feed[];
}

/** What is told of one way at a moment. */
export interface Heard {
  readonly outflow: Outflow;
  readonly travel_s: number;
}

/** Of all ways, in their order; null while one of the neighbours says nothing. */
export function heardFrom(feeds: readonly Feed[]): readonly Heard[] | null {
  const heard = feeds.flatMap(({ told, travel_s }): readonly Heard[] => {
    const outflow = told();
    return outflow === null ? [] : [{ outflow, travel_s }];
  });
  return heard.length < feeds.length ? null : heard;
}

/** Adds those who come to the stop line, by second from `now_s` on. */
export function addArrivals(beyond: Float64Array, { outflow, travel_s }: Heard, now_s: number, share: number): void {
  const { from_s, vehicles } = outflow;
  for (let t = 0; t < beyond.length; t += 1) {
    const at = Math.round(now_s + t - travel_s) - from_s;
    if (at >= 0 && at < vehicles.length) beyond[t] = (beyond[t] as number) + share * (vehicles[at] as number);
  }
}
