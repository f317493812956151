/** Where a frame lies on the network's input: at the top left, evenly scaled unless said; the rest is grey. */
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
 * `multiple`, so at most `multiple - 1` rows or columns are grey. Where that takes more than `mostPixels`, the longer side is
 * shorter by as many `multiple`s as it must be: a network's time grows with its input's pixels, and squarer frames have more.
 */
export function fitLetterbox(
  frameWidth: number,
  frameHeight: number,
  longSide: number,
  multiple: number,
  mostPixels = Number.POSITIVE_INFINITY,
): Letterbox {
  for (let side = longSide; ; side -= multiple) {
    const box = withLongSide(frameWidth, frameHeight, side, multiple);
    if (side <= multiple || box.width * box.height <= mostPixels) return box;
  }
}

function withLongSide(frameWidth: number, frameHeight: number, longSide: number, multiple: number): Letterbox {
  const scale = longSide / Math.max(frameWidth, frameHeight);
  const pictureWidth = Math.max(1, Math.round(frameWidth * scale));
  const pictureHeight = Math.max(1, Math.round(frameHeight * scale));
  const width = roundUp(pictureWidth, multiple);
  const height = roundUp(pictureHeight, multiple);
  return placed(frameWidth, frameHeight, width, height, pictureWidth, pictureHeight);
}

/** The frame on an input of fixed size: as large as fits, evenly scaled. */
export function fitInto(frameWidth: number, frameHeight: number, width: number, height: number): Letterbox {
  const scale = Math.min(width / frameWidth, height / frameHeight);
  const pictureWidth = Math.max(1, Math.round(frameWidth * scale));
  const pictureHeight = Math.max(1, Math.round(frameHeight * scale));
  return placed(frameWidth, frameHeight, width, height, pictureWidth, pictureHeight);
}

/** The frame over the whole input, stretched: for networks that were trained so. */
export function stretchOver(frameWidth: number, frameHeight: number, width: number, height: number): Letterbox {
  return placed(frameWidth, frameHeight, width, height, width, height);
}

function placed(
  frameWidth: number,
  frameHeight: number,
  width: number,
  height: number,
  pictureWidth: number,
  pictureHeight: number,
): Letterbox {
  return {
    frameWidth,
    frameHeight,
    width,
    height,
    pictureWidth,
    pictureHeight,
    scaleX: frameWidth / pictureWidth,
    scaleY: frameHeight / pictureHeight,
  };
}
