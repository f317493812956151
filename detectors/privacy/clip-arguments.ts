/** The command lines of the two ffmpegs between which a clip's pictures are redacted. */
import { asNut, pictureTick } from "../decode/ffmpeg-arguments.ts";

/** Of the redacted clip: a whole multiple of what cameras and RTP use. */
export const encodedTicks_hz = 90_000;

/** Pictures at full size with their own times, as in `decode/ffmpeg-arguments.ts`, but in the planes the codec keeps. */
export function clipDecoding(clip: string): string[] {
  return [
    ...["-hide_banner", "-nostdin", "-loglevel", "level+error", "-copyts", "-threads", "1", "-i", `file:${clip}`],
    ...["-map", "0:v:0", "-map_metadata", "-1", "-vf", "format=yuv420p", "-autoscale", "0"],
    ...["-fps_mode", "passthrough", "-enc_time_base", pictureTick, "-c:v", "rawvideo", "-pix_fmt", "yuv420p"],
    ...asNut,
    "pipe:1",
  ];
}

/** A keyframe at least so often: a player steps back one picture without decoding long. */
const keyframes = "25";

/**
 * One thread, and nothing that names the encoder's version: the same pictures give the same bytes. No picture refers to a
 * later one, so that pictures stand in the file as they are shown.
 */
export function clipEncoding(out: string, burn: string | null): string[] {
  const even = "pad=ceil(iw/2)*2:ceil(ih/2)*2";
  return [
    ...["-hide_banner", "-nostdin", "-loglevel", "level+error", "-filter_threads", "1", "-f", "ivf", "-i", "pipe:0"],
    ...["-vf", burn === null ? even : `${even},${burn}`, "-fps_mode", "passthrough"],
    ...["-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-threads", "1", "-bf", "0", "-g", keyframes],
    ...[
      "-pix_fmt",
      "yuv420p",
      "-enc_time_base",
      `1:${encodedTicks_hz}`,
      "-video_track_timescale",
      `${encodedTicks_hz}`,
    ],
    ...["-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-movflags", "+faststart"],
    ...["-f", "mp4", "-y", `file:${out}`],
  ];
}
