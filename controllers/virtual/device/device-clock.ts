/**
 * The device's two times: the clock it shows (`globalTime` can set it) and the reference that coordination counts
 * from (`systemSyncControl` can move it). Both in deciseconds since the Unix epoch.
 */
/** Value of `systemSyncControl` that releases the reference to the device. */
const BY_OWN_TIME = 255;

export class DeviceClock {
  #now_ds = 0;
  #set_ds = 0;
  #sync_ds = 0;
  #wanted_s: number | null = null;

  tick(clock_ds: number): void {
    this.#now_ds = clock_ds;
  }

  /** `globalTime`. */
  get seconds(): number {
    return Math.floor((this.#now_ds + this.#set_ds) / 10);
  }

  setSeconds(seconds: number): void {
    this.#set_ds = seconds * 10 - this.#now_ds;
  }

  /** What the machine coordinates by. */
  get coordination_ds(): number {
    return this.#now_ds + this.#set_ds + this.#sync_ds;
  }

  /** `systemSyncControl`: now is `position_s` into the system cycle. Takes effect once the cycle is known. */
  command(position_s: number): void {
    this.#wanted_s = position_s;
  }

  /** Carries out the last `command` against the cycle of the commanded pattern; null is free and has none. */
  synchronise(cycle_ds: number | null): void {
    const position_s = this.#wanted_s;
    this.#wanted_s = null;
    if (position_s === null) return;
    const own = (this.#now_ds + this.#set_ds) % (cycle_ds ?? 1);
    this.#sync_ds = position_s === BY_OWN_TIME || cycle_ds === null ? 0 : position_s * 10 - own;
  }

  useOwnTime(): void {
    this.#wanted_s = null;
    this.#sync_ds = 0;
  }
}
