/** A frame with only every n-th row and column, for a look that shrinks it much further anyway. */
export interface ThinnedFrame {
  readonly width: number;
  readonly height: number;
  /** Source pixels per pixel. */
  readonly step: number;
  /** height x width x 3 bytes; overwritten by each `fill`. */
  readonly rgb: Uint8Array;
  fill(rgb: Uint8Array): void;
}

/** As thin as it may be while its longer side still has `least` pixels; a small frame stays as it is. */
export function createThinnedFrame(frameWidth: number, frameHeight: number, least: number): ThinnedFrame {
  const step = Math.max(1, Math.floor(Math.max(frameWidth, frameHeight) / least));
  const width = Math.max(1, Math.floor(frameWidth / step));
  const height = Math.max(1, Math.floor(frameHeight / step));
  const rgb = new Uint8Array(width * height * 3);
  const middle = step >> 1;
  return {
    width,
    height,
    step,
    rgb,
    fill(frame) {
      let out = 0;
      for (let y = 0; y < height; y++) {
        let from = ((y * step + middle) * frameWidth + middle) * 3;
        for (let x = 0; x < width; x++, from += step * 3, out += 3) {
          rgb[out] = frame[from] as number;
          rgb[out + 1] = frame[from + 1] as number;
          rgb[out + 2] = frame[from + 2] as number;
        }
      }
    },
  };
}
