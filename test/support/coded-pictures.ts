/** Packets as a camera sends them, made by hand or taken from a film, given to a recorder one by one. */
import { execFileSync } from "node:child_process";
import type { NutVideo } from "../../detectors/decode/nut-headers.ts";
import type { PacketTap } from "../../detectors/decode/packet-tap.ts";
import type { ScriptedClock } from "./data-folder.ts";

/** Sequence and picture parameter sets of 640x360 and of 320x240 pictures. */
export const parameterSets = {
  "640x360": Buffer.from("AAAAAWdkAB6s2UCgL/lwEQAAAwABAAADADIPFi2WAAAAAWjr48siwA==", "base64"),
  "320x240": Buffer.from("AAAAAWdCwA3ZAUH7ARAAAAMAEAAAAwMg8UKkgAAAAAFoy4PLIA==", "base64"),
} as const;

export const h264Stream: NutVideo = {
  fourcc: "H264",
  tick: { num: 1, den: 90_000 },
  codecData: new Uint8Array(0),
  msbPtsShift: 7,
  width: 640,
  height: 360,
};

const startCode = Uint8Array.of(0, 0, 0, 1);
const idr = 0x65;
const slice = 0x41;

/** `size` bytes of something that begins as a picture does. */
function picture(head: number, size: number): Uint8Array {
  return Buffer.concat([startCode, Uint8Array.of(head), new Uint8Array(size).fill(0x5a)]);
}

export const keyframe = (size: number, sets: keyof typeof parameterSets = "640x360"): Uint8Array =>
  Buffer.concat([parameterSets[sets], picture(idr, size)]);
export const difference = (size: number): Uint8Array => picture(slice, size);

export function give(tap: PacketTap, packet: Uint8Array, ticks: number, key: boolean): void {
  tap.take(packet.length, key).set(packet);
  tap.packet(ticks);
}

export interface StreamOrder {
  readonly seconds: number;
  /** From keyframe to keyframe. */
  readonly group_s: number;
  readonly from_ticks?: number;
  readonly bytes?: number;
  readonly sets?: keyof typeof parameterSets;
  /** After each picture, so that the disk may come along. */
  readonly meanwhile?: () => Promise<unknown>;
}

/** 25 pictures a second, beginning with a keyframe; the clock goes with them. */
export async function stream(tap: PacketTap, clock: ScriptedClock, order: StreamOrder): Promise<void> {
  const { seconds, group_s, from_ticks = 0, bytes = 500, sets = "640x360", meanwhile } = order;
  for (let n = 0; n < seconds * 25; n += 1) {
    const key = n % (group_s * 25) === 0;
    give(tap, key ? keyframe(bytes, sets) : difference(bytes), from_ticks + n * 3600, key);
    clock.advance(40);
    await meanwhile?.();
  }
}

/** The parameter sets at the head of what ffmpeg makes of a few grey pictures. */
export function headOfFilm(size: string, coding: readonly string[], format: "h264" | "hevc"): Uint8Array {
  const source = ["-f", "lavfi", "-i", `color=gray:size=${size}:rate=25`, "-frames:v", "2"];
  return execFileSync("ffmpeg", ["-v", "error", ...source, ...coding, "-f", format, "-"]);
}
