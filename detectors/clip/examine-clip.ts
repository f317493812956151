/**
 * A clip after it was cut: every picture of it decoded, and some of them written out at their own size. One pass does
 * both, since decoding is what it costs.
 */
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";
import { decodeProblem } from "../decode/decode-problem.ts";
import { lineCutter } from "../decode/line-cutter.ts";
import { runTool } from "../probe/run-tool.ts";

export interface Examination {
  /** Of the pictures that could be decoded, in the order in which they are shown. */
  readonly pts: readonly number[];
  /** What the decoder complained of; empty for a clip without damage. */
  readonly complaints: number;
  /** Path of each picture by its time. */
  readonly pictures: ReadonlyMap<number, string>;
}

const longest_ms = 120_000;

/** All pictures are decoded, but only a thumbnail of each is handed on to be counted. */
const thumbnail = "scale=16:16:flags=neighbor";
/** JPEG with the finest steps there are. */
const finest = ["-q:v", "1", "-qmin", "1", "-pix_fmt", "yuvj420p"] as const;
const asTheyCome = ["-fps_mode", "passthrough", "-enc_time_base", "-1"] as const;

function outputs(wanted: readonly number[], pattern: string): readonly string[] {
  const count = ["-f", "framecrc", "pipe:1"];
  if (wanted.length === 0) return ["-map", "0:v:0", "-vf", thumbnail, ...asTheyCome, ...count];
  const chosen = wanted.map((pts) => `eq(pts\\,${pts})`).join("+");
  const graph = `[0:v:0]split=2[all][few];[all]${thumbnail}[all];[few]select='${chosen}'[few]`;
  return [
    ...["-filter_complex", graph, "-map", "[all]", ...asTheyCome, ...count],
    ...["-map", "[few]", ...asTheyCome, ...finest, "-f", "image2", pattern],
  ];
}

/**
 * `wanted`: times of pictures to write into `folder`, in ticks of the clip's time base. `background`: gives way to
 * everything else on the machine. Fails with `FFMPEG_MISSING` or why
 * the clip cannot be decoded.
 */
export async function examineClip(
  clip: string,
  wanted: readonly number[],
  folder: string,
  stop?: AbortSignal,
  background = false,
): Promise<Result<Examination>> {
  const pts: number[] = [];
  let complaints = 0;
  const cut = lineCutter((line) => {
    const [stream, , at] = line.split(",");
    if (stream === "0" && at !== undefined) pts.push(Number(at));
  });
  const times = [...new Set(wanted)].toSorted((a, b) => a - b);
  const end = await runTool({
    program: "ffmpeg",
    args: [
      ...["-hide_banner", "-nostdin", "-loglevel", "error", "-copyts", "-y", "-i", `file:${clip}`],
      ...outputs(times, `file:${folder.replaceAll("%", "%%")}/picture-%03d.jpg`),
    ],
    deadline_ms: longest_ms,
    output: (chunk) => cut(chunk.toString("latin1")),
    heard: () => {
      complaints += 1;
    },
    stop,
    background,
  });
  if (end.missing) return failed(problem("FFMPEG_MISSING", { source: clip, reason: end.words }));
  if (!end.fine || pts.length === 0) return failed(decodeProblem(clip, end.words, pts.length));
  const shown = new Set(pts);
  const written = times.filter((time) => shown.has(time));
  const name = (n: number): string => `${folder}/picture-${String(n + 1).padStart(3, "0")}.jpg`;
  return ok({ pts, complaints, pictures: new Map(written.map((time, n) => [time, name(n)])) });
}
