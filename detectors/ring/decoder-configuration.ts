/** Sample entries of MP4 for each codec: ISO/IEC 14496-15 5.3.3 (H.264) and 8.3.3 (H.265), QuickTime for JPEG. */
import { box, sampleEntry } from "./mp4-boxes.ts";
import { type ParameterSets, parameterSetsIn } from "./parameter-sets.ts";
import type { SegmentLine } from "./segment-lines.ts";
import { readSequenceH264 } from "./sequence-h264.ts";
import { readSequenceH265 } from "./sequence-h265.ts";

type Stream = Pick<SegmentLine, "codec" | "framing" | "width_px" | "height_px" | "config">;

const two = (value: number): number[] => [(value >> 8) & 255, value & 255];
const counted = (set: Uint8Array): Uint8Array => Buffer.concat([Uint8Array.from(two(set.length)), set]);

/** Profiles whose record ends with the colour format. */
const withFormat: ReadonlySet<number> = new Set([100, 110, 122, 144]);

function recordH264({ sps, pps }: ParameterSets): Uint8Array | null {
  const [first] = sps;
  const sequence = first === undefined ? null : readSequenceH264(first);
  if (first === undefined || sequence === null) return null;
  const [profile = 0, compatible = 0, level = 0] = first.subarray(1, 4);
  const { chromaFormat, lumaDepth, chromaDepth } = sequence;
  const format = [0xfc | chromaFormat, 0xf8 | (lumaDepth - 8), 0xf8 | (chromaDepth - 8), 0];
  return Buffer.concat([
    Uint8Array.of(1, profile, compatible, level, 0xff, 0xe0 | sps.length),
    ...sps.map(counted),
    Uint8Array.of(pps.length),
    ...pps.map(counted),
    Uint8Array.from(withFormat.has(profile) ? format : []),
  ]);
}

function recordH265({ vps, sps, pps }: ParameterSets): Uint8Array | null {
  const [first] = sps;
  const sequence = first === undefined ? null : readSequenceH265(first);
  if (sequence === null) return null;
  const { profile, subLayers, nested, chromaFormat, lumaDepth, chromaDepth } = sequence;
  const layers = ((subLayers + 1) << 3) | (nested ? 4 : 0) | 3;
  const arrays = (
    [
      [32, vps],
      [33, sps],
      [34, pps],
    ] as const
  ).filter(([, sets]) => sets.length > 0);
  return Buffer.concat([
    Uint8Array.of(1, ...profile, 0xf0, 0, 0xfc, 0xfc | chromaFormat, 0xf8 | (lumaDepth - 8), 0xf8 | (chromaDepth - 8)),
    Uint8Array.of(0, 0, layers, arrays.length),
    ...arrays.flatMap(([type, sets]) => [Uint8Array.of(type, ...two(sets.length)), ...sets.map(counted)]),
  ]);
}

function record({ codec, framing, config }: Stream): Uint8Array | null {
  const bytes = Buffer.from(config, "base64");
  if (framing === "lengths") return bytes;
  const sets = parameterSetsIn(codec, bytes);
  if (sets === null) return null;
  return codec === "h264" ? recordH264(sets) : recordH265(sets);
}

/** Null when the stream cannot be described: an unknown codec, or parameter sets that were never seen. */
export function sampleEntryOf(stream: Stream): Uint8Array | null {
  const { codec, width_px, height_px } = stream;
  if (codec === "mjpeg") return sampleEntry("jpeg", width_px, height_px, new Uint8Array(0));
  if (codec === "other") return null;
  const configuration = record(stream);
  if (configuration === null) return null;
  // `hev1`: parameter sets may come in the pictures too, as they do.
  const [entry, name] = codec === "h264" ? ["avc1", "avcC"] : ["hev1", "hvcC"];
  return sampleEntry(entry, width_px, height_px, box(name, configuration));
}
