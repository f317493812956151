/**
 * A pipe from a child process that is read into one buffer, over and over. Node reads the pipes it makes for a child in chunks
 * of 64 kB that are garbage at once, and lie outside of its heap: large pictures made it sweep all of it three times a second,
 * 2.2 ms a picture of 1024x576. Only sockets may be read into a buffer of one's own, so this is one, with no name left behind.
 */
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface OneBufferPipe {
  /** The child's end, for its `stdio`; ours must be destroyed once the child has it, or the end of the pipe never comes. */
  readonly childs: Socket;
  /** Reads as soon as it is resumed, and again when it is resumed after `heard` said false. Closes when the child's end did. */
  readonly ours: Socket;
}

/** What the system keeps of a socket at most, unless told otherwise: more never comes at once. */
const buffer_bytes = 1 << 18;

/**
 * `heard` may use the bytes until it is called again; false stops reading. Rejects with the system's error where no socket can
 * be made. It has a name for a moment, in a folder that only this user may enter.
 */
export async function openOneBufferPipe(heard: (bytes: Uint8Array) => boolean): Promise<OneBufferPipe> {
  const folder = await mkdtemp(join(tmpdir(), "greenwave-pipe-"));
  const server = createServer({ pauseOnConnect: true });
  try {
    const path = join(folder, "socket");
    server.listen(path);
    await once(server, "listening");
    const accepted = once(server, "connection") as Promise<[Socket]>;
    const buffer = new Uint8Array(buffer_bytes);
    const callback = (bytes: number): boolean => heard(buffer.subarray(0, bytes));
    const ours = connect({ path, onread: { buffer, callback } });
    await once(ours, "connect");
    const [childs] = await accepted;
    return { childs, ours };
  } finally {
    server.close();
    await rm(folder, { recursive: true, force: true });
  }
}
