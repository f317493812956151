/** Child process: what decoding and looking cost here, in processor time, so that other work on the machine disturbs little. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ffmpegArguments } from "../decode/ffmpeg-arguments.ts";
import { loadCountingDetector } from "../inference/counting-detector.ts";
import { pictureSide_px } from "../inference/picture-side.ts";
import { modelSchema } from "../schema.ts";
import { lookCost_ms } from "./look-cost.ts";
import { usualFrames_per_s } from "./rates.ts";

const [width, height, sent_per_s, seconds] = [1920, 1080, 25, 5] as const;
const looks = 20;
const ticksPerS = 100;

const eye = { model: modelSchema.parse({}) };
const long_side_px = pictureSide_px(eye) ?? width;

/** Processor seconds of children that ended: fields 16 and 17 of proc(5)'s stat. */
function childrenCpu_s(): number {
  const stat = readFileSync("/proc/self/stat", "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[13]) + Number(fields[14])) / ticksPerS;
}

function ffmpeg(args: readonly string[]): void {
  const run = spawnSync("ffmpeg", args, { stdio: ["ignore", "ignore", "pipe"], encoding: "utf8" });
  if (run.error !== undefined) throw run.error;
  if (run.status !== 0) throw new Error(run.stderr.trim().split("\n").at(-1) ?? "ffmpeg failed");
}

/** Five seconds as a camera would send them: moving shapes and noise, 4 Mbit/s. */
function decodeCost_ms(folder: string): number {
  const file = join(folder, "street.mp4");
  const shapes = `testsrc2=size=${width}x${height}:rate=${sent_per_s}:duration=${seconds}`;
  const coding = ["-vf", "noise=alls=12:allf=t", "-c:v", "libx264", "-preset", "veryfast", "-b:v", "4M", "-bf", "0"];
  ffmpeg(["-v", "error", "-f", "lavfi", "-i", shapes, ...coding, "-pix_fmt", "yuv420p", file]);
  const wanted = { long_side_px, frames_per_s: usualFrames_per_s, decoder_threads: 1 };
  const before_s = childrenCpu_s();
  ffmpeg(ffmpegArguments({ source: file, paced: false, socket_timeout_s: 10, ...wanted }));
  return ((childrenCpu_s() - before_s) * 1000) / (sent_per_s * seconds);
}

async function measure(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "greenwave-measure-"));
  try {
    const detector = await loadCountingDetector(1, eye);
    const look_ms = await lookCost_ms(detector, long_side_px, looks);
    await detector.close();
    const costs = { decode_ms: decodeCost_ms(folder), look_ms };
    await new Promise((resolve) => process.send?.(costs, resolve));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The last line on stderr is what the parent shows as the reason. */
measure().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
process.on("disconnect", () => process.exit(0));
