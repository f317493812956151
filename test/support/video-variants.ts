/** The same street filmed otherwise: what a camera, a codec or another hand at the lines file may do to it. */
import { execFileSync } from "node:child_process";

/** Shares of the picture. */
export type Point = readonly [x: number, y: number];
export type Segment = readonly [from: Point, to: Point];

export interface Variant {
  readonly name: string;
  /** For ffmpeg's -vf; `null` for the video as it is. */
  readonly filter: string | null;
  /** H.264's constant rate factor. */
  readonly crf?: number;
  /** Where the line lies in the variant's picture. */
  readonly line?: (line: Segment) => Segment;
  /** Does everybody cross the other way, as the line's walker sees it? */
  readonly turned?: boolean;
}

const mapped =
  (move: (point: Point) => Point) =>
  ([from, to]: Segment): Segment => [move(from), move(to)];

const mirror = mapped(([x, y]) => [1 - x, y]);

/** The inner share of the picture, which is `from` to `1 - from`. */
const cropped = (from: number): Variant => ({
  name: `cropped by ${from * 100} % at each side`,
  filter: `crop=iw*${1 - 2 * from}:ih*${1 - 2 * from}`,
  line: (line) => inside(mapped(([x, y]) => [(x - from) / (1 - 2 * from), (y - from) / (1 - 2 * from)])(line)),
});

const rate = (pictures: number): Variant => ({ name: `${pictures} pictures/s`, filter: `fps=${pictures}` });

/** Turned clockwise around the middle of a 16:9 picture. */
function rotated(degrees: number): Variant {
  const angle = (degrees * Math.PI) / 180;
  const aspect = 16 / 9;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const turn = mapped(([x, y]) => {
    const [u, v] = [(x - 0.5) * aspect, y - 0.5];
    return [(u * cos - v * sin) / aspect + 0.5, u * sin + v * cos + 0.5];
  });
  return {
    name: `rotated by ${degrees} degrees`,
    filter: `rotate=${angle}:fillcolor=0x606060`,
    line: (line) => inside(turn(line)),
  };
}

/** Across itself by this share of the picture's height, and turned around its middle. */
const lineMoved = (across: number, degrees = 0): Variant => ({
  name: `line moved by ${across * 100} % and tilted by ${degrees} degrees`,
  filter: null,
  line: ([[ax, ay], [bx, by]]) => {
    const aspect = 16 / 9;
    const [middleX, middleY] = [((ax + bx) / 2) * aspect, (ay + by) / 2];
    const [dx, dy] = [((bx - ax) / 2) * aspect, (by - ay) / 2];
    const angle = (degrees * Math.PI) / 180;
    const [ux, uy] = [dx * Math.cos(angle) - dy * Math.sin(angle), dx * Math.sin(angle) + dy * Math.cos(angle)];
    const half = Math.hypot(dx, dy);
    const [offX, offY] = [(-dy / half) * across, (dx / half) * across];
    return inside([
      [(middleX - ux + offX) / aspect, middleY - uy + offY],
      [(middleX + ux + offX) / aspect, middleY + uy + offY],
    ]);
  },
});

/** The part of a segment that lies in the picture (Liang and Barsky 1984). */
function inside([[ax, ay], [bx, by]]: Segment): Segment {
  let [enter, leave] = [0, 1];
  for (const [start, run] of [
    [ax, bx - ax],
    [ay, by - ay],
  ] as const) {
    if (run === 0) continue;
    const [one, other] = [-start / run, (1 - start) / run];
    enter = Math.max(enter, Math.min(one, other));
    leave = Math.min(leave, Math.max(one, other));
  }
  const at = (share: number): Point => [clamp(ax + (bx - ax) * share), clamp(ay + (by - ay) * share)];
  return [at(enter), at(leave)];
}

const clamp = (value: number): number => Math.min(1, Math.max(0, value));

export const asFilmed: Variant = { name: "as filmed", filter: null };

export const variants: readonly Variant[] = [
  { name: "mirrored", filter: "hflip", line: mirror, turned: true },
  { name: "backwards in time", filter: "reverse", turned: true },
  cropped(0.06),
  { name: "1920x1080", filter: "scale=1920:1080:flags=bicubic" },
  { name: "854x480", filter: "scale=854:480:flags=bicubic" },
  { name: "426x240", filter: "scale=426:240:flags=area" },
  rate(12.5),
  rate(8),
  rate(5),
  { name: "coded hard", filter: null, crf: 38 },
  { name: "brighter", filter: "eq=brightness=0.15" },
  { name: "darker", filter: "eq=brightness=-0.15" },
  { name: "little contrast", filter: "eq=contrast=0.6" },
  { name: "much contrast", filter: "eq=contrast=1.6" },
  { name: "without colour", filter: "hue=s=0" },
  { name: "noisy", filter: "noise=alls=24:allf=t" },
  { name: "out of focus", filter: "gblur=sigma=1.6" },
  { name: "trembling", filter: "crop=iw-12:ih-8:6+3*sin(n*1.7):4+3*cos(n*2.3)" },
  rotated(4),
  rotated(-4),
  lineMoved(0.04),
  lineMoved(-0.04),
  lineMoved(0, 8),
  lineMoved(0, -8),
];

/** Writes the variant of `source` to `into`. */
export function film({ filter, crf = 20 }: Variant, source: string, into: string): void {
  const coded = ["-c:v", "libx264", "-preset", "veryfast", "-crf", `${crf}`, "-pix_fmt", "yuv420p", "-an"];
  execFileSync("ffmpeg", [
    ...["-v", "error", "-y", "-i", source],
    ...(filter === null ? [] : ["-vf", filter]),
    ...[...coded, into],
  ]);
}
