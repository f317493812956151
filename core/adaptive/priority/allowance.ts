/** What others may still lose for those with priority: comes back with time up to a limit, and is spent by decisions. */
export class Allowance {
  readonly #perSecond_veh_s: number;
  readonly #most_veh_s: number;
  #left_veh_s: number;
  #spent_veh_s = 0;

  constructor(perSecond_veh_s: number, most_veh_s: number) {
    this.#perSecond_veh_s = perSecond_veh_s;
    this.#most_veh_s = most_veh_s;
    this.#left_veh_s = most_veh_s;
  }

  get left_veh_s(): number {
    return this.#left_veh_s;
  }

  get spent_veh_s(): number {
    return this.#spent_veh_s;
  }

  pass(dt_s: number): void {
    this.#left_veh_s = Math.min(this.#most_veh_s, this.#left_veh_s + this.#perSecond_veh_s * dt_s);
  }

  /** False, and nothing is spent, where so much is not there. */
  spend(loss_veh_s: number): boolean {
    if (loss_veh_s > this.#left_veh_s) return false;
    this.#left_veh_s -= loss_veh_s;
    this.#spent_veh_s += loss_veh_s;
    return true;
  }
}
