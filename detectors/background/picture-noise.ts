/**
 * How much a still pixel differs from its background in this picture, told from the pixels themselves: the median of all
 * differences is noise as long as vehicles cover less than half of the picture.
 */

/** Grey levels, in steps of one. */
const bins = 128;
/** Every so many pixels are looked at. */
const stride = 11;
/**
 * The mean of three squares of noise of variance 1 has the median 0.79 (chi-square of three degrees: 2.37 / 3), and a step
 * of the table adds to it at most one grey level.
 */
const medianOfMean = 0.79;

export interface PictureNoise {
  /** Variance of one colour of a still pixel; both are [pixels x 3]. */
  measure(rgb: Float32Array, background: Float32Array): number;
}

export function createPictureNoise(): PictureNoise {
  const counts = new Int32Array(bins);
  return {
    measure(rgb, background) {
      counts.fill(0);
      let counted = 0;
      for (let at = 0; at < rgb.length; at += 3 * stride, counted++) {
        const red = (rgb[at] as number) - (background[at] as number);
        const green = (rgb[at + 1] as number) - (background[at + 1] as number);
        const blue = (rgb[at + 2] as number) - (background[at + 2] as number);
        const off = Math.sqrt((red * red + green * green + blue * blue) / 3);
        const bin = Math.min(bins - 1, Math.floor(off));
        counts[bin] = (counts[bin] as number) + 1;
      }
      let below = 0;
      let median = 0;
      while (median < bins - 1 && (below + (counts[median] as number)) * 2 < counted)
        below += counts[median++] as number;
      return median ** 2 / medianOfMean;
    },
  };
}
