/** The state of one signal phase over the last minutes, as its controller reported it. */

export type Indication = "green" | "yellow" | "red" | "dark";

export interface SignalSample {
  readonly at_ms: number;
  readonly state: Indication;
  /** Somebody switches by hand. */
  readonly manual?: boolean;
}

export interface SignalMoment {
  readonly state: Indication;
  readonly manual: boolean;
  /** Age of the newest report at that moment. */
  readonly age_ms: number;
  /** When this state was first reported, and how much earlier it may have begun. */
  readonly since_ms: number;
  readonly since_uncertainty_ms: number;
}

const mostSamples = 6000;

export class SignalTrace {
  #samples: SignalSample[] = [];

  /** In order of time; an older report than the newest is ignored. */
  report(sample: SignalSample): void {
    const newest = this.#samples.at(-1);
    if (newest !== undefined && sample.at_ms < newest.at_ms) return;
    this.#samples.push(sample);
    // Half at a time, so that forgetting costs nothing a sample.
    if (this.#samples.length > mostSamples) this.#samples = this.#samples.slice(mostSamples / 2);
  }

  /** Null before the first report. */
  at(moment_ms: number): SignalMoment | null {
    let index = this.#newestUntil(moment_ms);
    const newest = this.#samples[index];
    if (newest === undefined) return null;
    while (this.#samples[index - 1]?.state === newest.state) index -= 1;
    const first = this.#samples[index] as SignalSample;
    const before = this.#samples[index - 1];
    return {
      state: newest.state,
      manual: newest.manual ?? false,
      age_ms: moment_ms - newest.at_ms,
      since_ms: first.at_ms,
      // Before the first report nothing is known: it may have been so for ever.
      since_uncertainty_ms: before === undefined ? Number.POSITIVE_INFINITY : first.at_ms - before.at_ms,
    };
  }

  #newestUntil(moment_ms: number): number {
    let [low, high] = [0, this.#samples.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#samples[middle] as SignalSample).at_ms <= moment_ms) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}
