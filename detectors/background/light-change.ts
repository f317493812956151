/**
 * How much brighter or darker the whole picture is than the background was learned, a colour at a time: a camera's
 * exposure and white balance follow each large vehicle, and clouds do the same. The median of the pixels' ratios is right
 * as long as vehicles cover less than half of the picture.
 */

/** Ratios are counted in steps of 1/32 octave, three octaves down and up. */
const perOctave = 32;
const octaves = 3;
const bins = 2 * octaves * perOctave + 1;
/** Darker values have no meaningful ratio. */
const least = 6;
/** Every so many pixels are looked at. */
const stride = 7;

/** Strongest amplification of a dark picture: beyond, nothing but noise grows. */
const strongest = 4;
/** A change that stays for about this long and is larger than this factor is the new light. */
const lasting_s = 30;
const lastingFactor = 1.3;

export interface LightChange {
  /** Picture over background for red, green, blue, after `remove`. */
  readonly gain: Float32Array;
  /** Takes the change out of `rgb`, in place; both are [pixels x 3]. The answer is the factor by which noise grew. */
  remove(rgb: Float32Array, background: Float32Array): number;
  /** Has the light been another one for long? Then the background should take on `gain`. */
  lasts(dt_s: number): boolean;
}

export function createLightChange(): LightChange {
  const gain = new Float32Array(3).fill(1);
  const counts = new Int32Array(bins);
  let usual = 0;
  return {
    gain,
    remove(rgb, background) {
      for (let channel = 0; channel < 3; channel++) {
        const counted = count(rgb, background, channel, counts);
        const ratio = counted === 0 ? 1 : 2 ** (median(counts, counted) / perOctave - octaves);
        gain[channel] = Math.max(1 / strongest, ratio);
        const inverse = 1 / (gain[channel] as number);
        for (let at = channel; at < rgb.length; at += 3) rgb[at] = (rgb[at] as number) * inverse;
      }
      return Math.max(1, 1 / Math.min(...gain));
    },
    lasts(dt_s) {
      usual += Math.min(1, dt_s / lasting_s) * (Math.log(gain[1] as number) - usual);
      if (Math.abs(usual) < Math.log(lastingFactor)) return false;
      usual = 0;
      return true;
    },
  };
}

function count(rgb: Float32Array, background: Float32Array, channel: number, counts: Int32Array): number {
  counts.fill(0);
  let counted = 0;
  for (let at = channel; at < rgb.length; at += 3 * stride) {
    const now = rgb[at] as number;
    const before = background[at] as number;
    if (now < least || before < least || now > 250) continue;
    const bin = Math.round((Math.log2(now / before) + octaves) * perOctave);
    if (bin < 0 || bin >= bins) continue;
    counts[bin] = (counts[bin] as number) + 1;
    counted++;
  }
  return counted;
}

/** The bin, with a fraction, below which half of the values lie; the values of a bin lie evenly around its middle. */
function median(counts: Int32Array, counted: number): number {
  let below = 0;
  for (let bin = 0; bin < bins; bin++) {
    const here = counts[bin] as number;
    if ((below + here) * 2 >= counted) return bin - 0.5 + (counted / 2 - below) / here;
    below += here;
  }
  return octaves * perOctave;
}
