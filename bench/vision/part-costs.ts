/** Milliseconds of processor time that a look takes, part by part, without decoding. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { smallYoungHeap } from "../../detectors/camera/lean-process.ts";
import type { Setting } from "./contenders.ts";
import type { Film } from "./film.ts";

export interface PartCosts {
  /** Reading the picture from ffmpeg. */
  readonly pipe_ms: number;
  /** Whether the camera sees its street: nothing in most looks. */
  readonly watch_ms: number;
  readonly normalising_ms: number;
  readonly network_ms: number;
  /** The network's answer to boxes. */
  readonly boxes_ms: number;
  readonly tracks_ms: number;
  readonly lanes_ms: number;
}

const run = promisify(execFile);

/** In a process like a camera's, while nothing else of the benchmark runs. */
export async function partCosts(root: string, film: Film, { width, height, looks_per_s }: Setting): Promise<PartCosts> {
  const side = String(Math.max(width, height));
  const model = JSON.stringify({ input_px: Math.max(width, height) });
  const order = [film.long, side, String(looks_per_s), String(film.frames_per_s), model];
  const script = join(root, "dist", "bench", "vision", "parts.child.js");
  const { stdout } = await run(process.execPath, [...smallYoungHeap, script, ...order]);
  return JSON.parse(stdout) as PartCosts;
}
