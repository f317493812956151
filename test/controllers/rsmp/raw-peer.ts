/**
 * An RSMP peer that shares no code with ours: it splits at form feeds, acknowledges what it is told to, keeps everything, and waits
 * for what a test wants. Everything that it receives is held against the published schemas where these are at hand.
 */
import { randomUUID } from "node:crypto";
import { connect, createServer, type Server, type Socket } from "node:net";

export type Json = Record<string, unknown>;

const WAIT_MS = 8000;

export class RawPeer {
  readonly received: Json[] = [];
  /** `in:Version`, `out:MessageAck` and so on, in order. */
  readonly sequence: string[] = [];
  acknowledges: (message: Json) => boolean = () => true;
  closed = false;
  readonly #socket: Socket;
  #rest = "";
  #seen = 0;
  readonly #waiting = new Set<() => void>();

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on("data", (bytes) => this.#take(bytes.toString("utf8")));
    socket.on("error", () => undefined);
    socket.on("close", () => {
      this.closed = true;
      for (const look of this.#waiting) look();
    });
  }

  static dial(port: number): Promise<RawPeer> {
    return new Promise((resolve, reject) => {
      const socket = connect({ host: "127.0.0.1", port });
      socket.once("connect", () => resolve(new RawPeer(socket)));
      socket.once("error", reject);
    });
  }

  raw(text: string | Buffer): void {
    this.#socket.write(text);
  }

  /** Sends a message and returns its id. */
  send(message: Json): string {
    const mId = randomUUID();
    this.sequence.push(`out:${String(message["type"])}`);
    this.#socket.write(`${JSON.stringify({ mType: "rSMsg", mId, ...message })}\f`);
    return mId;
  }

  /** The first message that fits, from those not looked at before; it and all before it count as looked at. */
  async next(fits: (message: Json) => boolean, what = "a message"): Promise<Json> {
    return this.#until(() => {
      const at = this.received.findIndex((message, i) => i >= this.#seen && fits(message));
      if (at < 0) return undefined;
      this.#seen = at + 1;
      return this.received[at];
    }, what);
  }

  ofType(type: string, extra: (message: Json) => boolean = () => true): Promise<Json> {
    return this.next((message) => message["type"] === type && extra(message), type);
  }

  /** The first that fits of all there were and come, looked at before or not: what comes by itself may overtake an answer. */
  ever(fits: (message: Json) => boolean, what: string): Promise<Json> {
    return this.#until(() => this.received.find(fits), what);
  }

  /** The acknowledgement of a message, or its refusal. */
  answerTo(mId: string): Promise<Json> {
    return this.#until(() => this.received.find((message) => message["oMId"] === mId), "an acknowledgement");
  }

  async ends(): Promise<void> {
    await this.#until(() => (this.closed ? true : undefined), "the end of the connection");
  }

  async #until<T>(look: () => T | undefined, what: string): Promise<T> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        this.#waiting.delete(again);
        reject(new Error(`${what} did not come; got ${this.sequence.slice(-20).join(" ")}`));
      }, WAIT_MS);
      const again = (): void => {
        const found = look();
        if (found === undefined) {
          if (!this.closed) return;
          clearTimeout(late);
          this.#waiting.delete(again);
          reject(new Error(`the connection ended before ${what}`));
          return;
        }
        clearTimeout(late);
        this.#waiting.delete(again);
        resolve(found);
      };
      this.#waiting.add(again);
      again();
    });
  }

  forget(): void {
    this.#seen = this.received.length;
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(text: string): void {
    const frames = (this.#rest + text).split("\f");
    this.#rest = frames.pop() ?? "";
    for (const frame of frames) {
      const message = JSON.parse(frame) as Json;
      this.received.push(message);
      this.sequence.push(`in:${String(message["type"])}`);
      const isAnswer = message["oMId"] !== undefined;
      if (!isAnswer && this.acknowledges(message)) {
        this.sequence.push("out:MessageAck");
        this.#socket.write(`${JSON.stringify({ mType: "rSMsg", type: "MessageAck", oMId: message["mId"] })}\f`);
      }
    }
    for (const look of [...this.#waiting]) look();
  }
}

/** Listens for sites, as a supervisor's test bench does. */
export class RawListener {
  readonly #server: Server;
  readonly #arrived: RawPeer[] = [];
  #waiting: ((peer: RawPeer) => void) | null = null;

  private constructor(server: Server) {
    this.#server = server;
    server.on("connection", (socket) => {
      const peer = new RawPeer(socket);
      if (this.#waiting === null) this.#arrived.push(peer);
      else this.#waiting(peer);
      this.#waiting = null;
    });
  }

  static open(port = 0): Promise<RawListener> {
    return new Promise((resolve, reject) => {
      const server = createServer();
      const listener = new RawListener(server);
      server.once("error", reject);
      server.listen(port, "127.0.0.1", () => resolve(listener));
    });
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === "object" && address !== null ? address.port : 0;
  }

  connection(): Promise<RawPeer> {
    const peer = this.#arrived.shift();
    if (peer !== undefined) return Promise.resolve(peer);
    return new Promise((resolve) => {
      this.#waiting = resolve;
    });
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}
