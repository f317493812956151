/** The pixels of one view, copied into a buffer of its own. */
import type { View } from "./plan.ts";

export interface CutOut {
  /** height x width x 3 bytes of the view; overwritten by each `fill`. */
  readonly rgb: Uint8Array;
  fill(frame: Uint8Array): void;
}

export function createCutOut({ left, top, width, height }: View, frameWidth: number): CutOut {
  const rgb = new Uint8Array(width * height * 3);
  const row = width * 3;
  return {
    rgb,
    fill(frame) {
      for (let y = 0; y < height; y++) {
        const from = ((top + y) * frameWidth + left) * 3;
        rgb.set(frame.subarray(from, from + row), y * row);
      }
    },
  };
}
