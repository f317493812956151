/** What ffprobe says a source is made of. */
import { z } from "zod";
import { failed, ok, type Problem, problem, type Result } from "../../core/problems/problem.ts";
import { decodeProblem } from "../decode/decode-problem.ts";
import { inputArguments } from "../decode/ffmpeg-arguments.ts";
import { inputList } from "../decode/secret-source.ts";
import { masked } from "../source/address.ts";
import { runTool, type ToolEnd } from "./run-tool.ts";

const streamSchema = z.object({
  codec_type: z.string().optional(),
  codec_name: z.string().optional(),
  profile: z.string().optional(),
  width: z.number().int().optional(),
  height: z.number().int().optional(),
  pix_fmt: z.string().optional(),
  r_frame_rate: z.string().optional(),
  avg_frame_rate: z.string().optional(),
  sample_rate: z.string().optional(),
});

const streamsSchema = z.object({ streams: z.array(streamSchema) });
const picturesSchema = z.object({ frames: z.array(z.object({ pict_type: z.string().optional() })) });

export interface VideoStream {
  readonly codec: string;
  readonly profile: string | null;
  readonly width_px: number;
  readonly height_px: number;
  readonly pixel_format: string | null;
  /** As the stream declares it. */
  readonly nominal_rate_fps: number | null;
}

export interface AudioStream {
  readonly codec: string;
  readonly sample_rate_hz: number | null;
}

export interface Streams {
  readonly video: VideoStream;
  readonly audio: readonly AudioStream[];
}

export const socketTimeout_s = 10;
const opening_ms = 30_000;
const mostOutput_bytes = 16e6;
/** Above this a "rate" is a clock frequency that the container put in its place. */
const fastest_fps = 240;

type Stream = z.infer<typeof streamSchema>;

function rate_fps({ r_frame_rate, avg_frame_rate }: Stream): number | null {
  for (const text of [r_frame_rate, avg_frame_rate]) {
    const [over = 0, under = 0] = (text ?? "").split("/").map(Number);
    const rate = over / under;
    if (rate > 0 && rate <= fastest_fps) return Math.round(rate * 1000) / 1000;
  }
  return null;
}

/** Why a tool failed, in the words of the catalogue. */
export function toolProblem(source: string, { missing, late, words }: ToolEnd, pictures: number): Problem {
  if (missing) return problem("FFMPEG_MISSING");
  return decodeProblem(source, late ? `${words}\nOperation timed out` : words, pictures);
}

/** Runs ffprobe and reads its one JSON document. */
async function askFfprobe<T>(
  schema: z.ZodType<T>,
  source: string,
  entries: readonly string[],
  stop: AbortSignal | undefined,
): Promise<Result<T>> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const end = await runTool({
    program: "ffprobe",
    args: [
      "-loglevel",
      "error",
      ...entries,
      "-of",
      "json",
      ...inputArguments({ source, socket_timeout_s: socketTimeout_s }),
    ],
    input: inputList({ source, socket_timeout_s: socketTimeout_s }),
    deadline_ms: opening_ms,
    output: (chunk) => {
      bytes += chunk.length;
      if (bytes <= mostOutput_bytes) chunks.push(chunk);
    },
    stop,
  });
  if (!end.fine) return failed(toolProblem(source, end, 0));
  const unreadable = (reason: string) => failed(problem("VIDEO_UNREADABLE", { source: masked(source), reason }));
  if (bytes > mostOutput_bytes) return unreadable("ffprobe says too much about it");
  const said = schema.safeParse(JSON.parse(Buffer.concat(chunks).toString("utf8")));
  return said.success ? ok(said.data) : unreadable("ffprobe describes it in an unknown form");
}

/** Opens the source once and closes it again. */
export async function readStreams(source: string, stop: AbortSignal | undefined): Promise<Result<Streams>> {
  const said = await askFfprobe(streamsSchema, source, ["-show_streams"], stop);
  if (!said.ok) return said;
  const { streams } = said.value;
  const video = streams.find(({ codec_type, width = 0 }) => codec_type === "video" && width > 0);
  if (video === undefined) return failed(problem("VIDEO_WITHOUT_PICTURE", { source: masked(source) }));
  return ok({
    video: {
      codec: video.codec_name ?? "unknown",
      profile: video.profile ?? null,
      width_px: video.width ?? 0,
      height_px: video.height ?? 0,
      pixel_format: video.pix_fmt ?? null,
      nominal_rate_fps: rate_fps(video),
    },
    audio: streams
      .filter(({ codec_type }) => codec_type === "audio")
      .map(({ codec_name = "unknown", sample_rate }) => ({
        codec: codec_name,
        sample_rate_hz: sample_rate === undefined ? null : Number(sample_rate),
      })),
  });
}

/** The kind of each picture of a file, such as `IBBPBBP`, in the order they are shown. */
export async function pictureKinds(file: string, stop: AbortSignal | undefined): Promise<Result<string>> {
  const entries = ["-select_streams", "v:0", "-show_entries", "frame=pict_type"];
  const said = await askFfprobe(picturesSchema, file, entries, stop);
  return said.ok ? ok(said.value.frames.map(({ pict_type = "?" }) => pict_type).join("")) : said;
}
