/** A socket and a `net-snmp` session on it, opened when first needed and again after an answer that makes no sense. */
import { createSocket, type SocketType } from "node:dgram";
import {
  AuthProtocols,
  createSession,
  createV3Session,
  PrivProtocols,
  SecurityLevel,
  type Session,
  type Varbind,
  Version1,
  Version2c,
} from "net-snmp";
import type { Credentials, V3User } from "./credentials.ts";
import { mayBeHeard } from "./v3-guard.ts";

export interface SessionOptions extends Credentials {
  readonly host: string;
  readonly port: number;
  /** Of one attempt. */
  readonly timeout_s: number;
  /** The same request is sent so often before it counts as unanswered; a late answer to an earlier one still counts. */
  readonly attempts: number;
}

export type Exchange = (session: Session, done: (error: Error | null, varbinds?: Varbind[]) => void) => void;

export interface Answer {
  readonly error: Error | null;
  readonly varbinds: readonly Varbind[];
  /** The datagram that answered. */
  readonly reply: Uint8Array;
  /** On which it was asked; null where none could be opened. */
  readonly session: Session | null;
}

const AUTH = { sha256: AuthProtocols.sha256, sha384: AuthProtocols.sha384, sha512: AuthProtocols.sha512 } as const;
/** SHA-256 and up give a key of 256 bits as it is: the two rival ways of stretching a shorter one come to the same. */
const PRIV = { aes128: PrivProtocols.aes, aes256: PrivProtocols.aes256b } as const;

const usmUser = ({ user, auth, priv, authKey, privKey }: V3User) => ({
  name: user,
  level: SecurityLevel.authPriv,
  authProtocol: AUTH[auth],
  authKey,
  privProtocol: PRIV[priv],
  privKey,
});

export class SnmpSession {
  readonly #options: SessionOptions;
  #session: Session | null = null;
  #garbage: string | null = null;
  #greeted = false;
  #answered = false;
  #datagram: Uint8Array = new Uint8Array();

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  /** What the newest datagram that was not SNMP looked like; it may have come from anywhere. */
  get garbage(): string | null {
    return this.#garbage;
  }

  /** An SNMPv3 agent that says who it is and never answers what we encrypted: it cannot read it. */
  get unread(): boolean {
    return this.#greeted && !this.#answered;
  }

  /**
   * Ends in any case: an operation that waited for ever would keep all others from the device. The library never answers what
   * waits for its socket to be bound, where that fails or the socket is closed meanwhile.
   */
  attempt(exchange: Exchange): Promise<Answer> {
    return new Promise((resolve) => {
      let session: Session | null = null;
      // Told while the datagram that answers is handled: no other can have come in between.
      const done = (error: Error | null, varbinds?: Varbind[]) => {
        clearTimeout(forgotten);
        this.#answered ||= error === null;
        resolve({ error, varbinds: varbinds ?? [], reply: this.#datagram, session });
      };
      const forgotten = setTimeout(() => {
        done(Object.assign(new Error("the library never answered"), { name: "RequestTimedOutError" }));
        this.drop(session);
      }, this.#longest_ms);
      try {
        session = this.#open();
        exchange(session, done);
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)));
      }
    });
  }

  /** Of one exchange: SNMPv3 may have to ask who the engine is, and what time it has, before it asks. */
  get #longest_ms(): number {
    const { attempts, timeout_s } = this.#options;
    return 4 * attempts * timeout_s * 1000 + 1000;
  }

  /** Not one that was opened since: another exchange may wait for its answer on that. */
  drop(session = this.#session): void {
    if (session === null || session !== this.#session) return;
    this.#session = null;
    session.close();
  }

  #open(): Session {
    if (this.#session !== null) return this.#session;
    const { host, port, version, community, timeout_s, attempts } = this.#options;
    const options = {
      port,
      timeout: timeout_s * 1000,
      retries: attempts - 1,
      reportOidMismatchErrors: true,
      dgramModule: { createSocket: (type: SocketType) => this.#openSocket(type) },
    };
    const session =
      typeof version === "object"
        ? createV3Session(host, usmUser(version), options)
        : createSession(host, community ?? "", { ...options, version: version === "v1" ? Version1 : Version2c });
    session.on("error", (error: Error) => {
      this.#garbage = error.message;
    });
    this.#garbage = null;
    this.#greeted = false;
    this.#answered = false;
    this.#session = session;
    return session;
  }

  /** Hears each datagram before the library does, and keeps from it what it must not believe. */
  #openSocket(type: SocketType) {
    const socket = createSocket(type);
    const secured = typeof this.#options.version === "object";
    const listen = (listener: (datagram: Buffer, ...rest: unknown[]) => void): void => {
      socket.on("message", (datagram, from) => {
        if (secured && !mayBeHeard(datagram)) {
          this.#garbage = "an SNMP answer without authentication and privacy";
          return;
        }
        this.#greeted ||= secured;
        this.#datagram = datagram;
        listener(datagram, from);
      });
    };
    return {
      on: (event: string, listener: (...args: never[]) => void) => {
        if (event === "message") listen(listener as (datagram: Buffer) => void);
        else socket.on(event as "close", listener as () => void);
      },
      send: socket.send.bind(socket),
      bind: socket.bind.bind(socket),
      close: socket.close.bind(socket),
      ref: socket.ref.bind(socket),
      unref: socket.unref.bind(socket),
    };
  }
}
