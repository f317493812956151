/** The coded pictures of a recorded clip, each by its time and the hash of its bytes: ffmpeg's `framehash` form. */
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";
import { decodeProblem } from "../decode/decode-problem.ts";
import { lineCutter } from "../decode/line-cutter.ts";
import { runTool } from "../probe/run-tool.ts";

export interface CodedPicture {
  /** In ticks of the clip's time base. */
  readonly pts: number;
  /** Of the coded bytes as they stand in the container. */
  readonly sha256: string;
}

export interface CodedPictures {
  /** ffmpeg's name of it, such as `h264` or `hevc`. */
  readonly codec: string;
  /** Ticks a second. */
  readonly time_base_hz: number;
  /** In the order of the file, which is that of decoding. */
  readonly pictures: readonly CodedPicture[];
}

const longest_ms = 60_000;

class FrameHashes {
  readonly pictures: CodedPicture[] = [];
  time_base_hz = 0;
  codec = "";

  /** `#tb 0: 1/15360`, `#codec_id 0: h264`, then lines of stream, dts, pts, duration, size, hash. */
  line(text: string): void {
    const base = /^#tb 0: 1\/(\d+)/.exec(text);
    if (base !== null) this.time_base_hz = Number(base[1]);
    const codec = /^#codec_id 0: (\w+)/.exec(text);
    if (codec?.[1] !== undefined) this.codec = codec[1];
    if (text.startsWith("#")) return;
    const [, , pts, , , sha256] = text.split(",").map((field) => field.trim());
    if (sha256 !== undefined) this.pictures.push({ pts: Number(pts), sha256 });
  }
}

/** Fails with `FFMPEG_MISSING` or with why the file cannot be read. */
export async function readCodedPictures(file: string, stop?: AbortSignal): Promise<Result<CodedPictures>> {
  const hashes = new FrameHashes();
  const cut = lineCutter((line) => hashes.line(line));
  const end = await runTool({
    program: "ffmpeg",
    args: [
      ...["-hide_banner", "-nostdin", "-loglevel", "error", "-copyts", "-i", `file:${file}`],
      ...["-map", "0:v:0", "-c", "copy", "-f", "framehash", "-hash", "sha256", "pipe:1"],
    ],
    deadline_ms: longest_ms,
    output: (chunk) => cut(chunk.toString("latin1")),
    stop,
  });
  if (end.missing) return failed(problem("FFMPEG_MISSING", { source: file, reason: end.words }));
  if (!end.fine || hashes.pictures.length === 0) return failed(decodeProblem(file, end.words, hashes.pictures.length));
  const { codec, time_base_hz, pictures } = hashes;
  return ok({ codec, time_base_hz, pictures });
}
