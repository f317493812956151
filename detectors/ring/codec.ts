/** What kind of coded picture a stream carries. */
import type { NutVideo } from "../decode/nut-headers.ts";

/** `other` is kept like every stream, but not cut into clips. */
export const codecs = ["h264", "h265", "mjpeg", "other"] as const;
export type Codec = (typeof codecs)[number];

/** Units behind start codes, units behind lengths (from MP4 files), or no units at all. */
export const framings = ["start_codes", "lengths", "none"] as const;
export type Framing = (typeof framings)[number];

const names: Readonly<Record<string, Codec>> = {
  h264: "h264",
  avc1: "h264",
  x264: "h264",
  hevc: "h265",
  hev1: "h265",
  hvc1: "h265",
  h265: "h265",
  mjpg: "mjpeg",
  jpeg: "mjpeg",
};

export const codecOf = (fourcc: string): Codec => names[fourcc.toLowerCase()] ?? "other";

/** MP4's configuration records begin with their version, 1; start codes with 0. */
export function framingOf(codec: Codec, { codecData }: NutVideo): Framing {
  if (codec !== "h264" && codec !== "h265") return "none";
  return codecData[0] === 1 ? "lengths" : "start_codes";
}
