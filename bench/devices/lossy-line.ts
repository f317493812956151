/** A UDP line before one device that loses datagrams by chance, each way alike. */
import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";

export interface LossyLine {
  readonly port: number;
  share: number;
  readonly lost: () => number;
  close(): void;
}

/** Mulberry32: the same losses every time. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const HOST = "127.0.0.1";

async function bound(): Promise<Socket> {
  const socket = createSocket("udp4");
  socket.bind(0, HOST);
  await once(socket, "listening");
  return socket;
}

/** Every asker gets a socket of its own behind the line, so that each hears its own answers. */
export async function lossyLine(devicePort: number, random: () => number): Promise<LossyLine> {
  const front = await bound();
  const backs = new Map<number, Socket>();
  let lost = 0;
  const line: LossyLine = {
    port: front.address().port,
    share: 0,
    lost: () => lost,
    close: () => {
      front.close();
      for (const back of backs.values()) back.close();
    },
  };
  const survives = (): boolean => {
    const passes = random() >= line.share;
    if (!passes) lost++;
    return passes;
  };
  const behind = (askerPort: number): Socket => {
    const known = backs.get(askerPort);
    if (known !== undefined) return known;
    const back = createSocket("udp4");
    back.on("message", (reply) => {
      if (survives()) front.send(reply, askerPort, HOST);
    });
    backs.set(askerPort, back);
    return back;
  };
  front.on("message", (request, from) => {
    if (survives()) behind(from.port).send(request, devicePort, HOST);
  });
  return line;
}
