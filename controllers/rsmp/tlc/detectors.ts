/** Detector logics of a site: a state each, forced from outside (this site has no road), and what was counted in the last minute. */

const COUNTED_MS = 60_000;

interface Detector {
  readonly id: string;
  on: boolean;
  forced: boolean;
  /** Monotonic instant at which the forcing ends by itself. */
  until_ms: number | null;
  count: number;
  covered_ms: number;
  since_ms: number;
  last: { readonly count: number; readonly occupancy_percent: number };
}

export class Detectors {
  readonly #all: Detector[];
  readonly sensitivity = new Map<number, number>();
  #began_ms: number;
  #lastStart_clock_ms: number;

  constructor(ids: readonly string[], now_ms: number, clock_ms: number) {
    this.#all = ids.map((id) => ({
      id,
      on: false,
      forced: false,
      until_ms: null,
      count: 0,
      covered_ms: 0,
      since_ms: now_ms,
      last: { count: 0, occupancy_percent: 0 },
    }));
    this.#began_ms = now_ms;
    this.#lastStart_clock_ms = clock_ms;
  }

  get count(): number {
    return this.#all.length;
  }

  get states(): string {
    return this.#all.map(({ on }) => (on ? "1" : "0")).join("");
  }

  get forcings(): string {
    return this.#all.map(({ forced }) => (forced ? "1" : "0")).join("");
  }

  /** Indexes of those that are active. */
  get active(): readonly number[] {
    return this.#all.flatMap(({ on }, i) => (on ? [i] : []));
  }

  /** `duration_ms` 0 holds until it is released. */
  force(id: string, on: boolean, now_ms: number, duration_ms: number): void {
    const detector = this.#all.find((candidate) => candidate.id === id);
    if (detector === undefined) return;
    detector.forced = true;
    detector.until_ms = duration_ms > 0 ? now_ms + duration_ms : null;
    this.#turn(detector, on, now_ms);
  }

  release(id: string): void {
    const detector = this.#all.find((candidate) => candidate.id === id);
    if (detector === undefined) return;
    detector.forced = false;
    detector.until_ms = null;
  }

  step(now_ms: number, clock_ms: number): void {
    for (const detector of this.#all) {
      if (detector.until_ms !== null && now_ms >= detector.until_ms) this.release(detector.id);
    }
    if (now_ms - this.#began_ms < COUNTED_MS) return;
    const whole_ms = now_ms - this.#began_ms;
    for (const detector of this.#all) {
      this.#turn(detector, detector.on, now_ms);
      detector.last = {
        count: detector.count,
        occupancy_percent: Math.min(100, Math.round((100 * detector.covered_ms) / whole_ms)),
      };
      detector.count = 0;
      detector.covered_ms = 0;
    }
    this.#began_ms = now_ms;
    this.#lastStart_clock_ms = clock_ms - whole_ms;
  }

  /** Of the last whole minute. */
  counted(index: number): { readonly start_ms: number; readonly count: number; readonly occupancy_percent: number } {
    const last = this.#all[index]?.last ?? { count: 0, occupancy_percent: 0 };
    return { start_ms: this.#lastStart_clock_ms, ...last };
  }

  #turn(detector: Detector, on: boolean, now_ms: number): void {
    if (detector.on) detector.covered_ms += now_ms - Math.max(detector.since_ms, this.#began_ms);
    if (on && !detector.on) detector.count += 1;
    detector.on = on;
    detector.since_ms = now_ms;
  }
}
