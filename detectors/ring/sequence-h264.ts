/** The sequence parameter set of H.264 (ITU-T H.264 7.3.2.1.1), as far as MP4 and the picture's size need it. */
import { BitReader, rawPayload } from "./bit-reader.ts";

export interface Sequence {
  readonly width: number;
  readonly height: number;
  readonly chromaFormat: number;
  readonly lumaDepth: number;
  readonly chromaDepth: number;
}

interface Format {
  readonly chromaFormat: number;
  /** Each colour is a picture of its own. */
  readonly separate: boolean;
  readonly lumaDepth: number;
  readonly chromaDepth: number;
}

const plain: Format = { chromaFormat: 1, separate: false, lumaDepth: 8, chromaDepth: 8 };

/** Profiles whose sets tell the colour format. */
const withFormat: ReadonlySet<number> = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135]);

function skipScalingList(bits: BitReader, size: number): void {
  let last = 8;
  let next = 8;
  for (let n = 0; n < size && !bits.short; n += 1) {
    if (next !== 0) next = (last + bits.se() + 256) % 256;
    last = next === 0 ? last : next;
  }
}

function readFormat(bits: BitReader): Format {
  const chromaFormat = bits.ue();
  const separate = chromaFormat === 3 && bits.bit() === 1;
  const [lumaDepth, chromaDepth] = [bits.ue() + 8, bits.ue() + 8];
  bits.bit();
  if (bits.bit() === 1) {
    for (let list = 0; list < (chromaFormat === 3 ? 12 : 8); list += 1) {
      if (bits.bit() === 1) skipScalingList(bits, list < 6 ? 16 : 64);
    }
  }
  return { chromaFormat, separate, lumaDepth, chromaDepth };
}

function skipPictureOrder(bits: BitReader): void {
  const type = bits.ue();
  if (type === 0) bits.ue();
  if (type !== 1) return;
  bits.bit();
  bits.se();
  bits.se();
  const cycle = bits.ue();
  for (let n = 0; n < cycle && !bits.short; n += 1) bits.se();
}

/** `unit`: the set with its head of one byte. Null when it is cut short. */
export function readSequenceH264(unit: Uint8Array): Sequence | null {
  const bits = new BitReader(rawPayload(unit.subarray(1)));
  const profile = bits.bits(8);
  bits.skip(16);
  bits.ue();
  const format = withFormat.has(profile) ? readFormat(bits) : plain;
  bits.ue();
  skipPictureOrder(bits);
  bits.ue();
  bits.bit();
  const width = (bits.ue() + 1) * 16;
  const units = bits.ue() + 1;
  const fields = 2 - bits.bit();
  if (fields === 2) bits.bit();
  bits.bit();
  const height = units * 16 * fields;
  const crop = bits.bit() === 1 ? [bits.ue(), bits.ue(), bits.ue(), bits.ue()] : [0, 0, 0, 0];
  const [left = 0, right = 0, top = 0, bottom = 0] = crop;
  const { chromaFormat, separate, lumaDepth, chromaDepth } = format;
  const stepX = !separate && (chromaFormat === 1 || chromaFormat === 2) ? 2 : 1;
  const stepY = (!separate && chromaFormat === 1 ? 2 : 1) * fields;
  if (bits.short) return null;
  const size = { width: width - (left + right) * stepX, height: height - (top + bottom) * stepY };
  return { ...size, chromaFormat, lumaDepth, chromaDepth };
}
