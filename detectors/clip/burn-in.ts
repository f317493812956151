/** Burns an overlay into a copy of a video or picture. Never into an original: what is burned in cannot be taken out again. */
import ffmpeg from "fluent-ffmpeg";
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";
import { decodeProblem } from "../decode/decode-problem.ts";
import { burnFilter } from "./overlay.ts";

export interface BurnInOrder {
  /** A redacted copy. */
  readonly file: string;
  /** Ends in .jpg for a picture, else a video of H.264. */
  readonly out: string;
  /** File with what `overlayDocument` made. */
  readonly overlay: string;
  /** Hears the share that is done, 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

const longest_s = 300;
/** Else a `%` in a path makes it a pattern of many. */
const oneFile = ["-f", "image2", "-pattern_type", "none"] as const;
const picture = ["-q:v", "2", "-frames:v", "1", "-pix_fmt", "yuvj420p", "-update", "1"] as const;
const video = [
  "-c:v",
  "libx264",
  "-preset",
  "veryfast",
  "-crf",
  "20",
  "-pix_fmt",
  "yuv420p",
  "-movflags",
  "+faststart",
  "-fps_mode",
  "passthrough",
  "-an",
] as const;

/** Fails with `FFMPEG_MISSING` or what ffmpeg says. Aborting `stop` ends it. */
export function burnIn({ file, out, overlay, onProgress }: BurnInOrder, stop?: AbortSignal): Promise<Result<void>> {
  return new Promise((resolve) => {
    const still = out.endsWith(".jpg");
    const command = ffmpeg(file, { timeout: longest_s })
      .inputOptions(still ? [...oneFile] : [])
      .videoFilters(burnFilter(overlay))
      .outputOptions(still ? [...picture] : [...video])
      .output(out);
    const end = (): void => {
      command.kill("SIGTERM");
    };
    const finish = (result: Result<void>): void => {
      stop?.removeEventListener("abort", end);
      resolve(result);
    };
    stop?.addEventListener("abort", end, { once: true });
    if (onProgress !== undefined) {
      command.on("progress", ({ percent }) => onProgress(Math.min(1, Math.max(0, (percent ?? 0) / 100))));
    }
    command
      .on("end", () => finish(ok(undefined)))
      .on("error", (error: Error, _out: string | null, words: string | null) => {
        const missing = /Cannot find ffmpeg/.test(error.message);
        if (missing) finish(failed(problem("FFMPEG_MISSING", { source: file, reason: error.message })));
        else finish(failed(decodeProblem(file, words ?? error.message, 0)));
      })
      .run();
  });
}
