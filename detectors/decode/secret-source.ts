/**
 * How an address with a password reaches ffmpeg. Every user of a machine can read the arguments of all its programs, so it
 * travels through ffmpeg's standard input, as a list of one (the `ffconcat` form), and stands in no argument.
 */
import type { Writable } from "node:stream";
import { isLive, isRtsp, masked } from "../source/address.ts";

interface Source {
  readonly source: string;
  readonly socket_timeout_s: number;
}

/** What a list may lead to: the streams that `isLive` knows, and nothing on this machine. */
const protocols = "pipe,tcp,udp,rtp,rtsp,rtsps,tls,http,https,httpproxy,crypto,rtmp,srt";

/** It holds something that `masked` hides. */
export const isSecret = (source: string): boolean => isLive(source) && masked(source) !== source;

/** In the place of the address: read a list from standard input. */
export const secretInput = ["-protocol_whitelist", protocols, "-safe", "0", "-f", "concat", "-i", "pipe:0"] as const;

/** The list; null for a source that may stand among the arguments. Quoting as in ffmpeg's utilities manual, section 2.1. */
export function inputList({ source, socket_timeout_s }: Source): string | null {
  if (!isSecret(source)) return null;
  const quoted = source.replaceAll(/[\r\n\0]/g, "").replaceAll("'", "'\\''");
  const options = {
    ...(isRtsp(source) ? { rtsp_transport: "tcp" } : {}),
    timeout: Math.round(socket_timeout_s * 1e6),
    fpsprobesize: 0,
  };
  const lines = Object.entries(options).map(([name, value]) => `option ${name} ${value}`);
  return ["ffconcat version 1.0", `file '${quoted}'`, ...lines, ""].join("\n");
}

/** Hands the list over. A program that is gone already reads nothing; its end says why. */
export function handOver(stdin: Writable | null, list: string | null): void {
  if (list === null) return;
  stdin?.on("error", () => undefined);
  stdin?.end(list);
}
