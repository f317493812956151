/** A film whose every picture shows its own number, in eight bars of black or white, so that a picture can be known again. */
import { execFileSync } from "node:child_process";

const [filmWidth, filmHeight] = [256, 144];
const bits = 8;
const bar = filmWidth / bits;
const mostNumbers = 2 ** bits;

function pictureOf(number: number): Uint8Array {
  const grey = new Uint8Array(filmWidth * filmHeight);
  for (let y = 0; y < filmHeight; y += 1) {
    for (let bit = 0; bit < bits; bit += 1) {
      const level = (number >> bit) & 1 ? 220 : 30;
      grey.fill(level, y * filmWidth + bit * bar, y * filmWidth + (bit + 1) * bar);
    }
  }
  return grey;
}

/** 25 pictures a second, numbered from 0 to at most 255. `coding`: ffmpeg's options for the output. */
export function makeNumberedFilm(file: string, pictures: number, coding: readonly string[]): void {
  const input = ["-f", "rawvideo", "-pix_fmt", "gray", "-s", `${filmWidth}x${filmHeight}`, "-r", "25", "-i", "-"];
  execFileSync("ffmpeg", ["-v", "error", "-y", ...input, "-pix_fmt", "yuv420p", ...coding, file], {
    input: Buffer.concat(Array.from({ length: pictures }, (_, n) => pictureOf(n % mostNumbers))),
  });
}

/** `samples`: how many bytes a pixel has. */
export function numberIn(picture: Uint8Array, width: number, height: number, samples = 3): number {
  let number = 0;
  for (let bit = 0; bit < bits; bit += 1) {
    const x = Math.floor(((bit + 0.5) * width) / bits);
    const level = picture[(Math.floor(height / 2) * width + x) * samples] ?? 0;
    if (level > 128) number += 1 << bit;
  }
  return number;
}

/** The numbers in a video file, in the order in which a player shows them. */
export function numbersIn(file: string): readonly number[] {
  const output = [
    "-fps_mode",
    "passthrough",
    "-s",
    `${filmWidth}x${filmHeight}`,
    "-f",
    "rawvideo",
    "-pix_fmt",
    "gray",
    "-",
  ];
  const grey = execFileSync("ffmpeg", ["-v", "error", "-i", file, ...output], { maxBuffer: 1 << 28 });
  const size = filmWidth * filmHeight;
  return Array.from({ length: grey.length / size }, (_, n) =>
    numberIn(grey.subarray(n * size, (n + 1) * size), filmWidth, filmHeight, 1),
  );
}
