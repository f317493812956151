/** A UDP socket that is bound before anybody uses it, so that port 0 works and a busy port is an answer. */
import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";

/** Rejects with the system's error when the port cannot be bound. */
export async function bindSocket(host: string, port: number): Promise<Socket> {
  const socket = createSocket(host.includes(":") ? "udp6" : "udp4");
  socket.bind(port, host);
  try {
    await once(socket, "listening");
  } catch (cause) {
    socket.close();
    throw cause;
  }
  return socket;
}
