/** The street that every camera of the benchmark shows: a shared video, scaled to 1080p H.264 as street cameras send it. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync } from "node:fs";
import { join } from "node:path";

export interface Film {
  /** Half a minute, to be sent over and over. */
  readonly round: string;
  /** The same many times over, so that no run sees its end. */
  readonly long: string;
  readonly width: number;
  readonly height: number;
  readonly frames_per_s: number;
}

const [width, height, frames_per_s] = [1920, 1080, 25] as const;
/** 27 minutes: twelve packages of evidence, one after another, on a machine with much else to do took 15. */
const rounds = 48;

function ffmpeg(args: readonly string[], into: string): void {
  const part = into.replace(/\.mp4$/, ".part.mp4");
  const command = ["-hide_banner", "-nostdin", "-v", "error", "-y", ...args, part];
  const run = spawnSync("ffmpeg", command, { encoding: "utf8" });
  if (run.status !== 0) throw new Error(`ffmpeg could not make the film: ${run.stderr.trim().split("\n").at(-1)}`);
  renameSync(part, into);
}

/**
 * Made once, into `folder`; null where the shared videos are not. 4 Mbit/s, a keyframe every two seconds and no B-frames, as
 * cameras are set for traffic.
 */
export function makeFilm(sharedVideos: string, folder: string): Film | null {
  const [round, long] = [join(folder, "junction-1080p.mp4"), join(folder, `junction-1080p-${rounds}-times.mp4`)];
  const source = join(sharedVideos, "junction-a.mp4");
  if (!existsSync(source) && !existsSync(long)) return null;
  mkdirSync(folder, { recursive: true });
  const coding = ["-c:v", "libx264", "-preset", "veryfast", "-b:v", "4M", "-maxrate", "6M", "-bufsize", "8M"];
  const camera = ["-g", "50", "-bf", "0", "-pix_fmt", "yuv420p", "-r", String(frames_per_s)];
  const scaled = ["-an", "-vf", `scale=${width}:${height}:flags=lanczos`];
  if (!existsSync(round)) ffmpeg(["-stream_loop", "3", "-i", source, ...scaled, ...coding, ...camera], round);
  if (!existsSync(long)) ffmpeg(["-stream_loop", String(rounds - 1), "-i", round, "-c", "copy"], long);
  return { round, long, width, height, frames_per_s };
}
