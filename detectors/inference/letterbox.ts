/** Where a frame lies on the network's input: scaled evenly, never stretched, at the top left; the rest is grey. */
export interface Letterbox {
  /** Frame size in pixels. */
  readonly frameWidth: number;
  readonly frameHeight: number;
  /** Network input size in pixels. */
  readonly width: number;
  readonly height: number;
  /** Size of the scaled frame on the input. */
  readonly pictureWidth: number;
  readonly pictureHeight: number;
  /** Frame pixels per input pixel. */
  readonly scaleX: number;
  readonly scaleY: number;
}

const roundUp = (value: number, multiple: number): number => Math.ceil(value / multiple) * multiple;

/**
 * The smallest input that shows the whole frame with its longer side at `longSide` pixels. `longSide` is a multiple of
 * `multiple`, so at most `multiple - 1` rows or columns are grey.
 */
export function fitLetterbox(frameWidth: number, frameHeight: number, longSide: number, multiple: number): Letterbox {
  const scale = longSide / Math.max(frameWidth, frameHeight);
  const pictureWidth = Math.max(1, Math.round(frameWidth * scale));
  const pictureHeight = Math.max(1, Math.round(frameHeight * scale));
  return {
    frameWidth,
    frameHeight,
    width: roundUp(pictureWidth, multiple),
    height: roundUp(pictureHeight, multiple),
    pictureWidth,
    pictureHeight,
    scaleX: frameWidth / pictureWidth,
    scaleY: frameHeight / pictureHeight,
  };
}
