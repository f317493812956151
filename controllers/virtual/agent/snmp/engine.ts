/**
 * The authoritative engine of one agent (RFC 3414 section 2): who it is, how often it has started, and for how long it
 * runs. A message that was made for another start, or more than 150 s ago, is not executed.
 */
import { createHash, randomBytes } from "node:crypto";

/** RFC 3414 section 3.2 step 7. */
const WINDOW_S = 150;
const LAST_BOOT = 2_147_483_647;
/** Private enterprise number of NEMA with the bit that says how the rest is made (RFC 3411 section 5). */
const PREFIX = Buffer.from([0x80, 0x00, 0x04, 0xb6, 0x05]);

/** An identifier that is new, or for a device whose starts are counted, always the same. */
export function engineIdFor(name: string | null): Buffer {
  const rest = name === null ? randomBytes(12) : createHash("sha256").update(name).digest().subarray(0, 12);
  return Buffer.concat([PREFIX, rest]);
}

export class Engine {
  readonly id: Buffer;
  readonly #now_ms: () => number;
  #boots: number;
  #started_ms: number;

  /** `now_ms` is any clock that runs evenly. */
  constructor(id: Buffer, boots: number, now_ms: () => number) {
    this.id = id;
    this.#boots = boots;
    this.#now_ms = now_ms;
    this.#started_ms = now_ms();
  }

  get boots(): number {
    return this.#boots;
  }

  get time_s(): number {
    return Math.floor((this.#now_ms() - this.#started_ms) / 1000);
  }

  /** One more start; its time begins at zero. */
  reboot(): void {
    this.#boots = Math.min(this.#boots + 1, LAST_BOOT);
    this.#started_ms = this.#now_ms();
  }

  inWindow(boots: number, time_s: number): boolean {
    if (this.#boots === LAST_BOOT || boots !== this.#boots) return false;
    return Math.abs(time_s - this.time_s) <= WINDOW_S;
  }
}
