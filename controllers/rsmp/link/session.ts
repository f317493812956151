/**
 * One RSMP connection as a state machine without sockets or clocks: frames go in, frames come out, and time is told by `tick`. It
 * keeps what both sides share: acknowledgements and their time-out, the version agreed on, watchdogs, refusals. What a site or a
 * supervisor makes of a message is its role's business.
 */
import { frameOf } from "../protocol/framing.ts";
import { type Message, type MessageOf, type MessageType, readMessage } from "../protocol/messages.ts";
import { timestampOf } from "../protocol/timestamp.ts";
import type { Agreement } from "../protocol/version-exchange.ts";

/** What a role makes of a message: taken, with what follows once it is acknowledged; or refused, with the reason. */
export type Verdict =
  | { readonly ok: true; readonly then?: () => void }
  | { readonly ok: false; readonly reason: string; readonly close?: true };

export const taken = (then?: () => void): Verdict => (then === undefined ? { ok: true } : { ok: true, then });
export const refuse = (reason: string): Verdict => ({ ok: false, reason });
export const refuseAndClose = (reason: string): Verdict => ({ ok: false, reason, close: true });

/** A message of ours before it has an id. */
export type Outgoing = { readonly type: MessageType } & Readonly<Record<string, unknown>>;

/** A message of ours under way. */
export interface Sent {
  readonly mId: string;
  readonly message: Outgoing;
  readonly sent_ms: number;
}

export interface Role {
  /** Reads a Version message, before any version is agreed on. */
  version(message: MessageOf<"Version">): Verdict;
  /** Everything else but acknowledgements, once a version is agreed on. */
  message(message: Message): Verdict;
  acknowledged(sent: Sent): void;
  refused(sent: Sent, reason: string): void;
}

export type LinkEvent =
  | { readonly event: "sent" | "received"; readonly type: string }
  | { readonly event: "unreadable" | "refused" | "refused_by_peer"; readonly type: string; readonly reason: string };

export interface SessionPorts {
  /** Milliseconds of a clock that only goes forward. */
  monotonic_ms(): number;
  /** The clock that timestamps show: milliseconds since 1970. */
  clock_ms(): number;
  newId(): string;
  write(frame: string): void;
  close(reason: string): void;
  note(event: LinkEvent): void;
}

export interface SessionTimes {
  readonly acknowledgement_ms: number;
  readonly watchdog_ms: number;
}

/** A peer whose frames are rubbish this many times in a row is no RSMP peer. */
const MOST_UNREADABLE = 16;

/** More messages of ours than this without an answer: the peer has stopped reading. */
const MOST_UNANSWERED = 12_000;

export class Session {
  readonly #ports: SessionPorts;
  readonly #times: SessionTimes;
  readonly #role: Role;
  readonly #waiting = new Map<string, Sent>();
  #agreement: Agreement | null = null;
  #closed = false;
  #unreadable = 0;
  #watchdog_ms: number | null = null;

  constructor(ports: SessionPorts, times: SessionTimes, role: Role) {
    this.#ports = ports;
    this.#times = times;
    this.#role = role;
  }

  get agreement(): Agreement | null {
    return this.#agreement;
  }

  get closed(): boolean {
    return this.#closed;
  }

  get unansweredCount(): number {
    return this.#waiting.size;
  }

