/** The picture at a size at which a background can be learned cheaply, its noise averaged away. */

export interface ReducedPicture {
  readonly width: number;
  readonly height: number;
  /** Frame pixels per pixel, along each side. */
  readonly step: number;
  /** [height x width x 3] red, green, blue, 0 to 255; overwritten by each `fill`. */
  readonly rgb: Float32Array;
  /** `frame`: frameHeight x frameWidth x 3 bytes. */
  fill(frame: Uint8Array): void;
}

/** Samples along each side of the square that makes a pixel: four of them halve the noise, more cost and change little. */
const samples = 2;

/** Every `step` x `step` frame pixels become one, `step` chosen so that the longer side is about `longSide_px`. */
export function createReducedPicture(frameWidth: number, frameHeight: number, longSide_px: number): ReducedPicture {
  const step = Math.max(1, Math.round(Math.max(frameWidth, frameHeight) / longSide_px));
  const width = Math.max(1, Math.floor(frameWidth / step));
  const height = Math.max(1, Math.floor(frameHeight / step));
  const rgb = new Float32Array(width * height * 3);
  const apart = step < samples ? 0 : Math.floor(step / samples);
  const start = apart === 0 ? 0 : (step - apart - 1) >> 1;
  const right = apart * 3;
  const below = apart * frameWidth * 3;
  return {
    width,
    height,
    step,
    rgb,
    fill(frame) {
      let out = 0;
      for (let y = 0; y < height; y++) {
        let at = ((y * step + start) * frameWidth + start) * 3;
        for (let x = 0; x < width; x++, at += step * 3) {
          for (let channel = at; channel < at + 3; channel++) {
            const upper = (frame[channel] as number) + (frame[channel + right] as number);
            const lower = (frame[channel + below] as number) + (frame[channel + below + right] as number);
            rgb[out++] = (upper + lower) / 4;
          }
        }
      }
    },
  };
}
