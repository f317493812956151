/** A few seconds of a source in one session: its packets noted as they come, and kept untouched in a file to look into. */
import { existsSync } from "node:fs";
import type { Clock } from "../../core/ports/clock.ts";
import { failed, ok, type Result } from "../../core/problems/problem.ts";
import type { DamageCount } from "../decode/damage.ts";
import { ffmpegArguments, inputArguments } from "../decode/ffmpeg-arguments.ts";
import { lineCutter } from "../decode/line-cutter.ts";
import { inputList } from "../decode/secret-source.ts";
import { detectImages } from "../detect/detect-images.ts";
import type { PictureDetections } from "../detect/messages.ts";
import { type Packet, PacketLog } from "./packets.ts";
import { runTool } from "./run-tool.ts";
import { socketTimeout_s, toolProblem } from "./streams.ts";

export interface SampleOrder {
  readonly source: string;
  readonly duration_s: number;
  /** Where the coded pictures go. */
  readonly file: string;
  readonly clock: Clock;
  readonly damage: DamageCount;
  readonly stop: AbortSignal | undefined;
}

/** Opening, and what a camera sends late. */
const patience_s = 20;
const mostSample_bytes = 512e6;
const slowestDecoding = 10;
const mostPictures = 40;
const opening_ms = 60_000;

const quiet = (level: string): string[] => [
  "-hide_banner",
  "-nostdin",
  "-nostats",
  "-loglevel",
  `repeat+level+${level}`,
];

/**
 * A picture without a time of its own gets that of its decoding, since NUT stores none without. Everything else stays as
 * the camera sent it.
 */
const everyPictureTimed = "setts=pts=if(eq(PTS\\,NOPTS)\\,DTS\\,PTS)";

/** Fails only when nothing came; a stream that breaks off has said something all the same. */
export async function takeSample(order: SampleOrder): Promise<Result<readonly Packet[]>> {
  const { source, duration_s, file, clock, damage, stop } = order;
  const log = new PacketLog();
  const cut = lineCutter((line) => log.line(line, clock.nowMs()));
  const video = ["-t", String(duration_s), "-map", "0:v:0", "-c", "copy"];
  const end = await runTool({
    program: "ffmpeg",
    args: [
      ...quiet("warning"),
      ...inputArguments({ source, socket_timeout_s: socketTimeout_s }),
      ...[...video, "-flush_packets", "1", "-f", "framecrc", "pipe:1"],
      ...[...video, "-bsf:v", everyPictureTimed, "-fs", String(mostSample_bytes), "-f", "nut", file],
    ],
    input: inputList({ source, socket_timeout_s: socketTimeout_s }),
    deadline_ms: (duration_s + patience_s) * 1000,
    output: (chunk) => cut(chunk.toString("latin1")),
    heard: (line) => damage.heard(line),
    stop,
  });
  if (log.packets.length === 0) return failed(toolProblem(source, end, 0));
  return ok(log.packets);
}

/** Decodes the sample as a camera's pictures are decoded; the CPU time that took, in s, or null when it cannot be done. */
export async function decodingCpu_s(
  file: string,
  duration_s: number,
  damage: DamageCount,
  stop: AbortSignal | undefined,
): Promise<number | null> {
  let cpu_s: number | null = null;
  const heard = (line: string): void => {
    // "[info] bench: utime=0.148s stime=0.025s rtime=0.459s"
    const bench = /bench: utime=([\d.]+)s stime=([\d.]+)s/.exec(line);
    if (bench === null) damage.heard(line);
    else cpu_s = Number(bench[1]) + Number(bench[2]);
  };
  const decoding = ffmpegArguments({ source: file, paced: false, socket_timeout_s: socketTimeout_s });
  // ffmpeg obeys the last level it is given; these stand behind the input and before the output.
  const output = decoding.indexOf("-map");
  const end = await runTool({
    program: "ffmpeg",
    args: [...decoding.slice(0, output), ...quiet("info"), "-benchmark", ...decoding.slice(output)],
    deadline_ms: (duration_s * slowestDecoding + patience_s) * 1000,
    output: () => undefined,
    heard,
    stop,
  });
  return end.fine ? cpu_s : null;
}

/** Two pictures a second of the sample, in their own size, and what the shipped detector sees in them. */
export async function detectionsIn(file: string, stop: AbortSignal | undefined): Promise<readonly PictureDetections[]> {
  const name = (n: number | string): string => `${file}.${n}.jpg`;
  const output = ["-vf", "fps=2", "-frames:v", String(mostPictures), "-q:v", "2", name("%d")];
  await runTool({
    program: "ffmpeg",
    args: [...quiet("error"), "-i", `file:${file}`, ...output],
    deadline_ms: opening_ms,
    output: () => undefined,
    stop,
  });
  const images = Array.from({ length: mostPictures }, (_, n) => name(n + 1)).filter((image) => existsSync(image));
  if (images.length === 0) return [];
  const { pictures } = await detectImages({ images, ...(stop === undefined ? {} : { stop }) });
  return pictures;
}
