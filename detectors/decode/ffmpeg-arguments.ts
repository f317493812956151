/** The command line of our ffmpeg. */
import { isLive, isRtsp } from "../source/address.ts";
import { isSecret, secretInput } from "./secret-source.ts";

/** Longer side of the pictures, unless the request says less. */
const longestSide_px = 1280;

export interface VideoRequest {
  readonly source: string;
  /** A file played at the speed it was filmed, as a stand-in for a camera. */
  readonly paced: boolean;
  /** Give up on a silent socket after this long. */
  readonly socket_timeout_s: number;
  /** Longer side of the pictures at most; absent: 1280. Larger ones cost copying and show the detector nothing more. */
  readonly long_side_px?: number;
  /** Pictures a second at most; the others are decoded and go no further. Absent: all. */
  readonly frames_per_s?: number;
  /** Threads that decode. Each beyond the first holds back one more picture. Absent: as many as ffmpeg likes. */
  readonly decoder_threads?: number;
}

/**
 * Opens a file or a stream: the options before `-i`, and the address behind it, or the list of `inputList` on standard
 * input. ffprobe takes the same.
 */
export function inputArguments({ source, socket_timeout_s }: Omit<VideoRequest, "paced">): string[] {
  if (isSecret(source)) return [...secretInput];
  const options: string[] = [];
  if (isRtsp(source)) options.push("-rtsp_transport", "tcp");
  if (isLive(source)) options.push("-timeout", String(Math.round(socket_timeout_s * 1e6)));
  return [...options, "-i", isLive(source) ? source : `file:${source}`];
}

/** Where the coded packets come out, when they are wanted. */
export const packetsFd = 3;
/** Where small pictures for people come out, when they are wanted. */
export const stillsFd = 4;

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
export const pictureTick = "1:5760000";

export const asNut: readonly string[] = [
  "-f",
  "nut",
  "-fflags",
  "+bitexact",
  "-write_index",
  "0",
  "-flush_packets",
  "1",
];

/** One JPEG a second, for people: what the detector is given is too small for them. */
const still = { longSide_px: 960, quality: "4" } as const;

/** What comes out of the same session besides the pictures. */
export interface SideOutputs {
  /** The coded packets, untouched. */
  readonly packets?: boolean;
  readonly stills?: boolean;
}

/**
 * Raw video alone carries no times, so pictures travel in NUT; `-copyts` and `passthrough` hand through the source's own
 * times with no frame invented or dropped.
 */
export function ffmpegArguments(
  request: VideoRequest,
  { packets = false, stills = false }: SideOutputs = {},
): string[] {
  // Otherwise 20 pictures are gathered to guess a rate that nobody asks for: five seconds of a slow camera.
  const live = ["-fpsprobesize", "0"];
  const file = request.paced ? ["-re"] : [];
  const video = ["-map", "0:v:0", "-map_metadata", "-1", "-map_chapters", "-1"];
  const threads = request.decoder_threads;
  return [
    ...["-hide_banner", "-nostdin", "-loglevel", "level+warning", "-copyts"],
    ...(threads === undefined ? [] : ["-filter_threads", "1", "-threads", String(threads)]),
    ...(isLive(request.source) ? live : file),
    ...inputArguments(request),
    ...video,
    ...["-vf", filters(request)],
    // A picture of another size must not be squeezed into the first one's: the pipe breaks, and is opened anew.
    ...["-autoscale", "0"],
    ...["-fps_mode", "passthrough", "-enc_time_base", pictureTick, "-c:v", "rawvideo", "-pix_fmt", "rgb24"],
    ...asNut,
    "pipe:1",
    ...(packets ? [...video, "-c", "copy", "-bsf:v", packetTimes, ...asNut, `pipe:${packetsFd}`] : []),
    ...(stills ? [...video, ...stillArguments(), ...asNut, `pipe:${stillsFd}`] : []),
  ];
}

function stillArguments(): string[] {
  const filter = [thinned(1), scaled(still.longSide_px), "format=yuvj420p"].join(",");
  return [
    "-vf",
    filter,
    "-autoscale",
    "0",
    "-fps_mode",
    "passthrough",
    "-c:v",
    "mjpeg",
    "-q:v",
    still.quality,
    "-threads",
    "1",
  ];
}

/** One picture for each tick of the wanted rate, as even as the source's own times allow. */
const thinned = (frames_per_s: number): string =>
  `select='not(eq(floor(t*${frames_per_s}),floor(prev_t*${frames_per_s})))'`;

function scaled(longSide_px: number): string {
  const side = (own: string, other: string): string => `'if(gte(${own},${other}),min(${longSide_px},${own}),-2)'`;
  return `scale=w=${side("iw", "ih")}:h=${side("ih", "iw")}:flags=area`;
}

/**
 * Thinning comes first, so that a picture nobody wants is not scaled. Scaling and colours are two steps: together they take
 * ffmpeg through a slow general path, apart each has a fast one, and the pipe's picture costs a third less.
 */
function filters({ frames_per_s, long_side_px = longestSide_px }: VideoRequest): string {
  return [
    ...(frames_per_s === undefined ? [] : [thinned(frames_per_s)]),
    scaled(long_side_px),
    "format=yuv420p",
    "scale",
    "format=rgb24",
  ].join(",");
}
