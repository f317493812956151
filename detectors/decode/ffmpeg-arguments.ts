/** The command line of our ffmpeg. */
import { isLive, isRtsp } from "../source/address.ts";

/** Wider pictures cost copying and show the detector nothing more. */
const widest = 1280;

export interface VideoRequest {
  readonly source: string;
  /** A file played at the speed it was filmed, as a stand-in for a camera. */
  readonly paced: boolean;
  /** Give up on a silent socket after this long. */
  readonly socket_timeout_s: number;
}

/** Opens a file or a stream: the options before `-i`, and the address behind it. ffprobe takes the same. */
export function inputArguments({ source, socket_timeout_s }: Omit<VideoRequest, "paced">): string[] {
  const options: string[] = [];
  if (isRtsp(source)) options.push("-rtsp_transport", "tcp");
  if (isLive(source)) options.push("-timeout", String(Math.round(socket_timeout_s * 1e6)));
  return [...options, "-i", isLive(source) ? source : `file:${source}`];
}

/**
 * Raw video alone carries no times, so pictures travel in NUT; `-copyts` and `passthrough` hand through the source's own
 * times with no frame invented or dropped.
 */
export function ffmpegArguments(request: VideoRequest): string[] {
  // Otherwise 20 pictures are gathered to guess a rate that nobody asks for: five seconds of a slow camera.
  const live = ["-fpsprobesize", "0"];
  const file = request.paced ? ["-re"] : [];
  return [
    ...["-hide_banner", "-nostdin", "-loglevel", "error", "-copyts"],
    ...(isLive(request.source) ? live : file),
    ...inputArguments(request),
    ...["-map", "0:v:0", "-map_metadata", "-1", "-map_chapters", "-1"],
    ...["-vf", `scale=w='min(${widest},iw)':h=-2:flags=area`],
    ...["-fps_mode", "passthrough", "-c:v", "rawvideo", "-pix_fmt", "rgb24"],
    ...["-f", "nut", "-fflags", "+bitexact", "-write_index", "0", "-flush_packets", "1", "pipe:1"],
  ];
}
