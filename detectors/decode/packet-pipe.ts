/** The coded packets of one ffmpeg process, from its second output to their tap. Always drained: a full pipe would stop the decoding. */
import type { Readable } from "node:stream";
import { packetTimesFrom } from "./ffmpeg-arguments.ts";
import { NutDemuxer, NutError } from "./nut-demuxer.ts";
import type { PacketTap } from "./packet-tap.ts";

export function drainPackets(pipe: Readable, tap: PacketTap, session_ms: number): void {
  let broken = false;
  const demuxer = new NutDemuxer({
    stream: (video) => tap.stream(video, session_ms),
    take: (bytes, key) => tap.take(bytes, key),
    packet: (ticks) => tap.packet(ticks >= packetTimesFrom / 2 ? ticks - packetTimesFrom : Number.NaN),
  });
  pipe.on("data", (chunk: Uint8Array) => {
    if (broken) return;
    try {
      demuxer.push(chunk);
    } catch (cause) {
      if (!(cause instanceof NutError)) throw cause;
      // Without packets there is no recording; the pictures beside them go on.
      broken = true;
      tap.end();
    }
  });
  pipe.once("close", () => {
    if (!broken) tap.end();
  });
}
