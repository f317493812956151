/** What the system must bring along. */
import { spawn } from "node:child_process";
import { type Problem, problem } from "../../core/problems/problem.ts";

/** Null when ffmpeg answers; otherwise what to type. */
export function ffmpegProblem(): Promise<Problem | null> {
  return new Promise((resolve) => {
    const child = spawn("ffmpeg", ["-version"], { stdio: "ignore" });
    child.on("error", () => resolve(problem("FFMPEG_MISSING")));
    child.on("close", (code) => resolve(code === 0 ? null : problem("FFMPEG_MISSING")));
  });
}
