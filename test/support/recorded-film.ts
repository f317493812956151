/** A film in a recording ring, as if a camera had sent it at its own speed: the recorder is real, time is the film's. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import type { Clock } from "../../core/ports/clock.ts";
import { packetTimesFrom } from "../../detectors/decode/ffmpeg-arguments.ts";
import { NutDemuxer } from "../../detectors/decode/nut-demuxer.ts";
import { Recorder } from "../../detectors/ring/recorder.ts";
import type { RingOrder } from "../../detectors/ring/ring-order.ts";

/** Less than a keyframe group. */
const chunk_bytes = 512;
/** The recorder waits for nobody, and holds this much of a film at least: the film waits for the disk. */
const ahead_ms = 2500;

async function codedPackets(film: string): Promise<Buffer> {
  const nut = ["-f", "nut", "-fflags", "+bitexact", "-write_index", "0"];
  // Times as the product's own ffmpeg sends them: a NUT file alone would shift those of a film with B-frames.
  const times = ["-copyts", "-bsf:v", `setts=dts=N:pts=PTS+${packetTimesFrom}`];
  const args = ["-v", "error", "-i", film, "-map", "0:v:0", "-c", "copy", ...times, ...nut, "pipe:1"];
  const child = spawn("ffmpeg", args, { stdio: ["ignore", "pipe", "inherit"] });
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  await once(child, "close");
  return Buffer.concat(chunks);
}

/** `start_ms`: when the film's time 0 arrived, which is also the name of the session. Returns how many pictures are kept. */
export async function recordFilm(film: string, ring: RingOrder, start_ms: number): Promise<number> {
  let now_ms = start_ms;
  const clock: Clock = {
    nowMs: () => now_ms,
    sleep: (ms, stop) => delay(ms, undefined, { signal: stop as AbortSignal }),
  };
  const recorder = new Recorder(ring, clock);
  let tick_s = 0;
  let pictures = 0;
  const demuxer = new NutDemuxer({
    stream: (video) => {
      tick_s = video.tick.num / video.tick.den;
      recorder.stream(video, start_ms);
    },
    take: (bytes, key) => recorder.take(bytes, key),
    packet: (later) => {
      const ticks = later - packetTimesFrom;
      // Packets of a stream with B-frames come in the order of decoding.
      now_ms = Math.max(now_ms, Math.round(start_ms + ticks * tick_s * 1000));
      pictures += 1;
      recorder.packet(ticks);
    },
  });
  const packets = await codedPackets(film);
  for (let at = 0; at < packets.length; at += chunk_bytes) {
    demuxer.push(packets.subarray(at, at + chunk_bytes));
    while (now_ms - (recorder.recordingStatus()?.newest_ms ?? start_ms) > ahead_ms) await delay(5);
  }
  recorder.end();
  await recorder.close();
  const dropped = recorder.recordingStatus()?.dropped_pictures ?? 0;
  if (dropped > 0) throw new Error(`the disk was too slow for ${dropped} pictures`);
  return pictures;
}
