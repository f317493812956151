/**
 * RSMP frames: one UTF-8 JSON object and a form feed. A frame has a largest size and a longest time to arrive in, so that a peer
 * that never ends one costs neither memory nor a connection for ever.
 */

const FORM_FEED = 0x0c;

export interface FrameLimits {
  /** Bytes of one frame without its form feed. */
  readonly bytes: number;
  /** From the first byte of a frame to its form feed. */
  readonly ms: number;
}

export const frameLimits: FrameLimits = { bytes: 1 << 20, ms: 30_000 };

export type FramingFault = "too large" | "too slow" | "not UTF-8";

/** One message as it goes on the wire. JSON escapes every form feed inside a string, so the only one is the last byte. */
export const frameOf = (message: object): string => `${JSON.stringify(message)}\f`;

/** Collects bytes into frames. After a fault it takes nothing more: the connection has to be closed. */
export class FrameReader {
  readonly #limits: FrameLimits;
  readonly #decoder = new TextDecoder("utf-8", { fatal: true });
  #parts: Uint8Array[] = [];
  #held = 0;
  #began_ms = 0;
  #fault: FramingFault | null = null;

  constructor(limits: FrameLimits = frameLimits) {
    this.#limits = limits;
  }

  get fault(): FramingFault | null {
    return this.#fault;
  }

  /** Bytes that wait for their form feed. */
  get held(): number {
    return this.#held;
  }

  /** The frames that these bytes complete. A frame without anything in it (two form feeds, or a leading one) is none. */
  feed(bytes: Uint8Array, now_ms: number): readonly string[] {
    const frames: string[] = [];
    let from = 0;
    while (this.#fault === null && from < bytes.length) {
      const end = bytes.indexOf(FORM_FEED, from);
      this.#keep(bytes.subarray(from, end < 0 ? bytes.length : end), now_ms);
      if (end < 0) break;
      from = end + 1;
      const text = this.#take();
      if (text !== null && text.trim() !== "") frames.push(text);
    }
    return frames;
  }

  /** True when a frame has been under way for too long. */
  overdue(now_ms: number): boolean {
    if (this.#fault === null && this.#held > 0 && now_ms - this.#began_ms > this.#limits.ms) this.#fail("too slow");
    return this.#fault !== null;
  }

  #keep(part: Uint8Array, now_ms: number): void {
    if (part.length === 0) return;
    if (this.#held === 0) this.#began_ms = now_ms;
    this.#held += part.length;
    if (this.#held > this.#limits.bytes) {
      this.#fail("too large");
      return;
    }
    // A copy: the socket's buffer may be shared with the bytes of other frames and must not be kept alive by a few of them.
    this.#parts.push(Uint8Array.from(part));
  }

  #take(): string | null {
    const [only, ...more] = this.#parts;
    const whole = more.length === 0 ? (only ?? new Uint8Array(0)) : Buffer.concat(this.#parts, this.#held);
    this.#parts = [];
    this.#held = 0;
    if (this.#fault !== null) return null;
    try {
      return this.#decoder.decode(whole);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      this.#fail("not UTF-8");
      return null;
    }
  }

  #fail(fault: FramingFault): void {
    this.#fault = fault;
    this.#parts = [];
    this.#held = 0;
  }
}
