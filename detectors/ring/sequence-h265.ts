/** The sequence parameter set of H.265 (ITU-T H.265 7.3.2.2.1), as far as MP4 and the picture's size need it. */
import { BitReader, rawPayload } from "./bit-reader.ts";
import type { Sequence } from "./sequence-h264.ts";

export interface SequenceH265 extends Sequence {
  /** general_profile_space … general_level_idc, the twelve bytes that MP4 repeats. */
  readonly profile: Uint8Array;
  readonly subLayers: number;
  readonly nested: boolean;
}

function skipSubLayers(bits: BitReader, count: number): void {
  const present: [number, number][] = [];
  for (let layer = 0; layer < count; layer += 1) present.push([bits.bit(), bits.bit()]);
  if (count > 0) bits.skip(2 * (8 - count));
  for (const [profile, level] of present) bits.skip(profile * 88 + level * 8);
}

/** `unit`: the set with its head of two bytes. Null when it is cut short. */
export function readSequenceH265(unit: Uint8Array): SequenceH265 | null {
  const raw = rawPayload(unit.subarray(2));
  const bits = new BitReader(raw);
  bits.skip(4);
  const subLayers = bits.bits(3);
  const nested = bits.bit() === 1;
  const profile = raw.slice(1, 13);
  bits.skip(96);
  skipSubLayers(bits, subLayers);
  bits.ue();
  const chromaFormat = bits.ue();
  const separate = chromaFormat === 3 ? bits.bit() : 0;
  const [codedWidth, codedHeight] = [bits.ue(), bits.ue()];
  const crop = bits.bit() === 1 ? [bits.ue(), bits.ue(), bits.ue(), bits.ue()] : [0, 0, 0, 0];
  const [left = 0, right = 0, top = 0, bottom = 0] = crop;
  const [lumaDepth, chromaDepth] = [bits.ue() + 8, bits.ue() + 8];
  if (bits.short || profile.length < 12) return null;
  const stepX = separate === 0 && (chromaFormat === 1 || chromaFormat === 2) ? 2 : 1;
  const stepY = separate === 0 && chromaFormat === 1 ? 2 : 1;
  const width = codedWidth - (left + right) * stepX;
  const height = codedHeight - (top + bottom) * stepY;
  return { profile, subLayers, nested, chromaFormat, lumaDepth, chromaDepth, width, height };
}
