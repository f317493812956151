/**
 * How soon somebody may try to log in again. Guessing one password is slowed by what was tried on that name, guessing one
 * password on many names by what came from that address. A right password clears its name, never its address.
 */

interface Tries {
  failed: number;
  newest_ms: number;
}

/** So many wrong passwords are a person who forgot; each further one doubles the wait. */
const free = { name: 4, address: 20 } as const;
const firstWait_ms = 2000;
const longestWait_ms = 15 * 60_000;
const forgotten_ms = 60 * 60_000;
/** A flood of made-up names must not fill the memory: the least recently tried are forgotten. */
const mostKept = 10_000;

export class Attempts {
  readonly #tries = new Map<string, Tries>();

  /** Milliseconds until `name` may be tried from `address`; 0 when it may be now. */
  wait_ms(name: string, address: string, now_ms: number): number {
    return Math.max(
      this.#waitOf(`name ${name}`, free.name, now_ms),
      this.#waitOf(`address ${address}`, free.address, now_ms),
    );
  }

  failed(name: string, address: string, now_ms: number): void {
    this.#count(`name ${name}`, now_ms);
    this.#count(`address ${address}`, now_ms);
  }

  succeeded(name: string): void {
    this.#tries.delete(`name ${name}`);
  }

  #waitOf(key: string, allowed: number, now_ms: number): number {
    const tries = this.#tries.get(key);
    if (tries === undefined || tries.failed <= allowed) return 0;
    const wait_ms = Math.min(longestWait_ms, firstWait_ms * 2 ** (tries.failed - allowed - 1));
    return Math.max(0, tries.newest_ms + wait_ms - now_ms);
  }

  #count(key: string, now_ms: number): void {
    const before = this.#tries.get(key);
    const remembered = before !== undefined && now_ms - before.newest_ms < forgotten_ms;
    // Deleted first, so that the map's order is that of the newest tries.
    this.#tries.delete(key);
    this.#tries.set(key, { failed: remembered ? before.failed + 1 : 1, newest_ms: now_ms });
    if (this.#tries.size <= mostKept) return;
    const [oldest] = this.#tries.keys();
    if (oldest !== undefined) this.#tries.delete(oldest);
  }
}
