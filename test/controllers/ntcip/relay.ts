/** A UDP relay between a manager and a device: the place where a test loses, counts or holds up datagrams. */
import { createSocket, type Socket } from "node:dgram";

export interface Relay {
  readonly port: number;
  /** Datagrams from the manager so far. */
  readonly asked: number;
  /** Decides about the n-th request, from 1: true lets it through. Called before it is passed on. */
  gate: (request: Buffer, n: number) => boolean;
  /** What the manager gets in place of an answer: none, one or several datagrams. */
  answer: (reply: Buffer) => readonly Buffer[];
  close(): Promise<void>;
}

const HOST = "127.0.0.1";

function bound(): Promise<Socket> {
  const socket = createSocket("udp4");
  return new Promise((resolve, reject) => {
    socket.once("error", reject);
    socket.bind(0, HOST, () => resolve(socket));
  });
}

export async function startRelay(devicePort: number): Promise<Relay> {
  const [front, back] = await Promise.all([bound(), bound()]);
  let managerPort = 0;
  let asked = 0;
  const relay: Relay = {
    port: front.address().port,
    get asked() {
      return asked;
    },
    gate: () => true,
    answer: (reply) => [reply],
    close: async () => {
      await Promise.all([front, back].map((socket) => new Promise<void>((resolve) => socket.close(() => resolve()))));
    },
  };
  front.on("message", (request, from) => {
    managerPort = from.port;
    asked++;
    if (relay.gate(request, asked)) back.send(request, devicePort, HOST);
  });
  back.on("message", (reply) => {
    for (const datagram of relay.answer(reply)) front.send(datagram, managerPort, HOST);
  });
  return relay;
}

const SET_REQUEST = 0xa3;
/** G.2.1.0 as the wire has it: dbCreateTransaction. */
const DB_STATE = Buffer.from([0x2b, 6, 1, 4, 1, 0x89, 0x36, 4, 2, 6, 2, 1, 0]);

/** Is this request a SET of the database state to `state`? Its value is the last octet of the message. */
export function movesDatabaseTo(request: Buffer, state: number): boolean {
  return request.includes(DB_STATE) && request.includes(SET_REQUEST) && request.at(-1) === state;
}
