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

/** Where the coded packets come out, when they are wanted. */
export const packetsFd = 3;

/**
 * A packet's time in the second output is its own plus this; one below has none of its own and carries its number
 * instead. NUT refuses packets without a time, before zero or out of step, and one refused packet would end the decoding
 * beside it; the first packets of an RTSP session often have none.
 */
export const packetTimesFrom = 2 ** 32;

const packetTimes = `setts=dts=N:pts=if(eq(PTS\\,NOPTS)\\,N\\,PTS+${packetTimesFrom})`;

/**
 * Without it ffmpeg rounds the times of raw pictures to the declared frame rate. The ticks of RTP (1/90000) and of the usual
 * files (1/12800, 1/15360, 1/24000, 1/30000, 1/1000) are whole multiples of this one.
 */
const pictureTick = "1:5760000";

const asNut = ["-f", "nut", "-fflags", "+bitexact", "-write_index", "0", "-flush_packets", "1"];

/**
 * Raw video alone carries no times, so pictures travel in NUT; `-copyts` and `passthrough` hand through the source's own
 * times with no frame invented or dropped. `packets`: the coded packets too, untouched, out of the same session.
 */
export function ffmpegArguments(request: VideoRequest, packets = false): string[] {
  // Otherwise 20 pictures are gathered to guess a rate that nobody asks for: five seconds of a slow camera.
  const live = ["-fpsprobesize", "0"];
  const file = request.paced ? ["-re"] : [];
  const video = ["-map", "0:v:0", "-map_metadata", "-1", "-map_chapters", "-1"];
  return [
    ...["-hide_banner", "-nostdin", "-loglevel", "level+warning", "-copyts"],
    ...(isLive(request.source) ? live : file),
    ...inputArguments(request),
    ...video,
    ...["-vf", `scale=w='min(${widest},iw)':h=-2:flags=area`],
    // A picture of another size must not be squeezed into the first one's: the pipe breaks, and is opened anew.
    ...["-autoscale", "0"],
    ...["-fps_mode", "passthrough", "-enc_time_base", pictureTick, "-c:v", "rawvideo", "-pix_fmt", "rgb24"],
    ...asNut,
    "pipe:1",
    ...(packets ? [...video, "-c", "copy", "-bsf:v", packetTimes, ...asNut, `pipe:${packetsFd}`] : []),
  ];
}