  /** What was sent and not answered, oldest first. */
  get unanswered(): readonly Sent[] {
    return [...this.#waiting.values()];
  }

  agree(agreement: Agreement): void {
    this.#agreement = agreement;
  }

  /** Sends a message of ours and returns its id; the answer comes to `acknowledged` or `refused` of the role. */
  send(message: Outgoing): string {
    const mId = this.#ports.newId();
    if (this.#closed) return mId;
    this.#waiting.set(mId, { mId, message, sent_ms: this.#ports.monotonic_ms() });
    this.#write({ mId, ...message });
    if (this.#waiting.size > MOST_UNANSWERED) this.close("too many messages without an acknowledgement");
    return mId;
  }

  sendWatchdog(): void {
    this.#watchdog_ms = this.#ports.monotonic_ms();
    this.send({ type: "Watchdog", wTs: timestampOf(this.#ports.clock_ms()) });
  }

  receive(frame: string): void {
    if (this.#closed) return;
    const read = readMessage(frame, this.#agreement?.core ?? "3.2.2");
    if (!read.ok) {
      this.#ports.note({ event: "unreadable", type: read.type, reason: read.reason });
      this.#unreadable += 1;
      if (read.id !== null && this.#mayAnswer(read.type)) this.#refuse(read.id, read.type, read.reason);
      // A Version without versions is as good as a wrong one: there is nothing to go on with.
      if (this.#agreement === null && read.type === "Version") this.close(`Version was refused: ${read.reason}`);
      if (this.#unreadable >= MOST_UNREADABLE) this.close("the peer does not speak RSMP");
      return;
    }
    this.#unreadable = 0;
    this.#ports.note({ event: "received", type: read.message.type });
    this.#dispatch(read.message);
  }

  /** To be called some times a second. */
  tick(): void {
    if (this.#closed) return;
    const now_ms = this.#ports.monotonic_ms();
    const [oldest] = this.#waiting.values();
    if (oldest !== undefined && now_ms - oldest.sent_ms > this.#times.acknowledgement_ms) {
      this.close(`${oldest.message.type} was not acknowledged within ${this.#times.acknowledgement_ms / 1000} s`);
      return;
    }
    // Not before the first one, which is a step of the connection sequence.
    if (this.#watchdog_ms !== null && now_ms - this.#watchdog_ms >= this.#times.watchdog_ms) this.sendWatchdog();
  }

  /** Ends the connection. The role hears nothing more. */
  close(reason: string): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#ports.close(reason);
  }

  #dispatch(message: Message): void {
    if (message.type === "MessageAck" || message.type === "MessageNotAck") {
      this.#answered(message);
      return;
    }
    if (message.type === "Version") {
      if (this.#agreement !== null) this.#refuse(message.mId, message.type, "Version was exchanged already");
      else this.#settle(message, this.#role.version(message));
      return;
    }
    // Before the versions are exchanged nothing but Version is answered.
    if (this.#agreement !== null) this.#settle(message, this.#role.message(message));
  }

  #settle(message: Exclude<Message, { type: "MessageAck" | "MessageNotAck" }>, verdict: Verdict): void {
    if (!verdict.ok) {
      this.#refuse(message.mId, message.type, verdict.reason);
      if (verdict.close) this.close(verdict.reason);
      return;
    }
    this.#write({ type: "MessageAck", oMId: message.mId });
    verdict.then?.();
  }

  #answered(message: MessageOf<"MessageAck"> | MessageOf<"MessageNotAck">): void {
    const sent = this.#waiting.get(message.oMId);
    if (sent === undefined) return;
    this.#waiting.delete(message.oMId);
    if (message.type === "MessageAck") {
      this.#role.acknowledged(sent);
      return;
    }
    this.#ports.note({ event: "refused_by_peer", type: sent.message.type, reason: message.rea.slice(0, 400) });
    this.#role.refused(sent, message.rea);
  }

  #mayAnswer(type: string): boolean {
    return this.#agreement !== null || type === "Version";
  }

  #refuse(oMId: string, type: string, reason: string): void {
    this.#ports.note({ event: "refused", type, reason });
    this.#write({ type: "MessageNotAck", oMId, rea: reason });
  }

  #write(message: { readonly type: string } & Readonly<Record<string, unknown>>): void {
    if (this.#closed) return;
    this.#ports.note({ event: "sent", type: message.type });
    this.#ports.write(frameOf({ mType: "rSMsg", ...message }));
  }
}
