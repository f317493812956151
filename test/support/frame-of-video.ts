/** One frame of a video file as RGB bytes, by the system's ffmpeg. */
import { execFileSync } from "node:child_process";

/** `size`: [width, height] the frame is scaled to, so that the caller knows how many bytes come. */
export function frameOfVideo(file: string, index: number, [width, height]: readonly [number, number]): Uint8Array {
  const select = `select=eq(n\\,${index}),scale=${width}:${height}`;
  const output = ["-frames:v", "1", "-f", "rawvideo", "-pix_fmt", "rgb24", "-"];
  const rgb = execFileSync("ffmpeg", ["-v", "error", "-i", file, "-vf", select, ...output], {
    maxBuffer: width * height * 3 + 1,
  });
  if (rgb.length !== width * height * 3) throw new Error(`${file} has no frame ${index}`);
  return rgb;
}
