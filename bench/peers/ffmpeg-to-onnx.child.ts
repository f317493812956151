/**
 * A peer: what a Node programmer writes first. ffmpeg scales and pads to the network's input, its raw pictures are cut out of
 * the pipe, normalised and given to ONNX Runtime with its own settings. No boxes, no tracks, no counts: it stops where ours goes on.
 */
import { spawn } from "node:child_process";
import { InferenceSession, Tensor } from "onnxruntime-node";

const [source = "", model = "", width = "", height = "", rate = "", film = ""] = process.argv.slice(2);
const [columns, rows] = [Number(width), Number(height)];
const area = columns * rows;
const mean = [103.53, 116.28, 123.675] as const;
const std = [57.375, 57.12, 58.395] as const;

const session = await InferenceSession.create(model);
const [input = ""] = session.inputNames;
const filter = [
  `fps=${rate}`,
  `scale=${width}:${height}:force_original_aspect_ratio=decrease`,
  `pad=${width}:${height}:0:0:color=0x727272`,
].join(",");
const pictures = ["-vf", filter, "-f", "rawvideo", "-pix_fmt", "bgr24", "pipe:1"];
const ffmpeg = spawn("ffmpeg", ["-v", "error", "-i", source, ...pictures], { stdio: ["ignore", "pipe", "inherit"] });
process.on("SIGTERM", () => {
  ffmpeg.kill("SIGTERM");
  process.exit(0);
});

let frames = 0;
setInterval(() => process.stdout.write(`${frames}\n`), 100);

let waiting = Buffer.alloc(0);
for await (const chunk of ffmpeg.stdout) {
  waiting = Buffer.concat([waiting, chunk]);
  while (waiting.length >= area * 3) {
    const picture = waiting.subarray(0, area * 3);
    waiting = waiting.subarray(area * 3);
    const values = new Float32Array(area * 3);
    for (let pixel = 0; pixel < area; pixel++) {
      for (let plane = 0; plane < 3; plane++) {
        values[plane * area + pixel] = ((picture[pixel * 3 + plane] ?? 0) - (mean[plane] ?? 0)) / (std[plane] ?? 1);
      }
    }
    await session.run({ [input]: new Tensor("float32", values, [1, 3, rows, columns]) });
    frames += Number(film) / Number(rate);
  }
}
process.exit(0);
