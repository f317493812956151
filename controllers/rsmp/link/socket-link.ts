/** Bytes of one socket on one side, a session on the other. */
import { randomUUID } from "node:crypto";
import type { Socket } from "node:net";
import { type FrameLimits, FrameReader, frameLimits } from "../protocol/framing.ts";
import { type LinkEvent, type Role, Session, type SessionTimes } from "./session.ts";

export interface LinkHost {
  monotonic_ms(): number;
  clock_ms(): number;
  note(event: LinkEvent): void;
  /** Once, when the connection is over, whoever ended it. */
  ended(reason: string): void;
}

/** What a peer that does not read may make us hold: beyond it the connection is given up. */
const MOST_UNWRITTEN = 16 << 20;

/** How long the reason of a refusal may take to reach a peer that reads slowly. */
const LINGER_MS = 2000;

export class SocketLink {
  readonly session: Session;
  readonly #socket: Socket;
  readonly #reader: FrameReader;
  readonly #host: LinkHost;
  #over = false;

  constructor(socket: Socket, host: LinkHost, times: SessionTimes, role: Role, limits: FrameLimits = frameLimits) {
    this.#socket = socket;
    this.#host = host;
    this.#reader = new FrameReader(limits);
    this.session = new Session(
      {
        monotonic_ms: () => host.monotonic_ms(),
        clock_ms: () => host.clock_ms(),
        newId: () => randomUUID(),
        write: (frame) => this.#write(frame),
        close: (reason) => this.#shut(reason),
        note: (event) => host.note(event),
      },
      times,
      role,
    );
    socket.on("data", (bytes: Buffer) => this.#take(bytes));
    socket.on("error", (error) => this.#end(error.message));
    socket.on("close", () => this.#end("the peer closed the connection"));
    socket.on("end", () => socket.end());
  }

  tick(): void {
    if (this.#reader.overdue(this.#host.monotonic_ms())) this.session.close("a frame took too long");
    this.session.tick();
  }

  #take(bytes: Buffer): void {
    for (const frame of this.#reader.feed(bytes, this.#host.monotonic_ms())) this.session.receive(frame);
    if (this.#reader.fault !== null) this.session.close(`a frame was ${this.#reader.fault}`);
  }

  #write(frame: string): void {
    if (this.#over || this.#socket.destroyed) return;
    this.#socket.write(frame);
    if (this.#socket.writableLength > MOST_UNWRITTEN) this.session.close("the peer does not read");
  }

  /** What was written before, such as the reason of a refusal, still goes out; then the socket is gone. */
  #shut(reason: string): void {
    const socket = this.#socket;
    // Nothing goes out of a socket that is gone already, and no other end would come to stop the timer.
    if (!socket.destroyed) {
      socket.end(() => socket.destroy());
      const lingering = setTimeout(() => socket.destroy(), LINGER_MS).unref();
      // The timer holds the socket, and with it the whole session, for as long as it runs.
      socket.once("close", () => clearTimeout(lingering));
    }
    this.#end(reason);
  }

  #end(reason: string): void {
    if (this.#over) return;
    this.#over = true;
    this.session.close(reason);
    if (this.#socket.destroyed || !this.#socket.writable) this.#socket.destroy();
    this.#host.ended(reason);
  }
}
