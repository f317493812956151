/** What a segment says of its stream: from the container at first, from the parameter sets of its keyframes afterwards. */
import type { NutVideo } from "../decode/nut-headers.ts";
import { codecOf, framingOf } from "./codec.ts";
import { joined, parameterSetsIn } from "./parameter-sets.ts";
import type { SegmentHead } from "./ring-writer.ts";
import { readSequenceH264 } from "./sequence-h264.ts";
import { readSequenceH265 } from "./sequence-h265.ts";

/** Garbage in the place of a parameter set may say anything. */
const possible = (side_px: number): boolean => side_px >= 16 && side_px <= 16_384;

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");

export function headOf(video: NutVideo, session_ms: number): SegmentHead {
  const codec = codecOf(video.fourcc);
  const framing = framingOf(codec, video);
  const sets = framing === "start_codes" ? parameterSetsIn(codec, video.codecData) : null;
  const config = framing === "start_codes" ? (sets === null ? "" : base64(joined(sets))) : base64(video.codecData);
  const tick: [number, number] = [video.tick.num, video.tick.den];
  const size = { width_px: video.width, height_px: video.height };
  return { session_ms, codec, fourcc: video.fourcc, framing, ...size, tick, config };
}

/** What a keyframe's own parameter sets change in it; null when they change nothing or it has none. */
export function changedBy(head: SegmentHead, keyframe: Uint8Array): SegmentHead | null {
  if (head.framing !== "start_codes") return null;
  const sets = parameterSetsIn(head.codec, keyframe);
  const [sps] = sets?.sps ?? [];
  if (sets === null || sps === undefined) return null;
  const config = base64(joined(sets));
  if (config === head.config) return null;
  const size = head.codec === "h264" ? readSequenceH264(sps) : readSequenceH265(sps);
  if (size === null || !possible(size.width) || !possible(size.height)) return { ...head, config };
  return { ...head, config, width_px: size.width, height_px: size.height };
}
