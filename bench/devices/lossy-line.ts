/** A UDP line before one device that loses datagrams by chance, each way alike. */
import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";

export interface LossyLine {
  readonly port: number;
  share: number;
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
  const line: LossyLine = { port: front.address().port, share: 0 };
  const survives = (): boolean => random() >= line.share;
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
