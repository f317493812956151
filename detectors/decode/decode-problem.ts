/** What ffmpeg said on its way out, turned into a problem with a next step. */
import { type Problem, problem } from "../../core/problems/problem.ts";
import { isLive, masked } from "../source/address.ts";

const liveSigns = [
  [/401 Unauthorized|403 Forbidden|authorization failed/i, "STREAM_UNAUTHORISED"],
  [/404 Not Found|454 Session Not Found/i, "STREAM_NOT_FOUND"],
  [/Connection refused/i, "STREAM_REFUSED"],
  [/timed out|No route to host|unreachable|resolve|Name or service not known/i, "STREAM_SILENT"],
] as const;

/** The last line that says something, without the `[demuxer @ 0x…] [error]` before it. */
export function lastWords(stderr: string): string {
  const lines = stderr
    .split("\n")
    .map((line) => line.replace(/^(\[[^\]]*\]\s*)+/, "").trim())
    .filter((line) => line !== "");
  return masked(lines.at(-1) ?? "ffmpeg gave no reason").replace(/[.\s]+$/, "");
}

/** `frames`: how many came out before the end. */
export function decodeProblem(source: string, stderr: string, frames: number): Problem {
  const shown = masked(source);
  if (/matches no streams|does not contain any stream/i.test(stderr)) {
    return problem("VIDEO_WITHOUT_PICTURE", { source: shown });
  }
  if (isLive(source)) {
    const sign = liveSigns.find(([pattern]) => pattern.test(stderr));
    if (sign !== undefined && frames === 0) return problem(sign[1], { source: shown });
    return problem("STREAM_LOST", { source: shown, reason: lastWords(stderr) });
  }
  if (frames === 0 && /No such file or directory/i.test(stderr)) return problem("VIDEO_MISSING", { source: shown });
  // ffmpeg repeats the path before its reason; the sentence names it already.
  const reason = lastWords(stderr.replaceAll(`file:${source}: `, ""));
  return problem("VIDEO_UNREADABLE", { source: shown, reason });
}
