/** A UDP socket that is bound before the SNMP library sees it, so that port 0 works and a busy port is an answer. */
import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";

/** Rejects with the system's error when the port cannot be bound. */
export async function bindSocket(host: string, port: number): Promise<Socket> {
  const socket = createSocket("udp4");
  socket.bind(port, host);
  try {
    await once(socket, "listening");
  } catch (cause) {
    socket.close();
    throw cause;
  }
  return socket;
}

/** What `net-snmp` takes as its `dgramModule`: hands out this one socket, which needs no binding any more. */
export function asDgramModule(socket: Socket): { createSocket(): unknown } {
  const facade = {
    on: (event: "error" | "message", listener: (...args: never[]) => void) => socket.on(event, listener as () => void),
    bind: () => undefined,
    send: socket.send.bind(socket),
    close: socket.close.bind(socket),
    address: socket.address.bind(socket),
  };
  return { createSocket: () => facade };
}
