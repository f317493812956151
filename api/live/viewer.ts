/**
 * One reader of the live stream: a Server-Sent Events body that is only written while the reader keeps up.
 * Node calls `_read` when the socket has room; until then messages wait, coalesced, in the outbox.
 */
import { Readable } from "node:stream";
import type { Language } from "../../core/problems/problem.ts";
import { Outbox } from "./outbox.ts";
import type { LiveTopic } from "./topics.ts";

export const HEARTBEAT_MS = 15_000;
/** A reader that takes nothing for so long is gone, or might as well be. */
export const STALLED_MS = 30_000;
/** After a lost connection the browser waits this long before it asks again. */
const RETRY_MS = 2_000;

const event = (name: string, data: unknown): string => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;

export class Viewer extends Readable {
  readonly outbox: Outbox;
  readonly language: Language;
  #hasRoom = false;
  #needsSnapshot = true;
  #lastSent_ms: number;

  constructor(topics: readonly LiveTopic[], language: Language, now_ms: number) {
    super({ encoding: "utf8", highWaterMark: 64 * 1024 });
    this.outbox = new Outbox(topics);
    this.language = language;
    this.#lastSent_ms = now_ms;
    this.push(`retry: ${RETRY_MS}\n\n`);
  }

  override _read(): void {
    this.#hasRoom = true;
  }

  /** True when a snapshot is due and there is room for it; the caller then owes one `sendSnapshot`. */
  claimSnapshot(): boolean {
    if (!this.#hasRoom || !(this.#needsSnapshot || this.outbox.overflowed)) return false;
    this.#needsSnapshot = false;
    this.#hasRoom = false;
    this.outbox.clear();
    return true;
  }

  sendSnapshot(snapshot: unknown, now_ms: number): void {
    this.#send(event("snapshot", snapshot), now_ms);
  }

  /** Sends what waits, or a heartbeat when there was nothing for a while. */
  flush(now_ms: number): void {
    if (!this.#hasRoom) {
      if (now_ms - this.#lastSent_ms > STALLED_MS) this.destroy();
      return;
    }
    const batches = this.outbox.take();
    if (batches.length > 0) this.#send(batches.map(({ topic, messages }) => event(topic, messages)).join(""), now_ms);
    else if (now_ms - this.#lastSent_ms >= HEARTBEAT_MS) this.#send(": heartbeat\n\n", now_ms);
  }

  /** Ends the stream in good order; the browser comes back after its retry time. */
  finish(): void {
    if (!this.destroyed && !this.readableEnded) this.push(null);
  }

  #send(text: string, now_ms: number): void {
    if (this.destroyed || this.readableEnded) return;
    this.#lastSent_ms = now_ms;
    this.#hasRoom = this.push(text);
  }
}
