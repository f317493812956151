/** The clock of the site: the machine's own until M0104 or a supervisor sets it, and from then on as far off as it was set. */
export class SiteClock {
  readonly #wall_ms: () => number;
  #ahead_ms = 0;

  constructor(wall_ms: () => number) {
    this.#wall_ms = wall_ms;
  }

  now_ms(): number {
    return this.#wall_ms() + this.#ahead_ms;
  }

  set(now_ms: number): void {
    this.#ahead_ms = now_ms - this.#wall_ms();
  }
}
