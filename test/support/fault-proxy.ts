/** The cable between a camera and us, as a TCP proxy that can be cut, go silent or garble what the camera says. */
import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";

/** Bytes from the camera on their way to us; null drops them. */
export type Garbler = (bytes: Buffer) => Buffer | null;

interface Connection {
  readonly client: Socket;
  readonly camera: Socket;
  /** Both ends believe in it, and nothing passes. */
  swallowed: boolean;
}

export interface FaultProxy {
  readonly port: number;
  /** Connections that stand at this moment. */
  readonly open: number;
  /** Every connection ends, and new ones are refused. */
  cut(): Promise<void>;
  /** Connections stand, and new ones are accepted, but nothing passes and nobody is told. */
  swallow(): void;
  garble(garbler: Garbler): void;
  /** New connections pass again. Those that were swallowed stay so, as after a router forgot them. */
  restore(): Promise<void>;
  close(): Promise<void>;
}

class Cable implements FaultProxy {
  port = 0;
  readonly #target: number;
  readonly #connections = new Set<Connection>();
  #server: Server | null = null;
  #swallowing = false;
  #garbler: Garbler | null = null;

  constructor(target: number) {
    this.#target = target;
  }

  get open(): number {
    return this.#connections.size;
  }

  async listen(): Promise<void> {
    const server = createServer((client) => this.#join(client));
    server.listen(this.port, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    if (address !== null && typeof address !== "string") this.port = address.port;
    this.#server = server;
  }

  async cut(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    const closed = server === null ? undefined : once(server, "close");
    server?.close();
    for (const { client, camera } of this.#connections) {
      client.destroy();
      camera.destroy();
    }
    await closed;
  }

  swallow(): void {
    this.#swallowing = true;
    for (const connection of this.#connections) connection.swallowed = true;
  }

  garble(garbler: Garbler): void {
    this.#garbler = garbler;
  }

  async restore(): Promise<void> {
    this.#swallowing = false;
    this.#garbler = null;
    if (this.#server === null) await this.listen();
  }

  close(): Promise<void> {
    return this.cut();
  }

  #join(client: Socket): void {
    const camera = connect(this.#target, "127.0.0.1");
    const connection: Connection = { client, camera, swallowed: this.#swallowing };
    this.#connections.add(connection);
    const end = (): void => {
      client.destroy();
      camera.destroy();
      this.#connections.delete(connection);
    };
    client.on("error", end).on("close", end);
    camera.on("error", () => undefined);
    // Of a swallowed connection the end is not told either.
    camera.on("close", () => connection.swallowed || end());
    client.on("data", (bytes) => connection.swallowed || pass(client, camera, bytes));
    camera.on("data", (bytes: Buffer) => {
      const told = this.#garbler === null ? bytes : this.#garbler(bytes);
      if (told !== null && !connection.swallowed) pass(camera, client, told);
    });
  }
}

/** A slow receiver slows its sender, and no more than what is under way is held. */
function pass(from: Socket, to: Socket, bytes: Buffer): void {
  if (to.destroyed || to.write(bytes)) return;
  from.pause();
  to.once("drain", () => from.resume());
}

/** Listens on a port of its own, which it keeps, and leads to `target` on this machine. */
export async function startFaultProxy(target: number): Promise<FaultProxy> {
  const cable = new Cable(target);
  await cable.listen();
  return cable;
}
