/** The small pictures of one ffmpeg process, from its output to whoever keeps the newest. Always drained, as the packets are. */
import type { Readable } from "node:stream";
import { NutDemuxer, NutError } from "./nut-demuxer.ts";

/** Hears each still as JPEG; it is the listener's to keep. */
export type StillTap = (jpeg: Uint8Array<ArrayBuffer>) => void;

export function drainStills(pipe: Readable, tap: StillTap): void {
  let jpeg = new Uint8Array(0);
  let broken = false;
  const demuxer = new NutDemuxer({
    stream: () => undefined,
    take: (bytes) => {
      jpeg = new Uint8Array(bytes);
      return jpeg;
    },
    packet: () => tap(jpeg),
  });
  pipe.on("data", (chunk: Uint8Array) => {
    if (broken) return;
    try {
      demuxer.push(chunk);
    } catch (cause) {
      if (!(cause instanceof NutError)) throw cause;
      // The pictures beside go on; people see none.
      broken = true;
    }
  });
}
