/** Decoding alone: our ffmpeg, whose pictures are read from the pipe and thrown away. */
import { spawn } from "node:child_process";
import { ffmpegArguments } from "../../detectors/decode/ffmpeg-arguments.ts";
import { openOneBufferPipe } from "../../detectors/decode/one-buffer-pipe.ts";
import { Tally } from "./tally.ts";

const [source = "", longSide = "", width = "", height = ""] = process.argv.slice(2);
const long_side_px = Number(longSide);
const scale = Math.min(1, long_side_px / Math.max(Number(width), Number(height)));
const even = (side: number): number => Math.round((side * scale) / 2) * 2;
const frameBytes = even(Number(width)) * even(Number(height)) * 3;
const request = { source, paced: false, socket_timeout_s: 10, long_side_px, decoder_threads: 1 };

const tally = new Tally();
const { childs, ours } = await openOneBufferPipe((bytes) => {
  tally.add(bytes.length / frameBytes);
  return true;
});
const ffmpeg = spawn("ffmpeg", ffmpegArguments(request), { stdio: ["ignore", childs, "inherit"] });
childs.destroy();
ours.resume();
ffmpeg.once("close", () => tally.end());
process.on("SIGTERM", () => {
  ffmpeg.kill("SIGTERM");
  tally.end();
});
