/** The socket to one SUMO: a message out, its answer in, one at a time. */
import { Buffer } from "node:buffer";
import { createServer, connect as open, type Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { type Problem, ProblemError, problem } from "../../core/problems/problem.ts";
import type { SumoProcess } from "./sumo-process.ts";
import { wrongAnswer } from "./wire.ts";

const lengthBytes = 4;
const firstRoom = 1 << 16;
/** No answer is longer: nobody has so many vehicles. */
const mostBytes = 1 << 30;
const tryAgain_ms = 20;

/** One that nobody listens on, on this machine alone. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

const tryToConnect = (port: number): Promise<Socket | null> =>
  new Promise((resolve) => {
    const socket = open({ port, host: "127.0.0.1", noDelay: true });
    socket.once("connect", () => resolve(socket));
    socket.once("error", () => resolve(null));
  });

interface Waiting {
  readonly resolve: (answer: Buffer) => void;
  readonly reject: (error: ProblemError) => void;
}

export class TraciConnection {
  readonly #socket: Socket;
  readonly #silence_ms: number;
  #bytes = Buffer.alloc(firstRoom);
  #have = 0;
  #waiting: Waiting | null = null;
  #silence: NodeJS.Timeout | null = null;
  #over: Problem | null = null;

  private constructor(socket: Socket, sumo: SumoProcess, silence_ms: number) {
    this.#socket = socket;
    this.#silence_ms = silence_ms;
    socket.on("data", (chunk) => this.#take(chunk));
    socket.on("error", () => undefined);
    // Why the connection closed, the process knows.
    socket.once("close", () => {
      void sumo.ended.then((found) => this.#fail(found ?? problem("SUMO_FAILED", { reason: "it ended too early" })));
    });
  }

  /** Waits until SUMO has read its files and listens. Rejects with what stopped it. */
  static async to(port: number, sumo: SumoProcess, silence_ms: number): Promise<TraciConnection> {
    const began_ms = performance.now();
    while (!sumo.gone && performance.now() - began_ms < silence_ms) {
      const socket = await tryToConnect(port);
      if (socket !== null) return new TraciConnection(socket, sumo, silence_ms);
      await delay(tryAgain_ms);
    }
    const seconds = silence_ms / 1000;
    const found = sumo.gone ? await sumo.ended : problem("SUMO_SILENT", { seconds });
    throw new ProblemError([found ?? problem("SUMO_FAILED", { reason: "it ended before it listened" })]);
  }

  /** The answer to a message without its length; valid until the next exchange. */
  exchange(message: Buffer): Promise<Buffer> {
    if (this.#over !== null) return Promise.reject(new ProblemError([this.#over]));
    this.#have = 0;
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#silence = setTimeout(() => {
        this.#fail(problem("SUMO_SILENT", { seconds: this.#silence_ms / 1000 }));
      }, this.#silence_ms);
      this.#socket.write(message);
    });
  }

  close(): void {
    this.#over ??= problem("SUMO_FAILED", { reason: "the connection was closed" });
    if (this.#silence !== null) clearTimeout(this.#silence);
    this.#socket.destroy();
  }

  #take(chunk: Buffer): void {
    if (this.#have + chunk.length > this.#bytes.length) {
      const larger = Buffer.alloc(2 * (this.#have + chunk.length));
      this.#bytes.copy(larger, 0, 0, this.#have);
      this.#bytes = larger;
    }
    chunk.copy(this.#bytes, this.#have);
    this.#have += chunk.length;
    if (this.#have < lengthBytes) return;
    const length = this.#bytes.readInt32BE(0);
    if (length < lengthBytes || length > mostBytes) {
      for (const found of wrongAnswer(`a message of ${length} bytes`).problems) this.#fail(found);
    } else if (this.#have >= length) this.#answer(this.#bytes.subarray(lengthBytes, length));
  }

  #answer(bytes: Buffer): void {
    const waiting = this.#settle();
    waiting?.resolve(bytes);
  }

  #fail(found: Problem): void {
    this.#over ??= found;
    this.#settle()?.reject(new ProblemError([found]));
  }

  #settle(): Waiting | null {
    const waiting = this.#waiting;
    this.#waiting = null;
    if (this.#silence !== null) clearTimeout(this.#silence);
    return waiting;
  }
}
