import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { expect, it } from "vitest";
import { refuse } from "../../../controllers/rsmp/link/session.ts";
import { SocketLink } from "../../../controllers/rsmp/link/socket-link.ts";
import { collectGarbage } from "../../support/heap-slope.ts";
import { RawPeer } from "./raw-peer.ts";

const deaf = {
  version: () => refuse("nobody listens"),
  message: () => refuse("nobody listens"),
  acknowledged: () => undefined,
  refused: () => undefined,
};

/** A connection that its peer has ended, seen from here; nobody asks for it any more. */
async function hungUp(): Promise<WeakRef<SocketLink>> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const arrived = once(server, "connection");
  const peer = await RawPeer.dial((server.address() as AddressInfo).port);
  const [socket] = (await arrived) as [Socket];
  const clock = { monotonic_ms: () => performance.now(), clock_ms: () => Date.now(), note: () => undefined };
  const ended = new Promise<WeakRef<SocketLink>>((resolve) => {
    const times = { acknowledgement_ms: 30_000, watchdog_ms: 60_000 };
    const link = new SocketLink(socket, { ...clock, ended: () => resolve(new WeakRef(link)) }, times, deaf);
  });
  peer.close();
  const link = await ended;
  server.close();
  await once(server, "close");
  return link;
}

it("a connection that its peer has ended is not held any longer", async () => {
  const link = await hungUp();
  const held = (): boolean => {
    collectGarbage();
    return link.deref() !== undefined;
  };
  await expect.poll(held, { timeout: 1000, interval: 20 }).toBe(false);
});
