import { once } from "node:events";
import { createServer } from "node:net";

/** A port of the loopback that nobody listened on a moment ago, for servers that want to be told theirs. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (address === null || typeof address === "string") throw new Error("no port was given");
  return address.port;
}
